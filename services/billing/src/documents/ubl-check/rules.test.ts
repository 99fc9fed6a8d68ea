import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyOrder } from '../../testing/any-order.ts'
import { printSamples } from '../../testing/print-samples.ts'
import { SPOILT } from '../../testing/spoilt-ubl.ts'
import { invoiceUbl, withPaper } from '../invoice-ubl.ts'
import { ublFaults } from './rules.ts'

describe('what is checked before a number is taken', () => {
  test.each(Object.entries(printSamples()))('lets through: %s', (_, order) => {
    const ubl = invoiceUbl(order)
    expect(ubl && ublFaults(ubl)).toEqual([])
    expect(ubl && ublFaults(withPaper(ubl, 'F-1', new TextEncoder().encode('%PDF')))).toEqual([])
  })

  test('lets through whatever can be ordered', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const ubl = invoiceUbl(order)
        expect(ubl && ublFaults(ubl)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test.each(SPOILT)('finds $rule', ({ rule, ubl }) => {
    expect(ublFaults(ubl()).map((fault) => fault.rule)).toContain(rule)
  })

  test('reads nothing into what is no XML', () => {
    for (const text of [
      '',
      'x',
      '<Invoice>',
      '<Invoice></CreditNote>',
      '<Invoice/><Invoice/>',
      '<a b=c></a>',
      '</a>',
      '<a>R&D</a>',
      '<a>&nbsp;</a>',
      '<a b="&x;"></a>',
      '<a><b</a>',
    ]) {
      expect(ublFaults(new TextEncoder().encode(text)).map(({ rule }) => rule)).toEqual(['XML'])
    }
  })
})
