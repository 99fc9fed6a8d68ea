/** What other services decide by. Services only. */
import type { OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { getArchiveMaterial, TicketFacts } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { factsOf } from '../domain/ticket.ts'
import { timelineOf } from '../views/timeline.ts'

const SELF: Actor = { kind: 'service', service: 'ticket' }

async function ticketOf({ collections }: Context, number: number) {
  const stored = await collections.tickets.get(String(number))
  if (!stored) throw new Failure('not-found')
  return stored
}

export async function answerGetFacts(context: Context, number: number): Promise<TicketFacts> {
  return factsOf(number, (await ticketOf(context, number)).value)
}

export async function answerGetArchiveMaterial(
  context: Context,
  number: number,
): Promise<OutputOf<typeof getArchiveMaterial>> {
  const { version, value } = await ticketOf(context, number)
  const attachments = value.attachments.map(({ internal: _internal, ...attachment }) => attachment)
  const timeline = await timelineOf(context, number, SELF)
  return {
    version,
    facts: factsOf(number, value),
    openedAt: value.openedAt,
    closedAt: value.closedAt,
    timeline,
    attachments,
  }
}
