/** Tickets as a list shows them: what is it, how does it stand, whose is it. */
import { isStaff } from '@guichet/access'
import type { TicketSummary } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { waitsSinceOf, type TicketState } from '../domain/ticket.ts'

export async function summaryOf(
  context: Context,
  ticket: Stored<TicketState>,
  actor: Actor,
): Promise<TicketSummary> {
  const [summary] = await summariesOf(context, [ticket], actor)
  if (!summary) throw new TypeError('one ticket has one summary')
  return summary
}

/** One question for all names, none when they are known. */
export async function summariesOf(
  context: Context,
  tickets: readonly Stored<TicketState>[],
  actor: Actor,
): Promise<TicketSummary[]> {
  const ids = tickets.flatMap(({ value }) => [
    value.requesterId,
    ...(value.assigneeId === null ? [] : [value.assigneeId]),
  ])
  const companyIds = [
    ...new Set(tickets.flatMap(({ value }) => (value.companyId === null ? [] : [value.companyId]))),
  ]
  const [people, companies, reads] = await Promise.all([
    context.facts.people(ids),
    Promise.all(companyIds.map(async (id) => [id, await context.facts.companyName(id)] as const)),
    readVersions(context, tickets, actor),
  ])
  const companyNames = new Map(companies)
  const person = (id: string) => people.get(id) ?? { id, name: '—', staff: false }
  return tickets.map(({ id, value }) => ({
    number: Number(id),
    subject: value.subject,
    status: value.status,
    priority: value.priority,
    requester: person(value.requesterId),
    company:
      value.companyId === null
        ? null
        : { id: value.companyId, name: companyNames.get(value.companyId) ?? '' },
    assignee: value.assigneeId === null ? null : person(value.assigneeId),
    openedAt: value.openedAt,
    updatedAt: value.updatedAt,
    unread: isUnread(value, actor, reads.get(id) ?? 0),
    ...(isStaff(actor) ? { waitsSince: waitsSinceOf(value) } : {}),
  }))
}

/** Something was said by another since this reader looked; of notes a customer knows nothing. */
function isUnread(state: TicketState, actor: Actor, readVersion: number): boolean {
  if (actor.kind !== 'account') return false
  const last = isStaff(actor) ? state.lastSaid : state.lastPublic
  return last.by !== actor.accountId && last.version > readVersion
}

export const readId = (accountId: string, ticketId: string) => `${accountId}:${ticketId}`

async function readVersions(
  { collections }: Context,
  tickets: readonly Stored<TicketState>[],
  actor: Actor,
): Promise<Map<string, number>> {
  if (actor.kind !== 'account' || tickets.length === 0) return new Map()
  const found = await collections.reads.getMany(tickets.map(({ id }) => readId(actor.accountId, id)))
  return new Map(found.map(({ id, value }) => [id.slice(actor.accountId.length + 1), value.version]))
}
