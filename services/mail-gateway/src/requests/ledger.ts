/** The ledger for staff: where every mail ended and why; the balance always adds up, because it is counted. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { findSender, getAccount } from '@guichet/contracts/identity'
import {
  mailDropped,
  mailSettled,
  MailReason,
  type dropMail,
  type getLedgerRow,
  type getRawMail,
  type LedgerRow,
  type listLedger,
  type MailOutcome,
  type openTicketFromMail,
  type replaySender,
} from '@guichet/contracts/mail'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { isRealDay } from '@guichet/contracts/values/day'
import type { Language } from '@guichet/contracts/values/language'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { SortRange, Stored } from '@guichet/store'
import type { ReceivedMail } from '../collections.ts'
import type { Context } from '../context.ts'
import { ended } from '../domain/decide-mail.ts'
import { folded, ledgerKey, type Narrowed } from '../domain/ledger-keys.ts'
import { isDone, processMail } from '../process-mail.ts'
import { reasonText } from '../texts/reasons.ts'

const OUTCOMES = [
  'ticketed',
  'threaded',
  'bounced',
  'duplicate',
  'quarantined',
  'dropped',
  'pending',
] as const satisfies readonly MailOutcome[]

function shown({ id, value }: Stored<ReceivedMail>, language: Language): LedgerRow {
  const { messageId, receivedAt, from, rcptTo, mailFrom, subject, outcome, reason, ticket, bounce } = value
  return {
    id,
    messageId,
    receivedAt,
    from: from ?? (mailFrom || null),
    to: rcptTo,
    subject,
    outcome,
    reason: reason === null ? null : reasonText(reason, language),
    ticket,
    bounce,
  }
}

export async function answerListLedger(
  { collections }: Context,
  { outcome, sender, reason, since, until, language = 'fr', limit, cursor }: InputOf<typeof listLedger>,
): Promise<OutputOf<typeof listLedger>> {
  const within = periodOf(since, until)
  const count = (narrowed: Narrowed) =>
    collections.received.count({ ...ledgerKey({ sender, ...narrowed }), within })
  const [page, reasons, received, ...counts] = await Promise.all([
    collections.received.find({ ...ledgerKey({ sender, outcome, reason }), within, limit, cursor }),
    countReasons(count, outcome),
    count({}),
    ...OUTCOMES.map((each) => count({ outcome: each })),
  ])
  const [ticketed = 0, threaded = 0, bounced = 0, duplicate = 0, quarantined = 0, dropped = 0, pending = 0] =
    counts
  return {
    items: page.items
      .filter(({ value }) => outcome === undefined || value.outcome === outcome)
      .map((row) => shown(row, language)),
    next: page.next,
    reasons,
    totals: { received, ticketed, threaded, bounced, duplicate, quarantined, dropped, pending },
  }
}

/** Whole days of the house. @throws invalid */
function periodOf(since: string | undefined, until: string | undefined): SortRange {
  const days = [
    { path: 'since', day: since },
    { path: 'until', day: until },
  ]
  const fields = days.flatMap(({ path, day }) =>
    day === undefined || isRealDay(day) ? [] : [{ path, code: 'no-such-day' }],
  )
  if (fields.length > 0) throw new Failure('invalid', { fields })
  return {
    from: since === undefined ? undefined : startOf(Temporal.PlainDate.from(since)),
    before: until === undefined ? undefined : startOf(Temporal.PlainDate.from(until).add({ days: 1 })),
  }
}

/** Written as `receivedAt` is, so that both sort as text. */
const startOf = (day: Temporal.PlainDate): string =>
  day.toZonedDateTime(Temporal.Now.timeZoneId()).toInstant().toString({ smallestUnit: 'millisecond' })

