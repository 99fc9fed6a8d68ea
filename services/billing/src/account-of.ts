import { Failure } from '@guichet/contracts/failure'
import type { AccountActor, Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { randomUUIDv7 } from 'node:crypto'

/** The person who asks. @throws Failure forbidden: only people do this. */
export function accountOf(actor: Actor): AccountActor {
  if (actor.kind !== 'account') throw new Failure('forbidden')
  return actor
}

/** The id of what is about to be made: under a key the same one again, and another for another purpose. */
export function newId(actor: Actor, purpose: string, key: string | undefined): string {
  if (key === undefined) return randomUUIDv7()
  const owner = actor.kind === 'account' ? actor.accountId : actor.kind
  return idFromKey(`${owner}/${purpose}`, key)
}
