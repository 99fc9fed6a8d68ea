/** Prestations as one reader sees them. */
import type { Prestation } from '@guichet/contracts/billing'
import { isService, isStaff } from '@guichet/access'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { maySeeCost } from '../domain/access.ts'
import type { StoredPrestation } from '../domain/prestation.ts'
import { prestationState } from '../domain/prestation-state.ts'
import { costOf, rateFor } from '../domain/pricing.ts'

export async function prestationViews(
  context: Pick<Context, 'invoices' | 'termsByDay'>,
  items: readonly Stored<StoredPrestation>[],
  reader: Actor,
): Promise<Prestation[]> {
  const invoiceIds = [...new Set(items.flatMap(({ value }) => value.invoiceId ?? []))]
  const invoices = new Map(
    (await context.invoices.getMany(invoiceIds)).map((stored) => [stored.id, stored.value]),
  )
  const companies = [...new Set(items.map(({ value }) => value.companyId))]
  const terms = new Map(
    await Promise.all(companies.map(async (id) => [id, await context.termsByDay(id)] as const)),
  )
  const seesDrafts = isStaff(reader) || isService(reader)
  return items.map(({ id, value }) => {
    const named = value.invoiceId === null ? undefined : invoices.get(value.invoiceId)
    // To the client, a draft is not there yet.
    const invoice = seesDrafts || named?.stage === 'issued' ? named : undefined
    const contract = terms.get(value.companyId)
    const { invoiceId: _named, heldBack, ...shown } = value
    const state = prestationState(id, value, invoice)
    const unit =
      value.minutes === null && contract ? rateFor(value, contract(value.workedOn))?.unit : undefined
    return {
      ...shown,
      ...(unit ? { unit } : {}),
      id,
      // That finance waits with it is the house's affair.
      state: state === 'held-back' && !seesDrafts ? 'open' : state,
      ...(heldBack && seesDrafts && state === 'held-back' ? { heldBack } : {}),
      invoice: invoice ? (invoice.issued?.number ?? value.invoiceId) : null,
      cost: contract && maySeeCost(reader, value.companyId) ? costOf(value, contract(value.workedOn)) : null,
    }
  })
}
