import { prestationLogged, type logPrestation } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, STAFF_ONLY } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import { accountOf, newId } from '../account-of.ts'
import type { Context } from '../context.ts'
import { notedPrestation, prestationFields, type StoredPrestation } from '../domain/prestation.ts'
import { prestationViews } from '../views/prestation-view.ts'
import { ticketForStaff } from './visible-prestation.ts'

export async function answerLogPrestation(
  context: Context,
  input: InputOf<typeof logPrestation>,
  actor: Actor,
): Promise<OutputOf<typeof logPrestation>> {
  const ticket = await ticketForStaff(context, input.ticket, actor)
  const { companyId } = ticket
  if (companyId === null) throw new Failure('ticket-without-company', { params: { ticket: input.ticket } })
  const { fields, faults } = prestationFields(undefined, input.prestation, context.today())
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })

  const id = newId(actor, `prestation of ${input.ticket}`, input.idempotencyKey)
  const by = accountOf(actor)
  const value = notedPrestation(fields, {
    ticket: input.ticket,
    companyId,
    loggedAt: context.timestamp(),
    by,
  })
  const event = newEvent(
    prestationLogged,
    { prestationId: id, ticket: input.ticket, companyId },
    { actor, audience: STAFF_ONLY, at: context.now() },
  )
  const stored = await created(context, id, value, event)
  const [view] = await prestationViews(context, [stored], actor)
  if (!view) throw new Failure('not-found')
  return view
}

/** A repeat under the same key finds the first one. */
async function created(
  { prestations }: Context,
  id: string,
  value: StoredPrestation,
  event: ReturnType<typeof newEvent>,
) {
  try {
    const { version } = await prestations.commit({ id, expectedVersion: 0, value, events: [event] })
    return { id, version, value }
  } catch (error) {
    const first = error instanceof VersionConflict ? await prestations.get(id) : undefined
    if (!first) throw error
    return first
  }
}