async function countReasons(
  count: (narrowed: Narrowed) => Promise<number>,
  outcome: MailOutcome | undefined,
): Promise<OutputOf<typeof listLedger>['reasons']> {
  const possible = MailReason.anyOf
    .map((each) => each.const)
    .filter((reason) => outcome === undefined || ended(reason).outcome === outcome)
  const counted = await Promise.all(
    possible.map(async (reason) => ({ reason, count: await count({ reason }) })),
  )
  return counted.filter((each) => each.count > 0).toSorted((a, b) => b.count - a.count)
}

async function rowOf({ collections }: Context, id: string): Promise<Stored<ReceivedMail>> {
  const stored = await collections.received.get(id)
  if (!stored) throw new Failure('not-found')
  return stored
}

export async function answerGetLedgerRow(
  context: Context,
  { id, language = 'fr' }: InputOf<typeof getLedgerRow>,
): Promise<LedgerRow> {
  return shown(await rowOf(context, id), language)
}

export async function answerGetRawMail(context: Context, id: string): Promise<OutputOf<typeof getRawMail>> {
  const { value } = await rowOf(context, id)
  return { blobId: value.rawBlobId, size: value.size }
}

/** As if it came now. What became a ticket stays that ticket. */
export async function answerReplayMail(
  context: Context,
  id: string,
  language: Language = 'fr',
): Promise<LedgerRow> {
  const row = await rowOf(context, id)
  if (isDone(row.value)) return shown(row, language)
  await processMail(context, id)
  return shown(await rowOf(context, id), language)
}

/** In the order in which they came, so that a conversation becomes one. A page is held, not the quarantine. */
export async function answerReplaySender(
  context: Context,
  { address, language = 'fr' }: InputOf<typeof replaySender>,
): Promise<OutputOf<typeof replaySender>> {
  const wanted = folded(address)
  // A domain is not somebody who was registered.
  if (wanted === '' || wanted.startsWith('@')) return { items: [] }
  const found: Stored<ReceivedMail>[] = []
  let cursor: string | undefined
  do {
    const page = await context.collections.received.find({
      ...ledgerKey({ sender: wanted, outcome: 'quarantined' }),
      order: 'asc',
      limit: 100,
      cursor,
    })
    // Beside others in one From, nobody is its sender.
    found.push(...page.items.filter(({ value }) => folded(value.from ?? value.mailFrom) === wanted))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const items: LedgerRow[] = []
  for (const { id } of found) items.push(await answerReplayMail(context, id, language))
  return { items }
}

export async function answerOpenTicketFromMail(
  context: Context,
  { id, requesterId, language = 'fr' }: InputOf<typeof openTicketFromMail>,
): Promise<LedgerRow> {
  const row = await rowOf(context, id)
  if (isDone(row.value)) throw new Failure('mail-settled')
  const { bus, actors } = context.parts
  const token = await actors.own()
  const account = requesterId
    ? await bus.requests.ask(getAccount, { id: requesterId }, { token })
    : (await bus.requests.ask(findSender, { address: row.value.from ?? row.value.mailFrom }, { token }))
        .account
  if (!account || account.status === 'inactive') {
    throw new Failure('requester-missing', { fields: [{ path: 'requesterId', code: 'requester-missing' }] })
  }
  await processMail(context, id, { accountId: account.id, companyId: account.companyId })
  return shown(await rowOf(context, id), language)
}

export async function answerDropMail(
  context: Context,
  { id, language = 'fr' }: InputOf<typeof dropMail>,
  actor: AccountActor,
): Promise<LedgerRow> {
  return await retryOnConflict(async () => {
    const row = await rowOf(context, id)
    if (isDone(row.value)) throw new Failure('mail-settled')
    if (row.value.outcome === 'dropped') return shown(row, language)
    const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
    const value = { ...row.value, outcome: 'dropped' as const, reason: 'dropped-by-staff' as const }
    const events = [
      newEvent(mailDropped, { mailId: id, reason: value.reason }, facts),
      newEvent(mailSettled, { mailId: id, outcome: 'dropped', ticket: null }, facts),
    ]
    await context.collections.received.commit({ id, expectedVersion: row.version, value, events })
    return shown({ ...row, value }, language)
  })
}
