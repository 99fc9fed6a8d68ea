/** spec/security.md line 14: names that are safe to store, show and save under. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contentDisposition } from './content-disposition.ts'
import { safeFileName } from '@guichet/contracts/values/file-name'

test.each([
  ['a path upwards', '../../etc/passwd', 'passwd'],
  ['a path of Windows', 'C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
  ['a NUL in the middle', 'facture\u0000.pdf.exe', 'facture.pdf.exe'],
  ['right-to-left override', 'photo\u202Egpj.exe', 'photogpj.exe'],
  ['line breaks', 'a\r\nSet-Cookie: x=1', 'aSet-Cookie_ x=1'],
  ['a reserved name', 'con.txt', '_con.txt'],
  ['a reserved name alone', 'LPT1', '_LPT1'],
  ['dots alone', '..', 'document'],
  ['nothing', '', 'document'],
  ['trailing dots and spaces', 'rapport.pdf. . ', 'rapport.pdf'],
  ['an honest name', 'Réglages d’été (1).pdf', 'Réglages d’été (1).pdf'],
])('%s', (_what, given, safe) => {
  expect(safeFileName(given)).toBe(safe)
})

test('a long name keeps its extension and ends within 255 bytes, whole characters only', () => {
  const name = safeFileName(`${'é'.repeat(400)}.pdf`)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
  expect(name).toMatch(/^é+\.pdf$/)
})

test('whatever is given: no path, no control or direction sign, never empty, the same again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
      const safe = safeFileName(given)
      expect(safe).not.toBe('')
      expect(safe).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]/u)
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255)
      expect(safeFileName(safe)).toBe(safe)
      // A header of one line, whose quoted part cannot be left.
      const header = contentDisposition(safe)
      expect(header).toMatch(/^attachment; filename="[^"\r\n]+"; filename\*=UTF-8''[\w!#$&+^`|~.%-]+$/)
    }),
    { numRuns: 2000 },
  )
})
