/** An invoice as people see it. */
import type { Invoice, InvoiceLine, InvoiceSummary } from '@guichet/contracts/billing'
import type { Stored } from '@guichet/store'
import { money } from '../domain/amounts.ts'
import { paidAmount, statusOf, totals, type InvoiceDocument, type StoredLine } from '../domain/invoice.ts'

export function invoiceSummary({ id, value }: Stored<InvoiceDocument>): InvoiceSummary {
  return {
    id,
    number: value.issued?.number ?? null,
    kind: value.kind,
    status: statusOf(value),
    company: { id: value.companyId, name: value.issued?.buyer.name ?? value.companyName },
    issuedOn: value.issued?.issuedOn ?? null,
    dueOn: value.issued?.dueOn ?? null,
    period: value.period,
    totals: totals(value),
    paid: money(paidAmount(value)),
    currency: 'EUR',
    structuredReference: value.issued?.structuredReference ?? null,
    reference: value.issued ? value.issued.reference : value.reference,
    ...(value.takenOver ? { takenOver: true } : {}),
  }
}

/** Without what keeps the books within. */
export function shownLine({ packId: _pack, full: _full, charge: _charge, ...line }: StoredLine): InvoiceLine {
  return line
}

export function invoiceView(stored: Stored<InvoiceDocument>): Invoice {
  const { lines, allowances, tickets, credits } = stored.value
  return {
    ...invoiceSummary(stored),
    credits: credits && { number: credits.number, issuedOn: credits.issuedOn, reason: credits.reason },
    lines: lines.map(shownLine),
    tickets,
    allowances,
  }
}
