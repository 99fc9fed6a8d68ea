import { isStaff } from '@guichet/access'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { presence, type showPresence } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { STAFF_ONLY } from '@guichet/service'
import { visibleTicket, type Context } from '../context.ts'

/** @throws Failure forbidden for customers: nobody watches them, and they do not see who watches their ticket. */
export async function answerShowPresence(
  context: Context,
  { number, doing }: InputOf<typeof showPresence>,
  actor: AccountActor,
): Promise<void> {
  await visibleTicket(context, number, actor)
  if (!isStaff(actor)) throw new Failure('forbidden')
  const person = { id: actor.accountId, name: actor.name, staff: true }
  context.parts.bus.live.announce(presence, { number, person, doing }, STAFF_ONLY)
}
