import { expect, test } from 'vitest'
import { normalizeAddress } from './address.ts'

test.each([
  ['Anne.Lambert@Client.BE', 'anne.lambert@client.be'],
  ['  anne@client.be ', 'anne@client.be'],
  ['anne+pc@client.be', 'anne+pc@client.be'],
  ['zoé@exemple.be', 'zoé@exemple.be'],
  ['info@société.be', 'info@xn--socit-esab.be'],
  ['sos@localhost', 'sos@localhost'],
])('%j is %j', (given, address) => {
  expect(normalizeAddress(given)).toBe(address)
})

test.each([
  '',
  'anne',
  '@client.be',
  'anne@',
  'a b@client.be',
  'x@y.z>\r\nRCPT TO:<e@x.y',
  'anne@client..be',
  '.a@b.be',
  'a@b@c d',
  'a\u0000@b.be',
])('%j is no address', (given) => {
  expect(normalizeAddress(given)).toBeUndefined()
})
