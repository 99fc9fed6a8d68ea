import { prestationRemoved, type removePrestation } from '@guichet/contracts/billing'
import type { InputOf } from '@guichet/contracts/definition'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'
import { changeablePrestation, ticketForStaff } from './visible-prestation.ts'

export async function answerRemovePrestation(
  context: Context,
  { ticket, id }: InputOf<typeof removePrestation>,
  actor: Actor,
): Promise<Record<string, never>> {
  await ticketForStaff(context, ticket, actor)
  await retryOnConflict(async () => {
    const { version, value } = await changeablePrestation(context, ticket, id)
    const event = newEvent(
      prestationRemoved,
      { prestationId: id, ticket, companyId: value.companyId },
      { actor, audience: STAFF_ONLY, at: context.now() },
    )
    await context.prestations.commit({ id, expectedVersion: version, value: null, events: [event] })
  })
  return {}
}
