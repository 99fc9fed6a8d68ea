import { describe, expect, test } from 'vitest'
import { decideMail, noticeTo, type MailFacts } from './decide-mail.ts'

const plain: MailFacts = {
  readable: true,
  loops: false,
  forUs: true,
  ours: false,
  seenBefore: 'no',
  isBounce: false,
  from: 'anne@client.test',
  authentication: { dmarcRefuses: false, aligned: true },
  automatic: false,
  sender: { accountId: 'anne', companyId: 'c1', active: true },
  hasContent: true,
  thread: null,
}
const accepted = {
  outcome: 'accepted',
  accountId: 'anne',
  companyId: 'c1',
  ticket: null,
  refusedThread: null,
  automatic: false,
}

describe('spec/mail.md 2b, row by row', () => {
  test.each<[string, Partial<MailFacts>, object]>([
    ['2a, IMAP: it goes round', { loops: true }, { outcome: 'dropped', reason: 'mail-loop' }],
    ['2a, IMAP: for someone else', { forUs: false }, { outcome: 'quarantined', reason: 'not-for-us' }],
    ['1: our own mail', { ours: true }, { outcome: 'dropped', reason: 'own-mail' }],
    ['2: the same mail again', { seenBefore: 'same-content' }, { outcome: 'duplicate', reason: 'duplicate' }],
    [
      '2: the same id, other content',
      { seenBefore: 'other-content' },
      { outcome: 'quarantined', reason: 'same-id-other-content' },
    ],
    ['4: a bounce is never a ticket', { isBounce: true }, { outcome: 'bounced', reason: 'bounce' }],
    ['5: no one From', { from: null }, { outcome: 'quarantined', reason: 'from-unreadable' }],
    [
      '6: DMARC says no',
      { authentication: { dmarcRefuses: true, aligned: false } },
      { outcome: 'quarantined', reason: 'dmarc-refused' },
    ],
    [
      '6: passed on with a seal that the house does not trust',
      { authentication: { dmarcRefuses: true, aligned: false, untrustedSealer: 'list.test' } },
      { outcome: 'quarantined', reason: 'sealer-untrusted' },
    ],
    [
      '6: changed on its way, and no seal that counts',
      { authentication: { dmarcRefuses: true, aligned: false, signatureBroken: true } },
      { outcome: 'quarantined', reason: 'signature-broken' },
    ],
    [
      '6: changed on its way, sealed by one whom the house could trust: that is what can be mended',
      {
        authentication: {
          dmarcRefuses: true,
          aligned: false,
          signatureBroken: true,
          untrustedSealer: 'list.test',
        },
      },
      { outcome: 'quarantined', reason: 'sealer-untrusted' },
    ],
    [
      '7: changed on its way, of a domain that asks for nothing',
      { authentication: { dmarcRefuses: false, aligned: false, signatureBroken: true } },
      { outcome: 'quarantined', reason: 'signature-broken' },
    ],
    [
      '7: a spoofed registered From',
      { authentication: { dmarcRefuses: false, aligned: false } },
      { outcome: 'quarantined', reason: 'not-authenticated' },
    ],
    ['8: automatic, on no ticket', { automatic: true }, { outcome: 'quarantined', reason: 'automatic' }],
    [
      '8: automatic, on its ticket',
      { automatic: true, thread: { ticket: 1001, allowed: true } },
      { ...accepted, ticket: 1001, automatic: true },
    ],
    ['9: nobody we know', { sender: null }, { outcome: 'quarantined', reason: 'sender-unknown' }],
    [
      '9: somebody who left',
      { sender: { accountId: 'anne', companyId: 'c1', active: false } },
      { outcome: 'quarantined', reason: 'sender-inactive' },
    ],
    ['10: nothing in it', { hasContent: false }, { outcome: 'quarantined', reason: 'empty' }],
    ['11: on its ticket', { thread: { ticket: 1001, allowed: true } }, { ...accepted, ticket: 1001 }],
    [
      '11: another customer’s number',
      { thread: { ticket: 1002, allowed: false } },
      { ...accepted, refusedThread: 1002 },
    ],
    ['13: a new ticket', {}, accepted],
    ['14: unreadable', { readable: false }, { outcome: 'quarantined', reason: 'unparseable' }],
  ])('%s', (_row, facts, decision) => {
    expect(decideMail({ ...plain, ...facts })).toEqual(decision)
  })

  test('the rows are held in their order: our own bounce of a spoofed empty mail is dropped', () => {
    const everything = {
      ours: true,
      seenBefore: 'other-content',
      isBounce: true,
      from: null,
      sender: null,
      hasContent: false,
    } as const
    expect(decideMail({ ...plain, ...everything })).toEqual({ outcome: 'dropped', reason: 'own-mail' })
  })

  test('a house that requires no authentication asks for none', () => {
    expect(decideMail({ ...plain, authentication: null })).toEqual(accepted)
  })
})

describe('row 9: who is told that nothing was opened', () => {
  test.each([
    ['nobody known here', { sender: null }, 'anne@client.test'],
    // The same as for nobody: the notice tells nobody who is registered.
    [
      'somebody switched off',
      { sender: { accountId: 'anne', companyId: 'c1', active: false } },
      'anne@client.test',
    ],
    [
      'a sender who is not proven',
      { sender: null, authentication: { dmarcRefuses: false, aligned: false } },
      null,
    ],
    ['a forged one', { sender: null, authentication: { dmarcRefuses: true, aligned: true } }, null],
    ['anybody where the house asks for no proof', { sender: null, authentication: null }, null],
    ['a machine', { sender: null, automatic: true }, null],
    ['one whose mail is empty', { hasContent: false }, null],
  ] as const)('%s', (_who, changes, told) => {
    const facts = { ...plain, ...changes }
    const decision = decideMail(facts)
    expect(decision.outcome).toBe('quarantined')
    expect('reason' in decision && noticeTo(facts, decision.reason)).toBe(told)
  })
})
