/** Invoices, one a row: whose, how they stand, how much. */
import type { InvoiceSummary } from '@guichet/contracts/billing'
import type { PageCall } from '../../page.ts'
import { amount, calendarDay, today } from '../../parts/times.ts'
import { invoiceTexts } from '../../texts/invoices.ts'

/** Its day has come and it is not paid: the client is late, whatever the status says. */
export function isOverdue({ kind, status, dueOn }: InvoiceSummary): boolean {
  const waits = status === 'issued' || status === 'partly-paid'
  return kind === 'invoice' && waits && dueOn !== null && dueOn < today()
}

export function InvoiceState({ call, invoice }: { call: PageCall; invoice: InvoiceSummary }) {
  const t = invoiceTexts(call.language)
  if (isOverdue(invoice)) return <span class="status overdue">{t.overdue}</span>
  return <span class={`status ${invoice.status}`}>{t.status[invoice.status]}</span>
}

export function nameOf(call: PageCall, { number, kind }: InvoiceSummary): string {
  const t = invoiceTexts(call.language)
  if (number === null) return t.draft
  return kind === 'credit-note' ? `${t.creditNote} ${number}` : number
}

export function InvoiceRows(props: {
  call: PageCall
  invoices: readonly InvoiceSummary[]
  /** A client's own: every row would name the same company. */
  own?: boolean
}) {
  const { call, invoices, own = false } = props
  const t = invoiceTexts(call.language)
  const day = (date: string | null) => (date === null ? '—' : calendarDay(date, call.language))
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{t.number}</th>
          {own ? null : <th scope="col">{t.company}</th>}
          <th scope="col">{t.state}</th>
          <th scope="col">{t.issuedOn}</th>
          <th scope="col">{t.dueOn}</th>
          <th scope="col" class="number">
            {t.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {invoices.map((invoice) => (
          <tr key={invoice.id} data-row>
            <th scope="row" data-label={t.number}>
              <a href={`/invoices/${invoice.number ?? invoice.id}`} data-main>
                {nameOf(call, invoice)}
              </a>
            </th>
            {own ? null : <td data-label={t.company}>{invoice.company.name}</td>}
            <td data-label={t.state}>
              <InvoiceState call={call} invoice={invoice} />
            </td>
            <td data-label={t.issuedOn} class="figure">
              {day(invoice.issuedOn)}
            </td>
            <td data-label={t.dueOn} class="figure">
              {day(invoice.dueOn)}
            </td>
            <td data-label={t.amount} class="number figure">
              {amount(invoice.totals.gross, call.language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
