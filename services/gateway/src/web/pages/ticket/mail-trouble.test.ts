import type { OutgoingMail } from '@guichet/contracts/mail'
import type { TimelineEntry } from '@guichet/contracts/ticket'
import { expect, test } from 'vitest'
import { withMailTrouble } from './mail-trouble.tsx'

const said = (id: string, at: string) => ({ id, at }) as TimelineEntry
const mail = (id: string, requestedAt: string) => ({ id, requestedAt }) as OutgoingMail
const order = (timeline: TimelineEntry[], mails: OutgoingMail[]) =>
  withMailTrouble(timeline, mails).map((line) => ('mail' in line ? line.mail.id : line.entry.id))

test('a mail that did not leave stands behind what it was to carry, before what was said later', () => {
  const timeline = [
    said('question', '2026-11-24T09:00:00.000Z'),
    said('answer', '2026-11-24T10:00:00.000Z'),
    said('thanks', '2026-11-24T11:00:00.000Z'),
  ]
  expect(order(timeline, [mail('of-answer', '2026-11-24T10:00:00.120Z')])).toEqual([
    'question',
    'answer',
    'of-answer',
    'thanks',
  ])
  expect(order(timeline, [mail('of-thanks', '2026-11-24T11:00:00.120Z')]).at(-1)).toBe('of-thanks')
})

test('a mail asked for at the very moment of its message does not stand before it', () => {
  const at = '2026-11-24T10:00:00.000Z'
  expect(order([said('answer', at)], [mail('of-answer', at)])).toEqual(['answer', 'of-answer'])
})
