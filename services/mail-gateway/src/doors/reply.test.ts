import { Failure } from '@guichet/contracts/failure'
import { BlobTooLarge, StoreBusy } from '@guichet/store'
import { expect, test } from 'vitest'
import { replyOf } from './reply.ts'

const coded = (code: string) => Object.assign(new Error('write'), { code })

test.each([
  ['a full disk', coded('ENOSPC'), 452, '4.3.1'],
  ['a quota', coded('EDQUOT'), 452, '4.3.1'],
  [
    'a full disk under a busy store',
    new StoreBusy('later', { cause: Object.assign(new Error('full'), { errcode: 13 }) }),
    452,
    '4.3.1',
  ],
  ['a store that is busy', new StoreBusy('later'), 451, '4.3.0'],
  ['a defect', new TypeError('x is undefined'), 451, '4.3.0'],
  ['a mail that is too large', new BlobTooLarge('large'), 552, '5.3.4'],
  ['an address that is none of ours', new Failure('unknown-recipient'), 550, '5.1.1'],
  ['too many mails', new Failure('too-many-mails'), 450, '4.7.1'],
])('%s', (_what, error, status, enhanced) => {
  const { responseCode, message } = replyOf(error)
  expect([responseCode, message.split(' ')[0]]).toEqual([status, enhanced])
  // In words for a mail server's log; nothing of ours.
  expect(message).not.toMatch(/undefined|SQLITE|write/)
})
