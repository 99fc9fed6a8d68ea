/**
 * What a command does to a ticket: the new state and the events, or a Failure that says why not. Pure: time, actor and
 * ids come in. new → open → waiting → closed → archived; a customer's message on a closed ticket reopens it.
 */
import { isStaff } from '@guichet/access'
import type { DataOf, EventContract } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import * as contracts from '@guichet/contracts/ticket'
import type { Priority, Via } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { audienceOf, cleanSubject, isAgent, peopleOf, waitsSinceOf, type TicketState } from './ticket.ts'

/** An event to be, before the service makes it one: `audience` says who is told live. */
export interface Said<E extends EventContract = EventContract> {
  contract: E
  data: DataOf<E>
  staffOnly?: boolean
}

export interface Decision {
  state: TicketState
  events: Said[]
}

export interface Occasion {
  number: number
  actor: Actor
  /** ISO 8601, UTC. */
  at: string
  /** The version that the document will have. */
  version: number
}

const said = <E extends EventContract>(contract: E, data: DataOf<E>, staffOnly = false): Said =>
  ({ contract, data, staffOnly }) as Said

const actorId = (actor: Actor) => (actor.kind === 'account' ? actor.accountId : null)

export interface Opening {
  subject: string
  requesterId: string
  companyId: string | null
  participantIds: string[]
  openedById: string
  priority: Priority
  via: Via
  bodyBlobId: string
  hasBody: boolean
  attachments: StoredAttachment[]
  openedUnder: string | null
  mailId: string | null
  linkedTo: number | null
  refusedThread: number | null
}

export function open(opening: Opening, { number, at, version }: Occasion): Decision {
  const subject = cleanSubject(opening.subject)
  if (subject === '')
    throw new Failure('invalid-fields', { fields: [{ path: 'subject', code: 'subject-missing' }] })
  const { requesterId, companyId, priority, via, openedById, bodyBlobId, attachments, mailId, linkedTo } =
    opening
  const state: TicketState = {
    subject,
    status: 'new',
    priority,
    requesterId,
    companyId,
    participantIds: [...new Set(opening.participantIds)].filter((id) => id !== requesterId),
    assigneeId: null,
    via,
    openedAt: at,
    updatedAt: at,
    closedAt: null,
    waitsSince: at,
    archivedAt: null,
    mergedInto: null,
    mergedAt: null,
    linkedTo,
    agedAt: null,
    openedUnder: opening.openedUnder,
    postedUnder: {},
    attachments: attachments.map((attachment) => ({ ...attachment, internal: false })),
    lastPublic: { version, by: openedById },
    lastSaid: { version, by: openedById },
  }
  const { refusedThread } = opening
  const data = {
    number,
    people: peopleOf(state),
    priority,
    via,
    openedById,
    bodyBlobId,
    attachments,
    mailId,
    linkedTo,
    refusedThread,
  }
  return { state, events: [said(contracts.ticketOpened, data)] }
}

/** @throws Failure for a ticket that nothing more happens to. */
function requireAlive(state: TicketState): void {
  if (state.status === 'archived') throw new Failure('ticket-is-archived')
  if (state.mergedInto !== null) throw new Failure('ticket-is-merged', { params: { into: state.mergedInto } })
}

function requireAgent(actor: Actor): void {
  if (!isAgent(actor)) throw new Failure('forbidden')
}

/** Agents, and the customers of the ticket; finance only reads. */
function requireParty(actor: Actor): void {
  if (isStaff(actor) && !isAgent(actor)) throw new Failure('forbidden')
}

function changed(state: TicketState, change: Partial<TicketState>, { at }: Occasion): TicketState {
  return { ...state, ...change, updatedAt: at, agedAt: null }
}

export interface Posting {
  authorId: string | null
  fromStaff: boolean
  internal: boolean
  automatic: boolean
  via: Via
  bodyBlobId: string
  attachments: StoredAttachment[]
  mailId: string | null
  participantIds: string[]
  /** Idempotency key, already the author's own. */
  postedUnder: string | null
  /** What becomes of the ticket with the same press of a button. */
  afterwards?: 'wait' | 'close' | undefined
  /** Colleagues whom it calls. */
  mentionedIds?: readonly string[]
  /** The version up to which its author had read: what came since stops the answer. */
  seenVersion?: number | undefined
}

