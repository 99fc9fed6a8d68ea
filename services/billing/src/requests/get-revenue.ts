import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { getRevenue, RevenueReport } from '@guichet/contracts/reports'
import type { Context } from '../context.ts'
import { revenueReport, type MonthRevenue } from '../domain/revenue.ts'
import { monthsBetween } from '../exporting/issued-between.ts'
import { revenueOfMonth } from '../reporting/revenue-of-month.ts'

/** Three years: more is two reports. */
const MOST_MONTHS = 36

export async function answerGetRevenue(
  context: Context,
  { from, to }: InputOf<typeof getRevenue>,
): Promise<RevenueReport> {
  if (from > to) throw fault('ends-before-it-begins')
  const months = monthsBetween(from, to)
  if (months.length > MOST_MONTHS) throw fault('period-too-long')
  const revenues: MonthRevenue[] = []
  for (const month of months) revenues.push(await revenueOfMonth(context, month))
  return revenueReport(revenues)
}

const fault = (code: string) => new Failure('invalid-input', { fields: [{ path: 'to', code }] })
