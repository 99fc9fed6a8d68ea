import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { listReceivables } from '@guichet/contracts/receivables'
import type { Context } from '../context.ts'
import { receivableView } from '../views/receivable-view.ts'

export async function answerListReceivables(
  context: Context,
  { company, limit, cursor }: InputOf<typeof listReceivables>,
): Promise<OutputOf<typeof listReceivables>> {
  const key = company === undefined ? ['all'] : ['company', company]
  const page = await context.invoices.find({ index: 'receivable', key, order: 'asc', limit, cursor })
  const settings = await context.reminderSettings()
  const today = context.today()
  return { items: page.items.map((stored) => receivableView(stored, settings, today)), next: page.next }
}
