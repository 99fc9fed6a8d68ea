/** Any invoice that the draft's own checks let through, for property tests of its documents. */
import { Failure } from '@guichet/contracts/failure'
import fc from 'fast-check'
import { decimal, lineAmounts, money, ZERO } from '../domain/amounts.ts'
import { creditedContent, planCredit } from '../domain/credit.ts'
import { NEW_INVOICE, totals, type InvoiceDocument, type StoredLine } from '../domain/invoice.ts'
import { periodOf } from '../domain/lines.ts'
import type { PrintOrder } from '../documents/invoice-printer.ts'
import { sampleOrder } from './sample-orders.ts'

const figure = (whole: number) =>
  fc
    .tuple(fc.nat(whole), fc.nat(999_999), fc.integer({ min: 0, max: 6 }))
    .map(([units, fraction, places]) => {
      const digits = String(fraction).padStart(6, '0').slice(0, places)
      return places === 0 ? String(units) : `${units}.${digits}`
    })

const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }).map((text) => `a${text}`)

const anyLine = fc
  .record({
    description: anyText,
    note: fc.option(fc.string({ unit: 'binary', maxLength: 20 })),
    negative: fc.boolean(),
    quantity: figure(2000),
    unit: fc.constantFrom('minute' as const, 'hour' as const, 'km' as const, 'piece' as const),
    price: figure(500),
    per: fc.constantFrom(1, 60, 3, 1_000_000),
    discountPercent: fc.option(figure(99)),
    vat: fc.constantFrom(
      ['S', '21'] as const,
      ['S', '6'] as const,
      ['S', '12.5'] as const,
      ['E', '0'] as const,
      ['AE', '0'] as const,
    ),
    ticket: fc.option(fc.integer({ min: 1001, max: 1004 })),
    workedOn: fc.option(fc.constantFrom('2026-11-01', '2026-11-30', '2025-02-28')),
    agent: fc.option(anyText),
  })
  .map(({ negative, quantity, vat: [vatCategory, vatRate], ...rest }): Omit<StoredLine, 'id'> => {
    const signed = negative && !decimal(quantity).eq(ZERO) ? `-${quantity}` : quantity
    const line = {
      ...rest,
      quantity: signed,
      vatCategory,
      vatRate,
      prestationId: null,
      packId: null,
      minutesWorked: null,
      kind: null,
      net: '0.00',
    }
    return { ...line, net: money(lineAmounts(line).net) }
  })

export const anyOrder: fc.Arbitrary<PrintOrder> = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 12 }),
    reduction: fc.option(fc.nat(50_000)),
    prepaid: fc.option(fc.nat(50_000)),
    reference: fc.option(anyText),
  })
  .map(({ lines, reduction, prepaid, reference }) => {
    const own = lines.map((line, at): StoredLine => ({ ...line, id: String(at + 1) }))
    const [first] = own
    const cents = (value: number) => money(decimal(String(value)).div(decimal('100')))
    const allowances =
      reduction === null || reduction === 0 || !first
        ? []
        : [
            {
              amount: cents(reduction),
              vatRate: first.vatRate,
              vatCategory: first.vatCategory,
              reason: 'Geste commercial',
            },
          ]
    return sampleOrder({
      invoice: { lines: own, allowances, prepaid: cents(prepaid ?? 0), period: periodOf(own) },
      issued: { reference },
    })
  })
  // A total below nothing is no invoice.
  .filter(({ invoice }) => !totals(invoice).gross.startsWith('-'))

/** Credit notes for an invoice, a third of each line at a time, then the rest: where cents get lost. */
export function creditedInParts(order: PrintOrder): PrintOrder[] {
  let invoice: InvoiceDocument = {
    ...NEW_INVOICE,
    ...order.invoice,
    kind: 'invoice',
    stage: 'issued',
    companyId: 'acme',
    companyName: 'Acme',
    createdAt: '2026-11-30T10:00:00.000Z',
    issued: { ...order.issued, documents: { pdf: NO_DOCUMENT, ubl: null } },
  }
  return [1, 2, 3].flatMap((part): PrintOrder[] => {
    const lines = invoice.lines.flatMap(({ id, quantity }) => {
      const third = decimal(quantity).div(decimal('3')).round(6)
      return third.eq(ZERO) ? [] : [{ line: id, quantity: third.toFixed() }]
    })
    const input = { reason: 'En partie', ...(part < 3 && { lines }) }
    if (part < 3 && lines.length === 0) return []
    const plan = attempt(() => planCredit(invoice, input))
    if (!plan) return []
    const taken = {
      ...plan,
      creditNoteId: `note-${part}`,
      reason: input.reason,
      by: { kind: 'service' as const, service: 'billing' },
      at: '2026-12-01T10:00:00.000Z',
      number: `NC-${part}`,
    }
    const content = creditedContent(invoice, taken)
    invoice = { ...invoice, creditNotes: [...invoice.creditNotes, taken] }
    return [
      {
        ...order,
        invoice: {
          ...order.invoice,
          ...content,
          kind: 'credit-note',
          prepaid: '0.00',
          period: periodOf(content.lines),
          credits: { invoiceId: 'x', number: 'F-1', issuedOn: '2026-12-01', reason: input.reason },
        },
        issued: { ...order.issued, number: `NC-${part}`, dueOn: null, structuredReference: null },
      },
    ]
  })
}

const NO_DOCUMENT = { blobId: 'x', name: 'x', type: 'application/pdf', size: 0, sha256: '' }

/** undefined: such a part is refused (it would be negative, or more than is left of its rate). */
function attempt<T>(plan: () => T): T | undefined {
  try {
    return plan()
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
