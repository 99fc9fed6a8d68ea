import type { Actor } from '@guichet/contracts/values/actor'

/** Whose idempotency keys these are: one's keys are worthless to another. */
export function actorKey(actor: Actor): string {
  if (actor.kind === 'account') return actor.accountId
  return actor.kind === 'service' ? `service:${actor.service}` : 'stranger'
}
