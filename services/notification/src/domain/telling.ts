/** Who is told what. Pure: an event and the facts around it go in, one telling per person comes out. */
import type { TicketPeople } from '@guichet/contracts/ticket'
import type { Static } from 'typebox'

export type People = Static<typeof TicketPeople>

/** Kinds of the portal's notifications. */
export type NotificationKind =
  | 'ticket-opened'
  | 'ticket-opened-for-you'
  | 'ticket-accepted'
  | 'message-from-support'
  | 'message-from-customer'
  | 'note-posted'
  | 'mentioned'
  | 'ticket-waiting'
  | 'ticket-closed'
  | 'ticket-reopened'
  | 'ticket-assigned'
  | 'priority-changed'
  | 'mail-quarantined'
  | 'invoice-issued'
  | 'credit-note-issued'
  | 'invoice-reminded'
  | 'prepaid-low'
  | 'client-prepaid-low'

/** Kinds of mails, each with its text in three languages (texts/). */
export type MailKind =
  | 'welcome'
  | 'password-reset'
  | 'password-changed'
  | 'confirm-address'
  | 'mail-not-accepted'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'second-factor-reset'
  | 'recovery-code-used'
  | 'recovery-codes-renewed'
  | 'codes-refused'
  | 'receipt'
  | 'ticket-accepted'
  | 'message-posted'
  | 'ticket-closed'
  | 'support-ticket'
  | 'support-reply'
  | 'mentioned'
  | 'invoice-issued'
  | 'credit-note-issued'
  | 'invoice-reminder-1'
  | 'invoice-reminder-2'
  | 'invoice-reminder-3'
  | 'prepaid-low'

export interface Telling {
  accountId: string
  /** Shown on the portal; null: by mail only. */
  notification: NotificationKind | null
  /** null: on the portal only. */
  mail: MailKind | null
}

/** What is left for a person who does without some mails: the portal tells them all the same. null: nothing. */
export function withoutMuted(telling: Telling, muted: readonly string[] = []): Telling | null {
  if (telling.mail === null || !muted.includes(telling.mail)) return telling
  return telling.notification === null ? null : { ...telling, mail: null }
}

/** Who answers clients on the day of the event. */
export interface Counter {
  /** Agents; admins where there is no agent. */
  agentIds: readonly string[]
  /** All who may have a ticket or stand in for somebody who has: agents and admins. */
  answeringIds: readonly string[]
  /** Those of them who are away, each with who stands in; null: nobody in particular. */
  away: ReadonlyMap<string, string | null>
}

export const NOBODY: Counter = { agentIds: [], answeringIds: [], away: new Map() }

/** Everyone at the counter. With all of them away, a ticket still reaches somebody. */
function queueOf({ agentIds, away }: Counter): readonly string[] {
  const present = agentIds.filter((id) => !away.has(id))
  return present.length > 0 ? present : agentIds
}

/** Who stands in for somebody away, through those who are away themselves. null: nobody. */
function standInOf(accountId: string, { answeringIds, away }: Counter): string | null {
  const asked = new Set([accountId])
  let deputyId = away.get(accountId) ?? null
  while (deputyId !== null && away.has(deputyId) && !asked.has(deputyId)) {
    asked.add(deputyId)
    deputyId = away.get(deputyId) ?? null
  }
  return deputyId !== null && !asked.has(deputyId) && answeringIds.includes(deputyId) ? deputyId : null
}

/**
 * Support is told of what comes in: the assignee where there is one, else everyone at the counter. For an assignee
 * who is away it is their deputy, or the counter; they find it on the portal when they are back, and no mail.
 */
function tellSupport(
  people: People,
  counter: Counter,
  except: string | null,
  notification: NotificationKind,
  mail: MailKind | null,
): Telling[] {
  const { assigneeId } = people
  if (assigneeId === null || !counter.answeringIds.includes(assigneeId))
    return tell(queueOf(counter), except, notification, mail)
  if (!counter.away.has(assigneeId)) return tell([assigneeId], except, notification, mail)
  const standIn = standInOf(assigneeId, counter)
  const instead = standIn === null ? queueOf(counter) : [standIn]
  return [
    ...tell(instead, except, notification, mail),
    ...(instead.includes(assigneeId) ? [] : tell([assigneeId], except, notification, null)),
  ]
}

/** The assignee, and whoever stands in for them. */
function holdersOf({ assigneeId }: People, counter: Counter): string[] {
  if (assigneeId === null) return []
  const standIn = standInOf(assigneeId, counter)
  return standIn === null ? [assigneeId] : [assigneeId, standIn]
}

function customersOf(people: People): string[] {
  return [...new Set([people.requesterId, ...people.participantIds])]
}

