/** What a ticket is. Pure. Its history says what happened; this is what it came to. */
import { mayReadTicket, isStaff, isStaffWith } from '@guichet/access'
import type { Priority, TicketFacts, TicketPeople, TicketStatus, Via } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import type { Audience } from '@guichet/contracts/envelope'
import type { Static } from 'typebox'

/** Who last said something, at which version of the document: what is unread follows from it. */
export interface LastSaid {
  version: number
  by: string | null
}

export interface TicketState {
  subject: string
  status: TicketStatus
  priority: Priority
  requesterId: string
  companyId: string | null
  participantIds: string[]
  assigneeId: string | null
  via: Via
  openedAt: string
  updatedAt: string
  closedAt: string | null
  /** Since when a customer waits for an answer of ours, null when none does. Missing on tickets older than the queue. */
  waitsSince?: string | null
  archivedAt: string | null
  mergedInto: number | null
  mergedAt: string | null
  /** Follow-up of this archived ticket. */
  linkedTo: number | null
  /** `ticket.aged` was said at this version: not said again unless the ticket moves on. */
  agedAt: number | null
  /** Under which key it was opened: a repeat finds it. */
  openedUnder: string | null
  /** Keys of the latest messages with the version that posted each: a repeat posts nothing. */
  postedUnder: Record<string, number>
  attachments: (StoredAttachment & { internal: boolean })[]
  lastPublic: LastSaid
  lastSaid: LastSaid
}

export type People = Static<typeof TicketPeople>

export function peopleOf({ requesterId, companyId, participantIds, assigneeId }: TicketState): People {
  return { requesterId, companyId, participantIds, assigneeId }
}

export function audienceOf(state: TicketState): Audience {
  return { accounts: [...new Set([state.requesterId, ...state.participantIds])], staff: true }
}

export function factsOf(number: number, state: TicketState): TicketFacts {
  const { subject, status, priority, requesterId, companyId, participantIds, assigneeId, mergedInto } = state
  return { number, subject, status, priority, requesterId, companyId, participantIds, assigneeId, mergedInto }
}

export function mayRead(actor: Actor, state: TicketState, companyManagersSeeAll: boolean): boolean {
  return mayReadTicket(actor, { ...state, companyManagersSeeAll })
}

/** Since when a customer waits for us; a ticket from before this was kept waits since its last change while it is new. */
export function waitsSinceOf({ waitsSince, status, updatedAt }: TicketState): string | null {
  if (waitsSince !== undefined) return waitsSince
  return status === 'new' ? updatedAt : null
}

/** Those who work on tickets; finance reads them. */
export function isAgent(actor: Actor): boolean {
  return isStaffWith(actor, 'agent', 'admin')
}

/** What this reader may do now; the portal shows no other button. */
export function possibleSteps(actor: Actor, state: TicketState): string[] {
  const { status } = state
  const alive = status !== 'archived' && state.mergedInto === null
  const agent = isAgent(actor)
  const steps: [string, boolean][] = [
    ['post', alive && (agent || !isStaff(actor))],
    ['note', alive && isStaff(actor)],
    ['accept', alive && agent && status === 'new'],
    ['wait', alive && agent && status === 'open'],
    ['resume', alive && agent && status === 'waiting'],
    ['close', alive && status !== 'closed' && (agent || !isStaff(actor))],
    ['reopen', alive && status === 'closed' && (agent || !isStaff(actor))],
    ['assign', alive && agent],
    ['merge', alive && agent],
    ['prioritise', alive && agent],
  ]
  return steps.filter(([, possible]) => possible).map(([step]) => step)
}

/** One line, no control characters, at most 250 of what people count as characters. */
export function cleanSubject(subject: string): string {
  const line = subject
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return [...line].slice(0, 250).join('')
}