const KEYS_REMEMBERED = 50

export function post(state: TicketState, posting: Posting, occasion: Occasion): Decision {
  requireAlive(state)
  requireAllSeen(state, posting)
  const { authorId, fromStaff, internal, automatic, via, bodyBlobId, attachments, mailId } = posting
  const { number, version, at } = occasion
  const takes = fromStaff && !internal && state.status === 'new'
  const reopens = !fromStaff && !automatic && state.status === 'closed'
  const joins = posting.participantIds.filter(
    (id) => id !== state.requesterId && !state.participantIds.includes(id),
  )
  const keys = posting.postedUnder === null ? [] : [[posting.postedUnder, version] as const]
  const last = { version, by: authorId }
  const next = changed(
    state,
    {
      ...(takes ? { status: 'open' as const, assigneeId: authorId } : {}),
      ...(reopens ? { status: 'open' as const, closedAt: null } : {}),
      participantIds: [...state.participantIds, ...joins],
      attachments: [...state.attachments, ...attachments.map((each) => ({ ...each, internal }))],
      postedUnder: Object.fromEntries(
        [...Object.entries(state.postedUnder), ...keys].slice(-KEYS_REMEMBERED),
      ),
      lastSaid: last,
      ...(internal ? {} : { lastPublic: last }),
      ...(internal || automatic ? {} : { waitsSince: fromStaff ? null : (waitsSinceOf(state) ?? at) }),
    },
    occasion,
  )
  const people = peopleOf(next)
  const message = said(
    contracts.messagePosted,
    {
      number,
      people,
      authorId,
      fromStaff,
      internal,
      via,
      automatic,
      bodyBlobId,
      attachments,
      mailId,
      ...(posting.mentionedIds?.length ? { mentionedIds: [...posting.mentionedIds] } : {}),
    },
    internal,
  )
  // Accepted before it is answered, reopened by what was said: in the order in which people understand it.
  const events = [
    ...(takes ? [said(contracts.ticketAccepted, { number, people, from: state.status })] : []),
    message,
    ...(reopens ? [said(contracts.ticketReopened, { number, people, from: state.status })] : []),
  ]
  const after = stepAfter(next, posting.afterwards, occasion)
  return { state: after.state, events: [...events, ...after.events] }
}

/** Two agents on one ticket: an answer written before the newest message was read is stopped. Notes reach nobody. */
function requireAllSeen({ lastSaid }: TicketState, { authorId, internal, seenVersion }: Posting): void {
  if (seenVersion === undefined || internal || lastSaid.by === authorId) return
  if (lastSaid.version > seenVersion) throw new Failure('newer-message')
}

/** One commit with the message: never a message sent whose step was lost. Already there, nothing is left to do. */
function stepAfter(state: TicketState, step: Posting['afterwards'], occasion: Occasion): Decision {
  if (step === 'wait' && state.status !== 'waiting') return wait(state, occasion)
  if (step === 'close' && state.status !== 'closed') return close(state, occasion)
  return { state, events: [] }
}

export function accept(state: TicketState, occasion: Occasion): Decision {
  requireAgent(occasion.actor)
  requireAlive(state)
  if (state.status !== 'new') throw new Failure('ticket-not-new')
  const next = changed(state, { status: 'open', assigneeId: actorId(occasion.actor) }, occasion)
  const data = { number: occasion.number, people: peopleOf(next), from: state.status }
  return { state: next, events: [said(contracts.ticketAccepted, data)] }
}

export function wait(state: TicketState, occasion: Occasion): Decision {
  requireAgent(occasion.actor)
  requireAlive(state)
  if (state.status !== 'open') throw new Failure('ticket-not-open')
  const next = changed(state, { status: 'waiting', waitsSince: null }, occasion)
  const data = { number: occasion.number, people: peopleOf(next), from: state.status }
  return { state: next, events: [said(contracts.ticketWaiting, data)] }
}

export function resume(state: TicketState, occasion: Occasion): Decision {
  requireAgent(occasion.actor)
  requireAlive(state)
  if (state.status !== 'waiting') throw new Failure('ticket-not-waiting')
  const next = changed(state, { status: 'open' }, occasion)
  const data = { number: occasion.number, people: peopleOf(next), from: state.status }
  return { state: next, events: [said(contracts.ticketResumed, data)] }
}

