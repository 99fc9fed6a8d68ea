/** Prestations as one reader sees them. */
import type { Prestation } from '@guichet/contracts/billing'
import { isService, isStaff } from '@guichet/access'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import { allOf } from '../all-of.ts'
import type { Context } from '../context.ts'
import { maySeeCost } from '../domain/access.ts'
import type { StoredPrestation } from '../domain/prestation.ts'
import { prestationState } from '../domain/prestation-state.ts'
import { costOf, rateFor } from '../domain/pricing.ts'
import { roundedByDay } from '../domain/day-rounding.ts'
import type { TermsByDay } from '../domain/contract.ts'
import { foreseenDays } from '../drafting/day-uses.ts'
import { openOnTickets } from '../drafting/open-work.ts'

export async function prestationViews(
  context: Pick<Context, 'invoices' | 'termsByDay' | 'dayLedgers' | 'prestations'>,
  items: readonly Stored<StoredPrestation>[],
  reader: Actor,
): Promise<Prestation[]> {
  const invoiceIds = [...new Set(items.flatMap(({ value }) => value.invoiceId ?? []))]
  const invoices = new Map(
    (await allOf(context.invoices, invoiceIds)).map((stored) => [stored.id, stored.value]),
  )
  const companies = [...new Set(items.map(({ value }) => value.companyId))]
  const terms = new Map(
    await Promise.all(companies.map(async (id) => [id, await context.termsByDay(id)] as const)),
  )
  const priced = items.filter(({ value }) => value.billable && maySeeCost(reader, value.companyId))
  const billed = await billedMinutesOf(context, priced, terms)
  const seesDrafts = isStaff(reader) || isService(reader)
  return items.map(({ id, value }) => {
    const named = value.invoiceId === null ? undefined : invoices.get(value.invoiceId)
    // To the client, a draft is not there yet.
    const invoice = seesDrafts || named?.stage === 'issued' ? named : undefined
    const contract = terms.get(value.companyId)
    const showsCost = contract !== undefined && maySeeCost(reader, value.companyId)
    const minutesBilled = billed.get(id)
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
      ...(minutesBilled === undefined ? {} : { billedMinutes: minutesBilled }),
      cost: showsCost ? costOf(value, contract(value.workedOn), minutesBilled) : null,
    }
  })
}

/** Of time whose day is rounded as one: what an entry comes to depends on what was noted before it. */
async function billedMinutesOf(
  context: Pick<Context, 'dayLedgers' | 'prestations' | 'invoices'>,
  items: readonly Stored<StoredPrestation>[],
  termsOf: ReadonlyMap<string, TermsByDay>,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const [companyId, own] of Map.groupBy(items, ({ value }) => value.companyId)) {
    const terms = termsOf.get(companyId)
    const asked = terms ? own.filter((item) => roundedByDay(item, terms)) : []
    if (!terms || asked.length === 0) continue
    // What is drafted has its share in the ledger; the others' hangs on what else is open there.
    const waiting = asked.filter(({ value }) => value.invoiceId === null).map(({ value }) => value.ticket)
    const open = await openOnTickets(context, new Set(waiting))
    const { given } = await foreseenDays(context, open, terms, asked)
    for (const { id } of asked) {
      const minutes = given(id)
      if (minutes !== undefined) found.set(id, minutes)
    }
  }
  return found
}
