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
  /** All that were passed, the last one included. */
  chain: readonly number[]
}

/** @throws Failure not-found for a ticket, anywhere in the chain, that is not the actor's to see. */
export async function followMerges(context: Context, number: number, actor: Actor): Promise<Followed> {
  let current = number
  const chain: number[] = []
  for (let steps = 0; steps < LONGEST_CHAIN; steps++) {
    const { value } = await visibleTicket(context, current, actor)
    chain.push(current)
    if (value.mergedInto === null) return { number: current, state: value, chain }
    current = value.mergedInto
  }
  throw new Failure('ticket-is-merged', { params: { into: current } })
}
