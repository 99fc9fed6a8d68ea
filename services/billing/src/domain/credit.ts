/** What a credit note takes of an invoice: whole or by line, never more than was invoiced. Pure. */
import { Failure, type FieldFault } from '@guichet/contracts/failure'
import { decimal, groupKey, lineAmounts, money, sum, ZERO, type Decimal } from './amounts.ts'
import {
  isFullyCredited,
  totals,
  uncredited,
  type CreditedLine,
  type CreditTaken,
  type InvoiceDocument,
  type StoredLine,
} from './invoice.ts'

export interface CreditInput {
  reason: string
  lines?: { line: string; quantity?: string }[]
}

export interface CreditPlan {
  lines: CreditedLine[]
  allowances: boolean
  gross: string
}

/**
 * @throws Failure credit-note-not-creditable, invoice-taken-over, nothing-left-to-credit, credit-not-positive, credit-exceeds-invoice;
 * invalid-input for a line that is not there or a quantity that is not left.
 */
export function planCredit(invoice: InvoiceDocument, input: CreditInput): CreditPlan {
  if (invoice.kind === 'credit-note') throw new Failure('credit-note-not-creditable')
  if (invoice.stage !== 'issued') throw new Failure('invoice-not-issued')
  if (invoice.takenOver) throw new Failure('invoice-taken-over')
  const left = invoice.lines.flatMap((line) => {
    const quantity = uncredited(invoice, line)
    return quantity.eq(ZERO) ? [] : [creditedLine(invoice, line, quantity)]
  })
  if (left.length === 0 || isFullyCredited(invoice)) throw new Failure('nothing-left-to-credit')

  const lines = input.lines ? chosen(invoice, input.lines) : left
  const everything = left.every((rest) =>
    lines.some(({ line, quantity }) => line === rest.line && decimal(quantity).eq(decimal(rest.quantity))),
  )
  const allowances = everything && !invoice.creditNotes.some((taken) => taken.allowances)
  const note = creditedContent(invoice, { lines, allowances })
  const { gross } = totals({ ...note, prepaid: '0.00' })
  if (decimal(gross).lt(ZERO)) throw new Failure('credit-not-positive')
  if (!everything) requireWithinGroups(invoice, note)
  return { lines, allowances, gross }
}

function chosen(invoice: InvoiceDocument, wanted: { line: string; quantity?: string }[]): CreditedLine[] {
  const faults: FieldFault[] = []
  const seen = new Set<string>()
  const lines = wanted.flatMap(({ line: id, quantity }, at): CreditedLine[] => {
    const line = invoice.lines.find((one) => one.id === id)
    if (!line || seen.has(id)) {
      faults.push({ path: `lines.${at}.line`, code: 'no-such-line' })
      return []
    }
    seen.add(id)
    const left = uncredited(invoice, line)
    const taking = quantity === undefined ? left : decimal(quantity)
    // A deduction (negative quantity) is credited by its own sign.
    if (taking.eq(ZERO) || taking.s !== left.s || taking.abs().gt(left.abs())) {
      const params = { left: left.toFixed() }
      faults.push({ path: `lines.${at}.quantity`, code: 'not-left-to-credit', params })
    }
    return [creditedLine(invoice, line, taking)]
  })
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  return lines
}

/**
 * A part's amount is what the line comes to up to and with it, less what it came to before: so parts add up to the
 * line, and none is more than a cent from quantity × price, however many there are (Peppol R120 allows two).
 */
function creditedLine(invoice: InvoiceDocument, line: StoredLine, quantity: Decimal): CreditedLine {
  const taken = invoice.creditNotes.flatMap(({ lines }) => lines).filter(({ line: id }) => id === line.id)
  const before = decimal(line.quantity).minus(uncredited(invoice, line))
  const upTo = (amount: Decimal) => lineAmounts({ ...line, quantity: amount.toFixed() })
  const after = upTo(before.plus(quantity))
  const net = after.net.minus(sum(taken.map((part) => decimal(part.net))))
  const full = after.full.minus(upTo(before).full)
  return { line: line.id, quantity: quantity.toFixed(), net: money(net), full: money(full) }
}

/** Lines and allowances of the credit note, in the invoice's own prices and rates. */
export function creditedContent(
  invoice: InvoiceDocument,
  taken: Pick<CreditTaken, 'lines' | 'allowances'>,
): Pick<InvoiceDocument, 'lines' | 'allowances'> {
  const lines = taken.lines.flatMap(({ line: id, ...part }) => {
    const line = invoice.lines.find((one) => one.id === id)
    return line ? [{ ...line, ...part }] : []
  })
  return { lines, allowances: taken.allowances ? invoice.allowances : [] }
}

/** Of each VAT group no more than is left; so a document discount cannot be paid out by crediting lines one by one. */
function requireWithinGroups(
  invoice: InvoiceDocument,
  note: Pick<InvoiceDocument, 'lines' | 'allowances'>,
): void {
  const before = invoice.creditNotes.map((taken) => taxableByGroup(creditedContent(invoice, taken)))
  const invoiced = taxableByGroup(invoice)
  for (const [group, taking] of taxableByGroup(note)) {
    const whole = invoiced.get(group) ?? ZERO
    const left = before.reduce((rest, taken) => rest.minus(taken.get(group) ?? ZERO), whole).minus(taking)
    if (!left.eq(ZERO) && left.s !== whole.s) {
      throw new Failure('credit-exceeds-invoice', { params: { amount: money(left.abs()) } })
    }
  }
}

function taxableByGroup(part: Pick<InvoiceDocument, 'lines' | 'allowances'>): Map<string, Decimal> {
  const { vat } = totals({ ...part, prepaid: '0.00' })
  return new Map(
    vat.map(({ rate, category, taxable }) => [
      groupKey({ vatRate: rate, vatCategory: category }),
      decimal(taxable),
    ]),
  )
}
