/** spec/mail.md section 3 and spec/security.md line 14. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attachmentNames, nameFor } from './attachment-name.ts'

describe('a name', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\anne\\plan.pdf', 'plan.pdf'],
    ['fac\u202efdp.exe', 'facfdp.exe'],
    ['a\u0000b.txt', 'ab.txt'],
    ['..', 'document'],
    ['', 'document'],
    ['  Devis n° 12.pdf ', 'Devis n° 12.pdf'],
    // What a Windows disk keeps for itself (spec/security.md, 14).
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    // Written by a Mac, accent after letter.
    ['Re\u0301sume\u0301.pdf', 'R\u00e9sum\u00e9.pdf'],
  ])('%j is called %j', (given, name) => {
    expect(attachmentNames([given])).toEqual([name])
  })

  test('is cut to 255 bytes, never inside a character', () => {
    const [name = ''] = attachmentNames(['é'.repeat(300)])
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    expect(name).toMatch(/^é+$/)
  })

  test('keeps its extension when it is cut: without it nobody could open the file', () => {
    const [first = '', second = ''] = attachmentNames(Array(2).fill(`${'x'.repeat(300)}.pdf`) as string[])
    expect([first.endsWith('.pdf'), second.endsWith(' (2).pdf')]).toEqual([true, true])
    for (const name of [first, second]) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  })
})

test('two that are the same once cleaned are told apart, whatever their capitals and their copies', () => {
  expect(attachmentNames(['../a.pdf', 'a.pdf', 'A.PDF', 'a (2).pdf', 'scan', 'scan'])).toEqual([
    'a.pdf',
    'a (2).pdf',
    'A (3).PDF',
    'a (2) (2).pdf',
    'scan',
    'scan (2)',
  ])
})

test('two that differ in how their accents are written are told apart', () => {
  expect(attachmentNames(['devis \u00e9t\u00e9.pdf', 'devis e\u0301te\u0301.pdf'])).toEqual([
    'devis \u00e9t\u00e9.pdf',
    'devis \u00e9t\u00e9 (2).pdf',
  ])
})

test.each([
  ['application/pkcs7-signature', 'smime.p7s'],
  ['application/X-PKCS7-MIME', 'smime.p7m'],
  ['application/pgp-signature', 'signature.asc'],
  ['application/ms-tnef', 'winmail.dat'],
  ['image/jpeg', 'image.jpg'],
  ['application/x-unheard-of', 'document'],
  ['__proto__', 'document'],
])('a part of %s without a name is called %s', (type, name) => {
  expect(nameFor(type)).toBe(name)
})

test('any names: as many come out, none twice, none a path, none too long', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 12 }), (given) => {
      const names = attachmentNames(given)
      expect(names).toHaveLength(given.length)
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
      for (const name of names) {
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}]/u)
        expect(name).not.toBe('')
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
      }
    }),
  )
})
