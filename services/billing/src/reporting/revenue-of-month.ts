/**
 * A month's revenue. What is issued never changes, and no document is dated before the last one: a month that is over
 * is added up once and kept. The current one is added up each time it is asked for.
 */
import { VersionConflict } from '@guichet/store'
import type { Context } from '../context.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'
import { monthRevenue, type MonthRevenue, type StoredMonthRevenue } from '../domain/revenue.ts'
import { lastDayOf } from '../domain/due-fees.ts'
import { issuedBetween } from '../exporting/issued-between.ts'

/** Raised when months are added up otherwise than before: what is kept is then made anew. */
const REVISION = 1

export async function revenueOfMonth(context: Context, month: string): Promise<MonthRevenue> {
  const kept = await context.revenueMonths.get(month)
  if (kept?.value.revision === REVISION) return kept.value
  const isOver = await hasEnded(context, month)
  const documents: InvoiceDocument[] = []
  for await (const { value } of issuedBetween(context, `${month}-01`, lastDayOf(month))) documents.push(value)
  const revenue = monthRevenue(month, documents)
  if (isOver) await keep(context, { ...revenue, revision: REVISION }, kept?.version ?? 0)
  return revenue
}

/** Nothing can be dated in it any more: neither by today's date nor by a number that was taken and is not printed yet. */
async function hasEnded(context: Context, month: string): Promise<boolean> {
  if (month >= context.today().slice(0, 7)) return false
  const { value: series } = await context.readSeries()
  for (const { pending } of [series.invoice, series.creditNote]) {
    // The last number stays named here once its document has it.
    if (pending === null || pending.issued.issuedOn.slice(0, 7) > month) continue
    if ((await context.invoices.get(pending.draftId))?.value.stage !== 'issued') return false
  }
  return true
}

async function keep({ revenueMonths }: Context, value: StoredMonthRevenue, expectedVersion: number) {
  try {
    await revenueMonths.commit({ id: value.month, expectedVersion, value })
  } catch (error) {
    // Another copy added it up as well.
    if (!(error instanceof VersionConflict)) throw error
  }
}
