import { expect, test } from 'vitest'
import { isAutomatic, isBounce, isOurs, referencedIds } from './header-facts.ts'

const headers = (given: Record<string, string>) =>
  new Map(Object.entries(given).map(([name, value]) => [name, [value]]))

test.each([
  [{ 'auto-submitted': 'auto-replied' }, '', true],
  [{ 'auto-submitted': 'no' }, '', false],
  [{ precedence: 'bulk' }, '', true],
  [{ 'x-auto-response-suppress': 'All' }, '', true],
  [{ 'x-auto-response-suppress': 'OOF' }, '', false],
  [{ 'list-unsubscribe': '<mailto:x@y.test>' }, '', true],
  [{}, 'Réponse automatique : Imprimante', true],
  [{}, 'Automatisch antwoord: printer', true],
  [{}, 'La réponse est automatique dans Excel', false],
])('%j %j', (given, subject, automatic) => {
  expect(isAutomatic(headers(given), subject)).toBe(automatic)
})

test('a null return path is a bounce, a missing one is not', () => {
  expect(isBounce(headers({}), '')).toBe(true)
  expect(isBounce(headers({}), null)).toBe(false)
  expect(
    isBounce(headers({ 'content-type': 'multipart/report; report-type=delivery-status' }), 'x@y.test'),
  ).toBe(true)
})

test('our own mail is known by its id or its mark', () => {
  expect(
    isOurs(headers({ 'message-id': '<1@guichet.exeko.test>' }), 'guichet.exeko.test', 'sos@exeko.test'),
  ).toBe(true)
  expect(isOurs(headers({ 'x-loop': 'sos@exeko.test' }), 'guichet.exeko.test', 'sos@exeko.test')).toBe(true)
  expect(isOurs(headers({ 'message-id': '<1@client.test>' }), 'guichet.exeko.test', 'sos@exeko.test')).toBe(
    false,
  )
})

test('the nearest reference is tried first', () => {
  expect(referencedIds(headers({ 'in-reply-to': '<c@x>', references: '<a@x> <b@x> <c@x>' }))).toEqual([
    '<c@x>',
    '<b@x>',
    '<a@x>',
  ])
})
