import { expect, test } from 'vitest'
import type { StoredOutgoing } from '../collections.ts'
import { spanOf } from './sending-span.ts'

const trace = { traceparent: '00-11111111111111111111111111111111-2222222222222222-01' }
const mail: StoredOutgoing = {
  kind: 'ticket-opened',
  accountId: 'anne',
  address: null,
  subject: 'Imprimante en panne',
  contentBlobId: 'blob',
  attachments: [],
  ticket: 1001,
  inReplyToMailId: null,
  secret: false,
  status: 'queued',
  answer: null,
  attempts: 1,
  requestedAt: '2026-11-24T10:00:00.000Z',
  nextAttemptAt: '2026-11-24T10:02:00.000Z',
  sentAt: null,
  trace,
}
const after = (seconds: number) => Temporal.Instant.from(mail.requestedAt).add({ seconds })

test('what leaves at once has the asking as its parent', () => {
  expect(spanOf(mail, after(2))).toMatchObject({ kind: 'client', parent: trace })
  expect(spanOf(mail, after(2)).links).toBeUndefined()
})

test('a retry is a root that links to the asking', () => {
  expect(spanOf({ ...mail, attempts: 2 }, after(2))).toMatchObject({ parent: null, links: [trace] })
})

test('what waited for a start is a root that links to the asking', () => {
  expect(spanOf(mail, after(61))).toMatchObject({ parent: null, links: [trace] })
})

test('what was queued untraced is a root, never a child of whoever woke the queue', () => {
  const { trace: _none, ...untraced } = mail
  expect(spanOf(untraced, after(0))).toMatchObject({ parent: null })
})

test('an attribute names nobody and quotes nothing', () => {
  expect(spanOf(mail, after(2)).attributes).toEqual({
    'guichet.mail.kind': 'ticket-opened',
    'guichet.mail.attempt': 1,
  })
})
