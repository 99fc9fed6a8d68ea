/** What holds of the ledger whatever happened: asked of the ledger as staff see it, and of what was recorded. */
import type { DataOf, EventContract } from '@guichet/contracts/definition'
import type { Envelope } from '@guichet/contracts/envelope'
import {
  getRawMail,
  listLedger,
  mailAccepted,
  mailBounced,
  mailReceived,
  type LedgerRow,
  type MailReason,
} from '@guichet/contracts/mail'
import { messagePosted, ticketOpened } from '@guichet/contracts/ticket'
import { accountActor, type Harness } from '@guichet/service/harness'
import { expect } from 'vitest'
import { deliveryOf, isUnreadable } from './letters.ts'

export const sofie = accountActor('sofie')

export async function ledgerOf(harness: Harness, reason?: MailReason) {
  const rows: LedgerRow[] = []
  let cursor: string | undefined
  for (;;) {
    const { items, next, totals } = await harness.as(sofie).ask(listLedger, { limit: 100, cursor, reason })
    rows.push(...items)
    if (next === null) return { rows, totals }
    cursor = next
  }
}

export function expectBalance({ totals }: Awaited<ReturnType<typeof ledgerOf>>): void {
  const { received, ...ends } = totals
  expect(received).toBe(Object.values(ends).reduce((sum, each) => sum + each, 0))
}

async function recorded(harness: Harness, service: string): Promise<Envelope[]> {
  const all: Envelope[] = []
  for await (const { event } of harness.engine.service(service).recorded()) all.push(event)
  return all
}

const mailIdsOf = <E extends EventContract>(events: readonly Envelope[], { subject }: E): string[] =>
  events
    .filter((event) => event.subject === subject)
    .flatMap(({ data }) => (data as DataOf<E> & { mailId: string | null }).mailId ?? [])

export interface Deliveries {
  /** Answered 250, and that answer stands. */
  answered: ReadonlySet<number>
  attempted: number
}

/** Once all is quiet: every mail has its one row, and every row its one end. */
export async function expectEachOnce(harness: Harness, { answered, attempted }: Deliveries): Promise<void> {
  const ledger = await ledgerOf(harness)
  expectBalance(ledger)
  expect(ledger.totals.pending).toBe(0)
  const { rows } = ledger
  const { blobs } = harness.engine.service('mail-gateway')
  const kept: number[] = []
  const unreadable: string[] = []
  for (const { id } of rows) {
    const { blobId } = await harness.as(sofie).ask(getRawMail, { id })
    const raw = new TextDecoder().decode(await blobs.read(blobId))
    kept.push(deliveryOf(raw))
    if (isUnreadable(raw)) unreadable.push(id)
  }
  expect(new Set(kept).size).toBe(kept.length)
  expect([...answered].filter((delivery) => !kept.includes(delivery))).toEqual([])
  expect(kept.every((delivery) => delivery < attempted)).toBe(true)

  // Whom it says it is from, what it answers, what came before: nothing of that can have been read.
  const unparseable = (await ledgerOf(harness, 'unparseable')).rows.map(({ id }) => id)
  const droppedByStaff = new Set((await ledgerOf(harness, 'dropped-by-staff')).rows.map(({ id }) => id))
  expect(unparseable.toSorted()).toEqual(unreadable.filter((id) => !droppedByStaff.has(id)).toSorted())

  const ours = await recorded(harness, 'mail-gateway')
  const tickets = await recorded(harness, 'ticket')
  expect(mailIdsOf(ours, mailReceived).toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
  const ended = (outcome: LedgerRow['outcome']) =>
    rows
      .filter((row) => row.outcome === outcome)
      .map(({ id }) => id)
      .toSorted()
  // Both of a mail that opened a ticket: its number, and no message beside it.
  expect(mailIdsOf(tickets, ticketOpened).toSorted()).toEqual(ended('ticketed'))
  expect(mailIdsOf(tickets, messagePosted).toSorted()).toEqual(ended('threaded'))
  expect(mailIdsOf(ours, mailAccepted).toSorted()).toEqual(
    [...ended('ticketed'), ...ended('threaded')].toSorted(),
  )
  // A report of non-delivery that staff dropped or made a ticket of has counted before.
  const bounced = mailIdsOf(ours, mailBounced)
  expect(new Set(bounced).size).toBe(bounced.length)
  expect(ended('bounced').filter((id) => !bounced.includes(id))).toEqual([])
  expectOwnTicketsOnly(tickets)
}

/** Nobody's mail is a message on another customer's ticket, whatever number it named. */
function expectOwnTicketsOnly(events: readonly Envelope[]): void {
  const owners = new Map<number, string | null>()
  for (const { subject, data, key } of events) {
    if (subject === ticketOpened.subject)
      owners.set(Number(key), (data as DataOf<typeof ticketOpened>).people.requesterId)
    if (subject !== messagePosted.subject) continue
    const { authorId } = data as DataOf<typeof messagePosted>
    expect(authorId).toBe(owners.get(Number(key)))
  }
}
