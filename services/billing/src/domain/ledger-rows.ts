/** What was issued, as a table for the accountant: one row per document and VAT group. Pure. */
import { decimal, money, sum } from './amounts.ts'
import { csvOf, figure, text, type Cell } from './csv.ts'
import { openAmount, paidAmount, totals, type InvoiceDocument } from './invoice.ts'

const COLUMNS = [
  'number',
  'kind',
  'issuedOn',
  'dueOn',
  'credits',
  'client',
  'vatNumber',
  'enterpriseNumber',
  'country',
  'vatCategory',
  'vatRate',
  'taxable',
  'vat',
  'documentNet',
  'documentVat',
  'documentGross',
  'paid',
  'open',
  'communication',
  'reference',
] as const

/** The structured communication stands without its plus signs. */
export function ledgerCsv(invoices: readonly InvoiceDocument[]): string {
  return csvOf(COLUMNS, invoices.flatMap(rowsOf))
}

function rowsOf(invoice: InvoiceDocument): Cell[][] {
  const { issued, kind, credits } = invoice
  if (!issued) return []
  const { buyer } = issued
  const sums = totals(invoice)
  const tax = money(sum(sums.vat.map(({ amount }) => decimal(amount))))
  const isInvoice = kind === 'invoice'
  return sums.vat.map(({ category, rate, taxable, amount }) => [
    text(issued.number),
    text(kind),
    text(issued.issuedOn),
    text(issued.dueOn),
    text(credits?.number),
    text(buyer.legalName ?? buyer.name),
    text(buyer.vatNumber),
    text(buyer.enterpriseNumber),
    text(buyer.address?.country),
    text(category),
    figure(rate),
    figure(taxable),
    figure(amount),
    figure(sums.net),
    figure(tax),
    figure(sums.gross),
    figure(isInvoice ? money(paidAmount(invoice)) : '0.00'),
    figure(isInvoice ? money(openAmount(invoice)) : '0.00'),
    text(issued.structuredReference?.replaceAll('+', '')),
    text(issued.reference),
  ])
}
