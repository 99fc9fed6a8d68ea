import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { exportReport } from '@guichet/contracts/reports'
import { newBlobId } from '@guichet/store'
import type { Context } from '../context.ts'
import { ageingCsv, revenueCsv } from '../domain/report-rows.ts'
import { answerGetAgeing } from './get-ageing.ts'
import { answerGetRevenue } from './get-revenue.ts'

/** What is made is nobody's document: it is fetched at once, and swept after a day. */
export async function answerExportReport(
  context: Context,
  { table, from, to }: InputOf<typeof exportReport>,
): Promise<OutputOf<typeof exportReport>> {
  const csv =
    table === 'ageing'
      ? ageingCsv(await answerGetAgeing(context))
      : revenueCsv(await answerGetRevenue(context, { from, to }), table)
  const { id, size } = await context.parts.store.blobs.put(newBlobId(), new TextEncoder().encode(csv))
  const name = table === 'ageing' ? `ageing_${context.today()}` : `revenue-${table}_${from}_${to}`
  return { blobId: id, name: `${name}.csv`, type: 'text/csv', size }
}
