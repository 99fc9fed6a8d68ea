import type { DataOf, EventContract } from '@guichet/contracts/definition'
import type { Audience } from '@guichet/contracts/envelope'
import type { Actor } from '@guichet/contracts/values/actor'
import type { NewEvent } from '@guichet/store'

/** Nobody is told live. */
export const NO_ONE: Audience = { accounts: [], staff: false }
/** Staff of the house are told live, no customer. */
export const STAFF_ONLY: Audience = { accounts: [], staff: true }

/**
 * An event for a commit. Pure; the one place where events are made. Its trace is stamped at the commit, where its
 * data is also held against the contract. `at` is the instant it happened.
 */
export function newEvent<E extends EventContract>(
  contract: E,
  data: DataOf<E>,
  facts: { actor: Actor; audience: Audience; at: Temporal.Instant },
): NewEvent {
  return {
    subject: contract.subject,
    version: contract.version,
    occurredAt: facts.at.toString({ smallestUnit: 'millisecond' }),
    actor: facts.actor,
    audience: facts.audience,
    data,
  }
}
