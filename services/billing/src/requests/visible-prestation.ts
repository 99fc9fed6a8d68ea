/** What stands before every request about a ticket's time. */
import { isManagerOf, isStaff } from '@guichet/access'
import { Failure } from '@guichet/contracts/failure'
import type { TicketFacts } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { maySeeTicket } from '../domain/access.ts'
import type { StoredPrestation } from '../domain/prestation.ts'

/** @throws Failure not-found for a ticket that this reader may not see */
export async function visibleTicket(context: Context, number: number, actor: Actor): Promise<TicketFacts> {
  const ticket = await context.facts.ticket(number)
  // Only a manager of the company can owe the sight of a ticket to the company's setting.
  const asked = ticket.companyId !== null && isManagerOf(actor, ticket.companyId)
  const managersSeeAll =
    asked && ticket.companyId !== null && (await context.facts.company(ticket.companyId)).managersSeeAll
  if (!maySeeTicket(actor, ticket, managersSeeAll)) throw new Failure('not-found')
  return ticket
}

/** @throws Failure not-found, forbidden: customers see their tickets, and log no time on them */
export async function ticketForStaff(context: Context, number: number, actor: Actor): Promise<TicketFacts> {
  const ticket = await visibleTicket(context, number, actor)
  if (!isStaff(actor)) throw new Failure('forbidden')
  return ticket
}

/**
 * A prestation that may still be changed.
 * @throws Failure not-found, prestation-invoiced, prestation-drafted
 */
export async function changeablePrestation(
  { prestations, invoices }: Context,
  ticket: number,
  id: string,
): Promise<Stored<StoredPrestation>> {
  const stored = await prestations.get(id)
  if (!stored || stored.value.ticket !== ticket) throw new Failure('not-found')
  const { invoiceId } = stored.value
  if (invoiceId === null) return stored
  const invoice = (await invoices.get(invoiceId))?.value
  if (invoice?.issued)
    throw new Failure('prestation-invoiced', { params: { invoice: invoice.issued.number } })
  throw new Failure('prestation-drafted', { params: { company: invoice?.companyName ?? '' } })
}
