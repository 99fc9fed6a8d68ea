/** What drafts and invoices bill of tickets' days beside what the days' ledgers say; see domain/day-rounding.ts. */
import type { Stored } from '@guichet/store'
import { allOf } from '../all-of.ts'
import type { Context } from '../context.ts'
import { dayOf, NO_BILLS, type DayBills, type DayShare } from '../domain/day-rounding.ts'
import type { HeldPrestation } from '../domain/held-prestation.ts'
import type { StoredLine } from '../domain/invoice.ts'
import { kindKey } from '../domain/kind.ts'
import type { StoredPrestation } from '../domain/prestation.ts'
import { prestationState } from '../domain/prestation-state.ts'

/** Of the days of this work, all of one company. */
export async function dayBills(
  context: Pick<Context, 'prestations' | 'invoices'>,
  work: readonly HeldPrestation[],
): Promise<(day: string) => DayBills> {
  const days = new Set(work.map(dayOf))
  const billed: Stored<StoredPrestation>[] = []
  for await (const one of workAround(context, work)) {
    if (one.value.invoiceId !== null && one.value.minutes !== null && days.has(dayOf(one))) billed.push(one)
  }
  const invoiceIds = [...new Set(billed.flatMap(({ value }) => value.invoiceId ?? []))]
  const documents = new Map((await allOf(context.invoices, invoiceIds)).map(({ id, value }) => [id, value]))
  const bills = new Map(
    [...days].map((day) => [day, { apart: [] as DayShare[], credited: new Set<string>() }]),
  )
  for (const one of billed) {
    const { id, value } = one
    const document = documents.get(value.invoiceId ?? '')
    const own = bills.get(dayOf(one))
    if (!document || !own) continue
    if (prestationState(id, value, document) === 'credited') own.credited.add(id)
    const lines = document.lines.filter(({ prestationId }) => prestationId === id)
    if (lines.length === 0) continue
    const minutes = lines.reduce((total, line) => total + minutesOn(line), 0)
    own.apart.push({ prestationId: id, kind: kindKey(value.kind), worked: value.minutes ?? 0, minutes })
  }
  return (day) => bills.get(day) ?? NO_BILLS
}

/** One ticket is read by itself, many with their company's months. */
async function* workAround(
  { prestations }: Pick<Context, 'prestations'>,
  work: readonly HeldPrestation[],
): AsyncGenerator<Stored<StoredPrestation>> {
  const tickets = new Set(work.map(({ value }) => value.ticket))
  const months = new Set(work.map(({ value }) => `${value.workedOn.slice(0, 7)} ${value.companyId}`))
  const queries =
    tickets.size === 1
      ? [...tickets].map((ticket) => ({ index: 'ofTicket' as const, key: [ticket] }))
      : [...months].map((month) => ({ index: 'inMonth' as const, key: month.split(' ') }))
  for (const query of queries) {
    let cursor: string | undefined
    do {
      const page = await prestations.find({ ...query, limit: 100, cursor })
      yield* page.items
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
}

/** Whole ones: a hand may have written others. */
function minutesOn({ unit, quantity }: StoredLine): number {
  if (unit === 'minute') return Math.ceil(Number(quantity))
  return unit === 'hour' ? Math.ceil(Number(quantity) * 60) : 0
}
