/** The first hop outside the house (spec/mail.md, authentication behind a trusted relay). */
import { expect, test } from 'vitest'
import { arrivalOf, isRelay, relayList, type Client } from './client-of.ts'

const relays = relayList('192.0.2.10, 198.51.100.0/24, 2001:db8:1::/48')
const OURS =
  'from mx1.exeko.test (mx1.exeko.test [198.51.100.7]) by desk.exeko.test (Postfix) with ESMTP id 1'
const THEIRS =
  'from mail.client.test (mail.client.test [203.0.113.9]) by mx1.exeko.test (Postfix) with ESMTPS id 2'
const FORGED = 'from bank.test (bank.test [203.0.113.200]) by mail.client.test with SMTP id 3'

const clientOf = (direct: Client | null, received: string[], list: typeof relays) =>
  arrivalOf(
    direct,
    received.map((value) => `Received: ${value}`),
    list,
  ).client

test('who speaks with us directly is the client, whatever the headers say', () => {
  const direct = { ip: '203.0.113.50', helo: 'pc' }
  expect(clientOf(direct, [OURS, THEIRS], relays)).toEqual(direct)
})

test('behind one relay, and behind two, it is the first stranger; what a stranger wrote below counts for nothing', () => {
  const direct = { ip: '192.0.2.10', helo: 'desk' }
  const client = { ip: '203.0.113.9', helo: 'mail.client.test' }
  expect(clientOf(direct, [THEIRS, FORGED], relays)).toEqual(client)
  expect(clientOf(direct, [OURS, THEIRS, FORGED], relays)).toEqual(client)
})

test('over IMAP the servers of the mailbox are inside, configured or not', () => {
  const lmtp = 'from mx1.exeko.test by mail.exeko.test with LMTP id 0'
  const loop = 'from localhost (localhost [127.0.0.1]) by mx1.exeko.test (Postfix) with ESMTP id 1'
  const inside = 'from filter (filter.internal [10.1.2.3]) by mx1.exeko.test (Postfix) with ESMTP id 1'
  expect(clientOf(null, [lmtp, loop, inside, THEIRS], relayList(''))?.ip).toBe('203.0.113.9')
})

test('a house where nobody wrote down from whom, knows nothing', () => {
  expect(clientOf({ ip: '192.0.2.10', helo: null }, [], relays)).toBeUndefined()
  expect(clientOf(null, ['by mail.exeko.test with local id 1'], relays)).toBeUndefined()
})

test('what a client calls itself is not its address: the one that our server saw is', () => {
  const direct = { ip: '192.0.2.10', helo: 'desk' }
  for (const helo of ['[192.0.2.10]', '[203.0.113.77]', 'x([203.0.113.77])', '203.0.113.77'])
    expect(
      clientOf(direct, [`from ${helo} (unknown [203.0.113.9]) by mx1.exeko.test`, FORGED], relays)?.ip,
    ).toBe('203.0.113.9')
  const exim = 'from [203.0.113.9] (helo=[192.0.2.10]) by mx1.exeko.test with esmtp (Exim 4.96)'
  expect(clientOf(direct, [exim, FORGED], relays)?.ip).toBe('203.0.113.9')
})

test('a server of ours that hides from whom it took a mail by SMTP ends the search', () => {
  const direct = { ip: '192.0.2.10', helo: 'desk' }
  expect(clientOf(direct, ['from mail.client.test by mx1.exeko.test with ESMTPS id 1', FORGED], relays)).toBe(
    undefined,
  )
})

test.each([
  [
    'Exim',
    'from [203.0.113.9] (helo=mail.client.test) by mx.exeko.test with esmtps (Exim 4.96)',
    'mail.client.test',
  ],
  [
    'Exchange',
    'from mail.client.test (203.0.113.9) by MX.exeko.test (10.0.0.4) with Microsoft SMTP Server',
    'mail.client.test',
  ],
  [
    'folded lines',
    'from mail.client.test\r\n\t(mail.client.test [203.0.113.9])\r\n\tby mx.exeko.test',
    'mail.client.test',
  ],
])('%s writes it its own way', (_program, value, helo) => {
  expect(clientOf(null, [value], relays)).toEqual({ ip: '203.0.113.9', helo })
})

test('IPv6, bare and as a literal, and IPv4 mapped into it', () => {
  const value = 'from mail.client.test (mail.client.test [IPv6:2001:db8:2::9]) by mx.exeko.test'
  expect(clientOf(null, [value], relays)?.ip).toBe('2001:db8:2::9')
  expect(isRelay(relays, '2001:db8:1::42')).toBe(true)
  expect(isRelay(relays, '::ffff:198.51.100.7')).toBe(true)
  expect(isRelay(relays, '198.51.101.7')).toBe(false)
})

test.each(['', 'localhost', '10.0.0.0/40', '300.1.1.1', '1.2.3.4/x'])('%j trusts nobody', (setting) => {
  expect(isRelay(relayList(setting), '10.0.0.1')).toBe(false)
  expect(isRelay(relayList(setting), '1.2.3.4')).toBe(false)
})
