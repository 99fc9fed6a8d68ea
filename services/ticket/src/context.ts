/** What every request and handler of the ticket service works with. */
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, retryOnConflict, type ServiceParts } from '@guichet/service'
import type { NewBlob, Stored } from '@guichet/store'
import type { Collections } from './collections.ts'
import type { TicketConfig } from './config.ts'
import { audienceFor, type Decision, type Occasion } from './domain/decide.ts'
import { mayRead, type TicketState } from './domain/ticket.ts'
import type { Facts } from './facts.ts'
import type { Numbers } from './numbers.ts'

export interface Context {
  parts: ServiceParts<TicketConfig>
  collections: Collections
  facts: Facts
  numbers: Numbers
}

export function nowOf({ parts }: Context): string {
  return parts.clock.now().toString({ smallestUnit: 'millisecond' })
}

export async function isVisible({ facts }: Context, state: TicketState, actor: Actor): Promise<boolean> {
  if (mayRead(actor, state, false)) return true
  // Only a manager of that very company may see more by the company's setting: nobody else costs a question.
  if (!mayRead(actor, state, true) || state.companyId === null) return false
  return (await facts.freshCompany(state.companyId))?.managersSeeAll === true
}

/** @throws Failure not-found for one that is not there and for one that is not the actor's to see, alike. */
export async function visibleTicket(
  context: Context,
  number: number,
  actor: Actor,
): Promise<Stored<TicketState>> {
  const stored = await context.collections.tickets.get(String(number))
  if (!stored || !(await isVisible(context, stored.value, actor))) throw new Failure('not-found')
  return stored
}

export interface Extras {
  blobs?: NewBlob[]
  /** Files that were put before. */
  keeps?: readonly string[]
  addToSearch?: string
}

/** Read, decide, commit; again from the start when another writer came between. Nothing said, nothing written. */
export async function changeTicket(
  context: Context,
  number: number,
  actor: Actor,
  decide: (state: TicketState, occasion: Occasion) => Decision | Promise<Decision>,
  extras: Extras = {},
): Promise<Stored<TicketState>> {
  return await retryOnConflict(async () => {
    const stored = await visibleTicket(context, number, actor)
    const occasion = { number, actor, at: nowOf(context), version: stored.version + 1 }
    const decision = await decide(stored.value, occasion)
    if (decision.events.length === 0) return stored
    return await commitDecision(context, decision, occasion, extras)
  })
}

export async function commitDecision(
  { parts, collections }: Context,
  { state, events }: Decision,
  { number, actor, version }: Occasion,
  { blobs, keeps, addToSearch }: Extras,
): Promise<Stored<TicketState>> {
  const at = parts.clock.now()
  const id = String(number)
  const committed = await collections.tickets.commit({
    id,
    expectedVersion: version - 1,
    value: state,
    events: events.map((each) =>
      newEvent(each.contract, each.data, { actor, audience: audienceFor(state, each), at }),
    ),
    blobs,
    keeps,
    addToSearch,
  })
  return { id, version: committed.version, value: state }
}
