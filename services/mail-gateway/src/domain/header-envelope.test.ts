import { describe, expect, test } from 'vitest'
import { envelopeOf, isForUs, loops } from './header-envelope.ts'

const headers = (given: Record<string, string | string[]>) =>
  new Map(Object.entries(given).map(([name, values]) => [name, [values].flat()]))
const isOurs = (address: string) => /^sos(\+.*)?@exeko\.be$/i.test(address)

describe('the envelope in the headers', () => {
  test('is what the delivering server wrote, and who is addressed', () => {
    const read = envelopeOf(
      headers({
        'return-path': '<anne@boulangerie.be>',
        'delivered-to': 'sos@exeko.be',
        'x-original-to': 'sos+1001.abc@exeko.be',
      }),
      ['sos+1001.abc@exeko.be'],
      ['luc@boulangerie.be'],
    )
    expect(read).toEqual({
      mailFrom: 'anne@boulangerie.be',
      rcptTo: ['sos@exeko.be', 'sos+1001.abc@exeko.be', 'luc@boulangerie.be'],
    })
  })

  test('has an empty sender for a bounce, and none where nobody said', () => {
    expect(envelopeOf(headers({ 'return-path': '<>' }), [], []).mailFrom).toBe('')
    expect(envelopeOf(headers({}), [], []).mailFrom).toBeNull()
  })
})

describe('a mail in our mailbox', () => {
  const forUs = (given: Record<string, string>, to: string[] = []) =>
    isForUs(headers(given), envelopeOf(headers(given), to, []), isOurs, 'boite@exeko.be')

  test.each([
    ['delivered to our address', { 'delivered-to': 'SOS@exeko.be' }, [], true],
    ['delivered to the mailbox by its own name', { 'delivered-to': 'boite@exeko.be' }, [], true],
    ['a blind copy, of which no header speaks', {}, ['autre@exeko.be'], true],
    ['a catch-all’s mail for somebody else', { 'delivered-to': 'info@exeko.be' }, ['info@exeko.be'], false],
    ['delivered elsewhere, addressed to us', { 'delivered-to': 'tous@exeko.be' }, ['sos@exeko.be'], true],
  ])('%s', (_what, given, to, expected) => {
    expect(forUs(given as Record<string, string>, to)).toBe(expected)
  })
})

describe('a loop', () => {
  test.each([
    [50, 1, false],
    [51, 0, true],
    [3, 2, true],
  ])('with %i hops and %i deliveries to us: %s', (hops, deliveries, expected) => {
    const given = headers({
      received: Array.from({ length: hops }, () => 'from a by b'),
      'delivered-to': Array.from({ length: deliveries }, () => 'sos@exeko.be'),
    })
    expect(loops(given, isOurs)).toBe(expected)
  })
})
