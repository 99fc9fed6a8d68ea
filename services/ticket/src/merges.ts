/** A merged ticket goes on in another one: who writes to it writes there. */
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { visibleTicket, type Context } from './context.ts'
import type { TicketState } from './domain/ticket.ts'

/** Longer chains are nobody's intention. */
const LONGEST_CHAIN = 20

export interface Followed {
  number: number
  state: TicketState
}

/** @throws Failure not-found for a ticket, anywhere in the chain, that is not the actor's to see. */
export async function followMerges(context: Context, number: number, actor: Actor): Promise<Followed> {
  let current = number
  for (let steps = 0; steps < LONGEST_CHAIN; steps++) {
    const { value } = await visibleTicket(context, current, actor)
    if (value.mergedInto === null) return { number: current, state: value }
    current = value.mergedInto
  }
  throw new Failure('ticket-is-merged', { params: { into: current } })
}
