import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { longOrder } from '../src/testing/print-samples.ts'
import { asked, COMMON, shaped } from './shaping.ts'
import { wording } from './wording.ts'

const signs = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).filter(
  (sign) => sign !== '\n' && COMMON.test(sign),
)
const weight = fc.constantFrom('regular' as const, 'bold' as const)

describe('a word put together from its pairs', () => {
  test('is set as the font sets it whole, whatever its signs are', () => {
    const word = fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(word, weight, (parts, bold) => {
        expect(shaped(parts.join(''), bold).glyphs).toEqual(asked(parts.join(''), bold))
      }),
      { numRuns: 300 },
    )
  })

  test('is so for all that invoices of every language say, with their ligatures and figures', () => {
    const said = [
      ...Object.values(wording),
      longOrder(10),
      ['Affaire', 'effet', '1.234,56', '17/11/2026', 'AVOTAYÉ'],
    ]
    const words = new Set(JSON.stringify(said).match(/[\p{L}\p{N}.,’/-]+ ?/gu))
    expect(words.size).toBeGreaterThan(200)
    for (const word of words) {
      for (const bold of ['regular', 'bold'] as const)
        expect([word, shaped(word, bold).glyphs]).toEqual([word, asked(word, bold)])
    }
  })
})
