import { MailReason } from '@guichet/contracts/mail'
import { describe, expect, test } from 'vitest'
import { decideMail, ended, type MailFacts } from './decide-mail.ts'
import { ledgerKey, senderKeys } from './ledger-keys.ts'

const row = {
  from: 'Anne@Delvaux.example',
  mailFrom: 'bounces+1@post.example',
  outcome: 'quarantined',
  reason: 'sender-unknown',
  accepted: false,
} as const

describe('a row is found', () => {
  test('by who wrote and by their domain, each with outcome and reason', () => {
    const senders = ['anne@delvaux.example', '@delvaux.example']
    expect(senderKeys(row)).toEqual(
      senders.flatMap((sender) => [
        [sender],
        [sender, 'outcome', 'quarantined'],
        [sender, 'reason', 'sender-unknown'],
      ]),
    )
  })
  test('by each of several in From', () => {
    const keys = senderKeys({ ...row, from: 'a@x.example, b@x.example', reason: null })
    expect(keys.filter(({ length }) => length === 1)).toEqual([
      ['a@x.example'],
      ['b@x.example'],
      ['@x.example'],
    ])
  })
  test('by the envelope where nobody could read a From; by nobody where that is empty too', () => {
    expect(senderKeys({ ...row, from: null })[0]).toEqual(['bounces+1@post.example'])
    expect(senderKeys({ ...row, from: null, mailFrom: '' })).toEqual([])
  })
  test('by nobody before it is read: the door writes no more than it must', () => {
    expect(senderKeys({ ...row, from: null, outcome: 'pending', reason: null })).toEqual([])
    expect(senderKeys({ ...row, outcome: 'pending', reason: null, accepted: true })[1]).toEqual([
      'anne@delvaux.example',
      'outcome',
      'pending',
    ])
  })
  test('whatever stands in a From: no key is empty or holds what the store joins keys by', () => {
    const hostile = senderKeys({ ...row, from: ' ,\u001f,a\u001fb@x.example\n,@' })
    expect(hostile.flat().every((part) => part !== '' && !/\p{Cc}/u.test(part))).toBe(true)
    expect(hostile[0]).toEqual(['ab@x.example'])
  })
})

test.each([
  [{}, 'all', ['all']],
  [{ outcome: 'dropped' }, 'byOutcome', ['dropped']],
  [{ reason: 'empty', outcome: 'quarantined' }, 'byReason', ['empty']],
  [{ sender: ' Anne@Delvaux.example ' }, 'bySender', ['anne@delvaux.example']],
  [{ sender: '@x.example', outcome: 'dropped' }, 'bySender', ['@x.example', 'outcome', 'dropped']],
  [{ sender: 'a@x.example', reason: 'empty' }, 'bySender', ['a@x.example', 'reason', 'empty']],
] as const)('%j is answered by %s', (asked, index, key) => {
  expect(ledgerKey(asked)).toEqual({ index, key })
})

test('each reason the rules decide for belongs to the outcome they decide', () => {
  const facts: MailFacts = {
    readable: true,
    loops: false,
    forUs: true,
    ours: false,
    seenBefore: 'no',
    isBounce: false,
    from: 'anne@delvaux.example',
    authentication: { dmarcRefuses: false, aligned: true },
    automatic: false,
    sender: null,
    hasContent: true,
    thread: null,
  }
  // spec/mail.md 2b: what is dropped, a bounce or a duplicate; all else waits for a person.
  expect(decideMail({ ...facts, loops: true }).outcome).toBe('dropped')
  expect(decideMail({ ...facts, ours: true }).outcome).toBe('dropped')
  expect(decideMail({ ...facts, isBounce: true }).outcome).toBe('bounced')
  expect(decideMail({ ...facts, seenBefore: 'same-content' }).outcome).toBe('duplicate')
  const others = MailReason.anyOf
    .map((each) => ended(each.const))
    .filter(({ outcome }) => outcome !== 'quarantined')
  expect(others.map(({ reason }) => reason).toSorted()).toEqual([
    'bounce',
    'dropped-by-staff',
    'duplicate',
    'mail-loop',
    'own-mail',
  ])
})
