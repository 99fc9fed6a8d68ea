/** What was issued, as a table for the accountant: one row per document and VAT group. Pure. */
import { decimal, money, sum } from './amounts.ts'
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

/** Whatever a spreadsheet would take for a formula: it is text, and is shown as text. */
const FORMULA = /^[=+\-@\t\r\n|%]/

type Cell = { text: string } | { figure: string }

/**
 * Semicolons and decimal commas, as Belgian spreadsheets read them; UTF-8 with its mark; lines end in CRLF (RFC 4180).
 * Texts are quoted, and one that begins like a formula begins with an apostrophe. The structured communication stands
 * without its plus signs.
 */
export function ledgerCsv(invoices: readonly InvoiceDocument[]): string {
  const header = COLUMNS.map((name) => ({ text: name }))
  const rows = [header, ...invoices.flatMap(rowsOf)]
  return `\ufeff${rows.map((cells) => cells.map(written).join(';')).join('\r\n')}\r\n`
}

function written(cell: Cell): string {
  if ('figure' in cell) return cell.figure.replace('.', ',')
  const text = cell.text.replace(/(?![\t\n\r])\p{Cc}/gu, '')
  return `"${(FORMULA.test(text.trimStart()) || FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

function rowsOf(invoice: InvoiceDocument): Cell[][] {
  const { issued, kind, credits } = invoice
  if (!issued) return []
  const { buyer } = issued
  const sums = totals(invoice)
  const tax = money(sum(sums.vat.map(({ amount }) => decimal(amount))))
  const isInvoice = kind === 'invoice'
  const text = (value: string | null | undefined): Cell => ({ text: value ?? '' })
  const figure = (value: string): Cell => ({ figure: value })
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
