import { expect, test } from 'vitest'
import { isAutomatic } from './header-facts.ts'

const none = new Map<string, string[]>()

test.each([
  'Réponse automatique : [#1001] Imprimante',
  'Absence du bureau : Re: Imprimante',
  'Message d’absence',
  'Automatisch antwoord: printer',
  'Afwezigheidsbericht: printer',
  'Automatic reply: [#1001] Printer',
  'Out of Office: Printer',
  'Out of Office AutoReply: Printer',
  'Automatische Antwort: Drucker',
  'Abwesenheitsnotiz: Drucker',
])('%s: a program wrote it', (subject) => {
  expect(isAutomatic(none, subject)).toBe(true)
})

test.each([
  'Réponse automatique qui ne part plus',
  'Problème avec la réponse automatique',
  'Comment activer l’absence du bureau ?',
  'Re: Réponse automatique : Imprimante',
  'RE: Automatic reply: Printer',
  'Out of office does not switch off',
  'Afwezigheid van Jan volgende week',
  'Automatisch antwoord werkt niet',
  'Automatische Antwort einrichten',
  'Abwesenheit einer Kollegin',
])('%s: a person wrote it', (subject) => {
  expect(isAutomatic(none, subject)).toBe(false)
})

test('programs that say so in a header of their own', () => {
  expect(isAutomatic(new Map([['x-autoreply', ['yes']]]), 'Imprimante')).toBe(true)
})
