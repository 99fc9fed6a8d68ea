import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { bounceAddress, readRecipient, ticketAddress } from './mail-tokens.ts'

const key = createHash('sha256').update('now').digest()
const oldKey = createHash('sha256').update('before').digest()
const support = 'sos@exeko.test'
const read = (address: string) => readRecipient(key, support, address)
const flip = (address: string) =>
  address.replace(
    /\.([a-z2-7])([a-z2-7]{15})@/,
    (_all, first: string, rest: string) => `.${first === 'a' ? 'b' : 'a'}${rest}@`,
  )

test('the address of a ticket leads back to it, in any case', () => {
  const address = ticketAddress(key, support, 1001)
  expect(read(address)).toEqual({ kind: 'ticket', ticket: 1001 })
  expect(read(address.toUpperCase())).toEqual({ kind: 'ticket', ticket: 1001 })
})

test('the return path of a mail leads back to that mail', () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057'
  expect(read(bounceAddress(key, support, id))).toEqual({ kind: 'bounce', outgoingId: id })
})

test.each([
  ['one altered character', flip(ticketAddress(key, support, 1001))],
  ['another ticket’s token', ticketAddress(key, support, 1001).replace('1001', '1002')],
  ['an old key', ticketAddress(oldKey, support, 1001)],
  ['no token at all', 'sos+1001@exeko.test'],
])('%s is not threaded (spec/security.md line 16)', (_what, address) => {
  expect(read(address)).toEqual({ kind: 'support' })
})

test.each(['boss@exeko.test', 'sos@evil.test', 'sos', 'soso+1@exeko.test'])('%s is not ours', (address) => {
  expect(read(address)).toBeUndefined()
})

test('the local part stays within 64 octets', () => {
  const address = bounceAddress(
    key,
    'support-informatique@exeko.test',
    '01890a5d-ac96-774b-bcce-b302099a8057',
  )
  expect(address.split('@')[0]?.length).toBeLessThanOrEqual(76)
  expect(ticketAddress(key, support, 2_000_000_000).split('@')[0]?.length).toBeLessThanOrEqual(64)
})