export function close(state: TicketState, occasion: Occasion): Decision {
  requireParty(occasion.actor)
  requireAlive(state)
  if (state.status === 'closed') throw new Failure('ticket-is-closed')
  const next = changed(state, { status: 'closed', closedAt: occasion.at, waitsSince: null }, occasion)
  const data = { number: occasion.number, people: peopleOf(next), from: state.status }
  return { state: next, events: [said(contracts.ticketClosed, data)] }
}

export function reopen(state: TicketState, occasion: Occasion): Decision {
  requireParty(occasion.actor)
  requireAlive(state)
  if (state.status !== 'closed') throw new Failure('ticket-not-closed')
  const waitsSince = isStaff(occasion.actor) ? null : occasion.at
  const next = changed(state, { status: 'open', closedAt: null, waitsSince }, occasion)
  const data = { number: occasion.number, people: peopleOf(next), from: state.status }
  return { state: next, events: [said(contracts.ticketReopened, data)] }
}

/** Given to an agent, a new ticket is accepted for them. */
export function assign(state: TicketState, assigneeId: string | null, occasion: Occasion): Decision {
  requireAgent(occasion.actor)
  requireAlive(state)
  if (state.assigneeId === assigneeId) return { state, events: [] }
  const accepts = state.status === 'new' && assigneeId !== null
  const next = changed(state, { assigneeId, ...(accepts ? { status: 'open' as const } : {}) }, occasion)
  const { number } = occasion
  const people = peopleOf(next)
  return {
    state: next,
    events: [
      ...(accepts ? [said(contracts.ticketAccepted, { number, people, from: state.status })] : []),
      said(contracts.ticketAssigned, { number, people, previousAssigneeId: state.assigneeId }),
    ],
  }
}

export function change(
  state: TicketState,
  { priority, subject }: { priority?: Priority; subject?: string },
  occasion: Occasion,
): Decision {
  requireAgent(occasion.actor)
  requireAlive(state)
  const cleaned = subject === undefined ? state.subject : cleanSubject(subject)
  if (cleaned === '')
    throw new Failure('invalid-fields', { fields: [{ path: 'subject', code: 'subject-missing' }] })
  const next = changed(state, { priority: priority ?? state.priority, subject: cleaned }, occasion)
  const { number } = occasion
  const people = peopleOf(next)
  const events = [
    ...(next.priority === state.priority
      ? []
      : [said(contracts.priorityChanged, { number, people, from: state.priority, to: next.priority })]),
    ...(cleaned === state.subject ? [] : [said(contracts.subjectChanged, { number, people })]),
  ]
  return events.length === 0 ? { state, events } : { state: next, events }
}

/** One commit on the merged ticket; the other shows it by link. The caller has followed `into` to its end. */
export function merge(
  state: TicketState,
  into: { number: number; state: TicketState },
  occasion: Occasion,
): Decision {
  requireAgent(occasion.actor)
  requireAlive(state)
  requireAlive(into.state)
  if (into.number === occasion.number) throw new Failure('merge-into-itself')
  if (into.state.companyId !== state.companyId) throw new Failure('merge-other-company')
  const closing =
    state.status === 'closed' ? {} : { status: 'closed' as const, closedAt: occasion.at, waitsSince: null }
  const next = changed(state, { ...closing, mergedInto: into.number, mergedAt: occasion.at }, occasion)
  const data = { number: occasion.number, people: peopleOf(next), into: into.number }
  return { state: next, events: [said(contracts.ticketMerged, data)] }
}

/** Closed for long: the archiver is told, once per state that it stays in. */
export function age(state: TicketState, { number, version }: Occasion): Decision {
  const data = { number, people: peopleOf(state), version }
  return { state: { ...state, agedAt: version }, events: [said(contracts.ticketAged, data, true)] }
}

/** The archive holds everything: what stays is who may see it, what it is called and its files. */
export function archive(state: TicketState, { number, at }: Occasion): Decision {
  const next: TicketState = { ...state, status: 'archived', archivedAt: at, postedUnder: {} }
  return { state: next, events: [said(contracts.ticketArchived, { number, people: peopleOf(next) })] }
}

export function audienceFor(state: TicketState, { staffOnly }: Said) {
  return staffOnly ? { accounts: [], staff: true } : audienceOf(state)
}
