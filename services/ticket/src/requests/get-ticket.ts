import { isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { getArchivedTicket } from '@guichet/contracts/archiver'
import type { getTicket, getTimeline, TimelineEntry } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import { visibleTicket, type Context } from '../context.ts'
import { possibleSteps, type TicketState } from '../domain/ticket.ts'
import { summaryOf } from '../views/summary.ts'
import { timelineOf } from '../views/timeline.ts'

export async function answerGetTicket(
  context: Context,
  { number }: InputOf<typeof getTicket>,
  actor: AccountActor,
): Promise<OutputOf<typeof getTicket>> {
  const ticket = await visibleTicket(context, number, actor)
  const { value } = ticket
  const [summary, people, timeline] = await Promise.all([
    summaryOf(context, ticket, actor),
    context.facts.people(value.participantIds),
    wholeTimeline(context, ticket, actor),
  ])
  return {
    ...summary,
    participants: value.participantIds.map((id) => people.get(id) ?? { id, name: '—', staff: false }),
    mergedInto: value.mergedInto,
    linkedTo: value.linkedTo,
    via: value.via,
    closedAt: value.closedAt,
    archivedAt: value.archivedAt,
    may: possibleSteps(actor, value),
    timeline,
  }
}

export async function answerGetTimeline(
  context: Context,
  { number, after }: InputOf<typeof getTimeline>,
  actor: AccountActor,
): Promise<OutputOf<typeof getTimeline>> {
  const entries = await wholeTimeline(context, await visibleTicket(context, number, actor), actor)
  const position = after === undefined ? -1 : entries.findIndex(({ id }) => id === after)
  return { items: entries.slice(position + 1), next: null }
}

/** An archived ticket's is with the archiver, as staff saw it; what a customer may not see is left out here. */
async function wholeTimeline(
  context: Context,
  { id, value }: Stored<TicketState>,
  actor: AccountActor,
): Promise<TimelineEntry[]> {
  const number = Number(id)
  if (value.status !== 'archived') return await timelineOf(context, number, actor)
  const { bus, actors } = context.parts
  const { timeline } = await bus.requests.ask(getArchivedTicket, { number }, { token: await actors.own() })
  if (isStaff(actor)) return timeline
  return timeline
    .filter(({ kind }) => kind !== 'note')
    .map((entry) => ('mailId' in entry ? { ...entry, mailId: undefined } : entry))
}
