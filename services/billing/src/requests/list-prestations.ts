import type { listPrestations } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { isStaff } from '@guichet/access'
import type { Context } from '../context.ts'
import { maySeeTime } from '../domain/access.ts'
import { prestationViews } from '../views/prestation-view.ts'
import { visibleTicket } from './visible-prestation.ts'

/** Newest work first. A ticket of the house has none: no client pays for it. */
export async function answerListPrestations(
  context: Context,
  { ticket: number, limit, cursor }: InputOf<typeof listPrestations>,
  actor: Actor,
): Promise<OutputOf<typeof listPrestations>> {
  const ticket = await visibleTicket(context, number, actor)
  if (!isStaff(actor) && ticket.companyId !== null) {
    if (!maySeeTime(actor, await context.terms(ticket.companyId))) throw new Failure('forbidden')
  }
  const page = await context.prestations.find({ index: 'ofTicket', key: [number], limit, cursor })
  return { items: await prestationViews(context, page.items, actor), next: page.next }
}
