import type { Ageing } from '@guichet/contracts/reports'
import type { Context } from '../context.ts'
import { ageingOf } from '../domain/ageing.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'

export async function answerGetAgeing(context: Context): Promise<Ageing> {
  const open: InvoiceDocument[] = []
  let cursor: string | undefined
  do {
    const page = await context.invoices.find({
      index: 'receivable',
      key: ['all'],
      order: 'asc',
      limit: 100,
      cursor,
    })
    open.push(...page.items.map(({ value }) => value))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return ageingOf(open, context.today())
}
