/** What was issued from one day to another, in the order of its days; page by page, so that memory stays flat. */
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'

const PAGE = 50

export async function* issuedBetween(
  { invoices }: Pick<Context, 'invoices'>,
  from: string,
  to: string,
): AsyncGenerator<Stored<InvoiceDocument>> {
  for (const month of monthsBetween(from, to)) {
    let cursor: string | undefined
    do {
      const page = await invoices.find({ index: 'issuedIn', key: [month], order: 'asc', limit: PAGE, cursor })
      for (const stored of page.items) {
        const day = stored.value.issued?.issuedOn ?? ''
        if (day >= from && day <= to) yield stored
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
}

/** Days or months; both ends included. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = []
  const last = Temporal.PlainYearMonth.from(to.slice(0, 7))
  let month = Temporal.PlainYearMonth.from(from.slice(0, 7))
  while (Temporal.PlainYearMonth.compare(month, last) <= 0) {
    months.push(month.toString())
    month = month.add({ months: 1 })
  }
  return months
}
