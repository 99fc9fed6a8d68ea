import fc from 'fast-check'
import { Failure } from '@guichet/contracts/failure'
import { describe, expect, test } from 'vitest'
import { decimal, lineAmounts, money, sum, ZERO } from './amounts.ts'
import { creditedContent, planCredit } from './credit.ts'
import {
  NEW_INVOICE,
  statusOf,
  totals,
  uncredited,
  type InvoiceDocument,
  type StoredLine,
} from './invoice.ts'

const NO_PRESTATION = { prestationId: null, packId: null, minutesWorked: null, agent: null, kind: null }
const line = (id: string, quantity: string, price: string, per = 1): StoredLine => ({
  ...NO_PRESTATION,
  id,
  description: id,
  note: null,
  quantity,
  unit: 'piece',
  price,
  per,
  discountPercent: null,
  vatRate: '21',
  vatCategory: 'S',
  ticket: null,
  workedOn: null,
  net: money(lineAmounts({ quantity, price, per, discountPercent: null }).net),
})
const invoice = (lines: StoredLine[], changes: Partial<InvoiceDocument> = {}): InvoiceDocument => ({
  ...NEW_INVOICE,
  stage: 'issued',
  companyId: 'acme',
  companyName: 'Acme',
  createdAt: '2026-11-24T10:00:00.000Z',
  lines,
  ...changes,
})
/** The invoice after a credit note of this was issued. */
function credited(before: InvoiceDocument, lines?: { line: string; quantity?: string }[]): InvoiceDocument {
  const plan = planCredit(before, { reason: 'r', lines })
  const id = `c${before.creditNotes.length}`
  const taken = {
    ...plan,
    creditNoteId: id,
    reason: 'r',
    by: { kind: 'stranger' as const },
    at: '',
    number: id,
  }
  return { ...before, creditNotes: [...before.creditNotes, taken] }
}
const codeOf = (work: () => unknown) => {
  try {
    work()
    return undefined
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.fields[0]?.code ?? error.code
  }
}

describe('a credit note', () => {
  test('of the whole takes lines and allowances as they are', () => {
    const before = invoice([line('a', '3', '33.333')], {
      allowances: [{ amount: '10.00', vatRate: '21', vatCategory: 'S', reason: 'x' }],
    })
    const plan = planCredit(before, { reason: 'r' })
    expect(plan).toMatchObject({ allowances: true, gross: totals(before).gross })
    expect(statusOf(credited(before))).toBe('credited')
  })

  test('takes no line twice, none that is not there, no more than is left, by its own sign', () => {
    const before = credited(invoice([line('a', '5', '10'), line('less', '-2', '1')]), [
      { line: 'a', quantity: '3' },
    ])
    const plan = (lines: { line: string; quantity?: string }[]) =>
      codeOf(() => planCredit(before, { reason: 'r', lines }))
    expect(plan([{ line: 'a', quantity: '2.000001' }])).toBe('not-left-to-credit')
    expect(plan([{ line: 'a', quantity: '-1' }])).toBe('not-left-to-credit')
    expect(plan([{ line: 'a', quantity: '0' }])).toBe('not-left-to-credit')
    expect(plan([{ line: 'b' }])).toBe('no-such-line')
    expect(plan([{ line: 'a' }, { line: 'a' }])).toBe('no-such-line')
    expect(plan([{ line: 'less' }])).toBe('credit-not-positive')
    expect(plan([{ line: 'a', quantity: '2' }])).toBe('credit-exceeds-invoice')
    expect(plan([{ line: 'a', quantity: '2' }, { line: 'less' }])).toBeUndefined()
  })

  test('is refused on what is credited whole, on a draft, on a credit note', () => {
    const before = invoice([line('a', '5', '10')])
    expect(codeOf(() => planCredit(credited(before), { reason: 'r' }))).toBe('nothing-left-to-credit')
    expect(codeOf(() => planCredit({ ...before, stage: 'draft' }, { reason: 'r' }))).toBe(
      'invoice-not-issued',
    )
    expect(codeOf(() => planCredit({ ...before, kind: 'credit-note' }, { reason: 'r' }))).toBe(
      'credit-note-not-creditable',
    )
  })

  test('in parts adds up to the invoice, to the cent, however it is cut', () => {
    const aLine = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 9_999_999 }))
    const cuts = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 20 })), { maxLength: 12 })
    fc.assert(
      fc.property(fc.array(aLine, { minLength: 1, maxLength: 4 }), cuts, (figures, parts) => {
        const lines = figures.map(([quantity, price], at) =>
          line(String(at), String(quantity), decimal(String(price)).div(decimal('100000')).toFixed(), 7),
        )
        let state = invoice(lines)
        for (const [at, quantity] of parts) {
          const attempt = [{ line: String(at), quantity: String(quantity) }]
          if (codeOf(() => planCredit(state, { reason: 'r', lines: attempt })) === undefined)
            state = credited(state, attempt)
        }
        if (lines.some((one) => !uncredited(state, one).eq(ZERO))) state = credited(state)
        expect(statusOf(state)).toBe('credited')
        for (const one of lines) {
          const parts = state.creditNotes
            .flatMap((taken) => creditedContent(state, taken).lines)
            .filter(({ id }) => id === one.id)
          expect(money(sum(parts.map(({ net }) => decimal(net))))).toBe(one.net)
          expect(parts.every(({ net }) => !decimal(net).lt(ZERO))).toBe(true)
        }
      }),
    )
  })
})

describe('the state of an invoice', () => {
  const paid = (amount: string) => ({
    payments: [{ id: 'p', amount, paidOn: '2026-12-01', reference: null, recordedAt: '' }],
  })
  const before = invoice([line('a', '4', '25')])

  test.each([
    [{}, 'issued'],
    [paid('0.01'), 'partly-paid'],
    [paid('120.99'), 'partly-paid'],
    [paid('121.00'), 'paid'],
    [paid('200.00'), 'paid'],
  ])('%j is %s', (changes, status) => {
    expect(statusOf({ ...before, ...changes })).toBe(status)
  })

  test('counts what was credited as no longer owed', () => {
    const half = credited(before, [{ line: 'a', quantity: '2' }])
    expect(statusOf(half)).toBe('issued')
    expect(statusOf({ ...half, ...paid('60.50') })).toBe('paid')
  })
})
