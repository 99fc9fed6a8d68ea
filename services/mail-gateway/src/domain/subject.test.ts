import { expect, test } from 'vitest'
import { cleanedSubject, ticketInSubject } from './subject.ts'

test.each([
  ['Re: TR : Fwd: Imprimante', 'Imprimante'],
  ['Antw: [#1001] Printer', 'Printer'],
  ['RE: [#1001] RE: Réseau', 'Réseau'],
  ['Reseau lent', 'Reseau lent'],
  ['Panne\r\nBcc: eve@evil.test', 'Panne Bcc: eve@evil.test'],
])('%j is %j', (given, cleaned) => {
  expect(cleanedSubject(given)).toBe(cleaned)
})

test('the tag names its ticket', () => {
  expect(ticketInSubject('Re: [#1001] Imprimante')).toBe(1001)
  expect(ticketInSubject('Facture #1001')).toBeNull()
})