function tell(
  accountIds: readonly string[],
  except: string | null,
  notification: NotificationKind | null,
  mail: MailKind | null,
): Telling[] {
  return [...new Set(accountIds)]
    .filter((accountId) => accountId !== except)
    .map((accountId) => ({ accountId, notification, mail }))
}

export interface Opened {
  people: People
  openedById: string
  via: 'web' | 'mail' | 'phone' | 'api'
}

/** The sender of a mail gets a receipt with the number, which they need on the phone; so does whom staff opened it for. */
export function onOpened({ people, openedById, via }: Opened, counter: Counter): Telling[] {
  const openedForOther = openedById !== people.requesterId
  return [
    ...tellSupport(people, counter, openedById, 'ticket-opened', 'support-ticket').filter(
      ({ accountId }) => accountId !== people.requesterId,
    ),
    ...(openedForOther ? tell([people.requesterId], null, 'ticket-opened-for-you', 'receipt') : []),
    ...(via === 'mail' && !openedForOther ? tell([people.requesterId], null, null, 'receipt') : []),
  ]
}

export interface Posted {
  people: People
  authorId: string | null
  fromStaff: boolean
  internal: boolean
  automatic: boolean
  mentionedIds?: readonly string[]
}

/** Whoever is called by name is told so, and of nothing else by the same message. */
export function onPosted(posted: Posted, counter: Counter): Telling[] {
  const mentioned = tell(posted.mentionedIds ?? [], posted.authorId, 'mentioned', 'mentioned')
  const called = new Set(mentioned.map(({ accountId }) => accountId))
  return [...mentioned, ...withoutMentions(posted, counter).filter(({ accountId }) => !called.has(accountId))]
}

function withoutMentions(posted: Posted, counter: Counter): Telling[] {
  const { people, authorId } = posted
  if (posted.internal) {
    return tell(holdersOf(people, counter), authorId, 'note-posted', null)
  }
  // RFC 3834: an automatic answer is answered by nobody and mailed to nobody.
  const mails = !posted.automatic
  const customers = tell(
    customersOf(people),
    authorId,
    posted.fromStaff ? 'message-from-support' : 'message-from-customer',
    mails ? 'message-posted' : null,
  )
  if (posted.fromStaff) return customers
  const support = tellSupport(
    people,
    counter,
    authorId,
    'message-from-customer',
    mails ? 'support-reply' : null,
  )
  const told = new Set(support.map(({ accountId }) => accountId))
  return [...support, ...customers.filter(({ accountId }) => !told.has(accountId))]
}

export function onAccepted(people: People, actorId: string | null): Telling[] {
  return tell(customersOf(people), actorId, 'ticket-accepted', 'ticket-accepted')
}

export function onWaiting(people: People, actorId: string | null): Telling[] {
  return tell(customersOf(people), actorId, 'ticket-waiting', null)
}

export function onClosed(people: People, actorId: string | null): Telling[] {
  const assignee = people.assigneeId === null ? [] : tell([people.assigneeId], actorId, 'ticket-closed', null)
  const customers = customersOf(people)
  return [
    ...tell(customers, actorId, 'ticket-closed', 'ticket-closed'),
    ...assignee.filter(({ accountId }) => !customers.includes(accountId)),
  ]
}

/** Whoever reopens by a message is told of by that message; this tells the others that it is open again. */
export function onReopened(people: People, actorId: string | null): Telling[] {
  const everyone = [...customersOf(people), ...(people.assigneeId === null ? [] : [people.assigneeId])]
  return tell(everyone, actorId, 'ticket-reopened', null)
}

export function onAssigned(people: People, actorId: string | null): Telling[] {
  return people.assigneeId === null ? [] : tell([people.assigneeId], actorId, 'ticket-assigned', null)
}

export function onPriorityChanged(people: People, actorId: string | null): Telling[] {
  return tell([people.requesterId], actorId, 'priority-changed', null)
}

export function onQuarantined(counter: Counter): Telling[] {
  return tell(queueOf(counter), null, 'mail-quarantined', null)
}

export function onInvoiceIssued(
  billingContactIds: readonly string[],
  kind: 'invoice' | 'credit-note' = 'invoice',
): Telling[] {
  const said = kind === 'invoice' ? 'invoice-issued' : 'credit-note-issued'
  return tell(billingContactIds, null, said, said)
}

export function onInvoiceReminded(billingContactIds: readonly string[], level: 1 | 2 | 3): Telling[] {
  return tell(billingContactIds, null, 'invoice-reminded', `invoice-reminder-${level}`)
}

export function onPrepaidLow(
  contactIds: readonly string[],
  financeIds: readonly string[],
): { clients: Telling[]; house: Telling[] } {
  return {
    clients: tell(contactIds, null, 'prepaid-low', 'prepaid-low'),
    house: tell(financeIds, null, 'client-prepaid-low', null),
  }
}
