import { prestationChanged, type changePrestation } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'
import { changedFields, prestationFields } from '../domain/prestation.ts'
import { prestationViews } from '../views/prestation-view.ts'
import { changeablePrestation, ticketForStaff } from './visible-prestation.ts'

/** On a draft it is refused with the reason: a line that changes under the eyes of who checks it is no draft. */
export async function answerChangePrestation(
  context: Context,
  { ticket, id, changes }: InputOf<typeof changePrestation>,
  actor: Actor,
): Promise<OutputOf<typeof changePrestation>> {
  await ticketForStaff(context, ticket, actor)
  const stored = await retryOnConflict(async () => {
    const before = await changeablePrestation(context, ticket, id)
    const { fields, faults } = prestationFields(before.value, changes, context.today())
    if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
    const changed = changedFields(before.value, fields)
    if (changed.length === 0) return before
    const value = { ...before.value, ...fields }
    const event = newEvent(
      prestationChanged,
      { prestationId: id, ticket, companyId: value.companyId, fields: changed },
      { actor, audience: STAFF_ONLY, at: context.now() },
    )
    const { version } = await context.prestations.commit({
      id,
      expectedVersion: before.version,
      value,
      events: [event],
    })
    return { id, version, value }
  })
  const [view] = await prestationViews(context, [stored], actor)
  if (!view) throw new Failure('not-found')
  return view
}
