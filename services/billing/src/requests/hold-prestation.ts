/** Finance keeps a piece of work from the next run, and lets it go again. The work itself does not change. */
import { prestationChanged, type Prestation } from '@guichet/contracts/billing'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { holdPrestation, releasePrestation } from '@guichet/contracts/unbilled-work'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'
import { requireFinance } from '../domain/access.ts'
import type { StoredPrestation } from '../domain/prestation.ts'
import { prestationViews } from '../views/prestation-view.ts'
import { changeablePrestation, visibleTicket } from './visible-prestation.ts'

type HeldBack = StoredPrestation['heldBack']

export async function answerHoldPrestation(
  context: Context,
  { ticket, id, reason }: InputOf<typeof holdPrestation>,
  actor: Actor,
): Promise<Prestation> {
  const said = reason.trim()
  if (said === '') throw new Failure('invalid-input', { fields: [{ path: 'reason', code: 'required' }] })
  const by = actor.kind === 'account' ? { id: actor.accountId, name: actor.name } : { id: '', name: '' }
  return await setHeldBack(context, { ticket, id }, { reason: said, by, at: context.timestamp() }, actor)
}

export async function answerReleasePrestation(
  context: Context,
  one: InputOf<typeof releasePrestation>,
  actor: Actor,
): Promise<Prestation> {
  return await setHeldBack(context, one, undefined, actor)
}

async function setHeldBack(
  context: Context,
  { ticket, id }: { ticket: number; id: string },
  heldBack: HeldBack,
  actor: Actor,
): Promise<Prestation> {
  await visibleTicket(context, ticket, actor)
  requireFinance(actor, true)
  const stored = await retryOnConflict(async () => {
    const before = await changeablePrestation(context, ticket, id)
    if (heldBack === undefined && before.value.heldBack === undefined) return before
    if (heldBack !== undefined && !before.value.billable) throw new Failure('prestation-not-billable')
    const { heldBack: _before, ...rest } = before.value
    const value = { ...rest, ...(heldBack === undefined ? {} : { heldBack }) }
    const data = { prestationId: id, ticket, companyId: value.companyId, fields: ['heldBack'] }
    const facts = { actor, audience: STAFF_ONLY, at: context.now() }
    const { version } = await context.prestations.commit({
      id,
      expectedVersion: before.version,
      value,
      events: [newEvent(prestationChanged, data, facts)],
    })
    return { id, version, value }
  })
  const [view] = await prestationViews(context, [stored], actor)
  if (!view) throw new Failure('not-found')
  return view
}
