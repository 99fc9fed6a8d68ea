/** What comes from another system: prepaid hours that were sold there, invoices that are still to be paid. */
import {
  creditInvoice,
  draftInvoice,
  getInvoice,
  getInvoiceDocument,
  issueInvoice,
  listInvoices,
  listPacks,
  logPrestation,
  putSeries,
  recordPayment,
  runInvoices,
  sellPack,
  withdrawPack,
} from '@guichet/contracts/billing'
import {
  exportInvoices,
  listReceivables,
  remindOfInvoice,
  takeOverInvoice,
  verifyDocuments,
  withdrawInvoice,
} from '@guichet/contracts/receivables'
import { getAgeing, getRevenue } from '@guichet/contracts/reports'
import { codeOf } from '@guichet/service/harness'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anne, bea, bob, finn, openReadyDesk, type Desk } from './testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

describe('prepaid hours', () => {
  const PACK = { minutes: 90, price: '0', vatRate: '21', validFrom: '2026-01-01', validUntil: '2026-12-31' }
  const take = () =>
    desk
      .as(finn)
      .ask(sellPack, { companyId: 'acme', pack: { ...PACK, takenOver: true }, idempotencyKey: 'old 12' })
  const packs = async () => (await desk.as(finn).ask(listPacks, { companyId: 'acme' })).items
  async function billed(minutes: number) {
    const prestation = { workedOn: '2026-11-20', minutes, kind: 'Support', description: '' }
    await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation })
    const { drafts } = await desk.as(finn).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
    return await desk.as(finn).ask(issueInvoice, { id: drafts[0]?.id ?? '' })
  }

  test('cover work from then on, and no invoice is made of them', async () => {
    expect(await take()).toMatchObject({ remainingMinutes: 90, invoice: null, takenOver: true })
    // Said twice, taken over once.
    await take()
    expect(await packs()).toHaveLength(1)
    expect((await desk.as(finn).ask(listInvoices, {})).items).toEqual([])
    // 90 of 100 minutes are covered; 10 at 90.00 an hour are not.
    expect((await billed(100)).totals.net).toBe('15.00')
    expect((await packs())[0]).toMatchObject({ remainingMinutes: 0 })
  })

  test('are withdrawn while none is used, by finance; what was sold here is not', async () => {
    const { id } = await take()
    expect(await codeOf(desk.as(anne).ask(withdrawPack, { companyId: 'acme', id }))).toBe('forbidden')
    expect(await codeOf(desk.as(finn).ask(withdrawPack, { companyId: 'zeta', id }))).toBe('not-found')
    await desk.as(finn).ask(withdrawPack, { companyId: 'acme', id })
    expect(await packs()).toEqual([])
    const sold = await desk.as(finn).ask(sellPack, { companyId: 'acme', pack: PACK })
    expect(await codeOf(desk.as(finn).ask(withdrawPack, { companyId: 'acme', id: sold.id }))).toBe(
      'pack-has-invoice',
    )
  })

  test('stay once a minute is used', async () => {
    const { id } = await take()
    await billed(10)
    expect(await codeOf(desk.as(finn).ask(withdrawPack, { companyId: 'acme', id }))).toBe('pack-in-use')
  })
})

describe('an open invoice', () => {
  const OLD = {
    number: '2025-0412',
    issuedOn: '2026-09-20',
    dueOn: '2026-10-20',
    amount: '121.00',
    paid: '21',
    structuredReference: '+++202/5041/20087+++',
  }
  const take = (changes = {}, companyId = 'acme') =>
    desk.as(finn).ask(takeOverInvoice, { companyId, invoice: { ...OLD, ...changes } })
  const due = async () => (await desk.as(finn).ask(listReceivables, {})).items
  const hand = { description: 'Écran', quantity: '1', unit: 'piece' as const, price: '10', vatRate: '21' }
  const ours = async () => {
    const { id } = await desk.as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines: [hand] } })
    return await desk.as(finn).ask(issueInvoice, { id })
  }

  test('is owed, aged, reminded of and paid as if it were ours', async () => {
    const { invoiceId: id, open } = await take()
    expect(open).toBe('100.00')
    expect(await due()).toMatchObject([
      { number: '2025-0412', daysLate: 35, payable: '121.00', paid: '21.00' },
    ])
    expect(await desk.as(finn).ask(getAgeing, {})).toMatchObject({ to60: '100.00', total: '100.00' })
    expect((await desk.as(finn).ask(remindOfInvoice, { id })).reminders).toMatchObject([{ level: 1 }])
    await desk.as(finn).ask(recordPayment, { id, payment: { amount: '100.00', paidOn: '2026-11-24' } })
    expect(await due()).toEqual([])
    expect((await desk.as(finn).ask(getInvoice, { id: '2025-0412' })).status).toBe('paid')
  })

  test('is in none of our books: not in revenue, export, verification; it has no papers and no credit notes', async () => {
    const { invoiceId: id } = await take()
    await ours()
    const span = { from: '2026-09', to: '2026-11' }
    expect(await desk.as(finn).ask(getRevenue, span)).toMatchObject({ net: '10.00', documents: 1 })
    const days = { from: '2026-09-01', to: '2026-11-30' }
    const { blobId } = await desk.as(finn).ask(exportInvoices, { ...days, format: 'csv' })
    const csv = new TextDecoder().decode(await desk.engine.service('billing').blobs.read(blobId))
    expect(csv).toContain('F-1')
    expect(csv).not.toContain('2025-0412')
    // The PDF and the UBL of ours.
    expect((await desk.as(finn).ask(verifyDocuments, {})).checked).toBe(2)
    expect(await codeOf(desk.as(bea).ask(getInvoiceDocument, { id, format: 'pdf' }))).toBe(
      'invoice-taken-over',
    )
    const credit = desk.as(finn).ask(creditInvoice, { id, creditNote: { reason: 'x' } })
    expect(await codeOf(credit)).toBe('invoice-taken-over')
  })

  test('is seen by its client’s billing contacts, and by no other client’s', async () => {
    const { invoiceId: id } = await take()
    expect((await desk.as(bea).ask(listInvoices, {})).items).toMatchObject([
      { number: '2025-0412', takenOver: true },
    ])
    expect(await codeOf(desk.as(bob).ask(getInvoice, { id }))).toBe('not-found')
    expect(await codeOf(desk.as(bea).ask(takeOverInvoice, { companyId: 'acme', invoice: OLD }))).toBe(
      'forbidden',
    )
  })

  test('is there once, however often it is said; another one under its number is refused', async () => {
    await Promise.all([take(), take(), take()])
    expect(await due()).toHaveLength(1)
    expect(await codeOf(take({ amount: '122.00' }))).toBe('invoice-number-used')
    expect(await codeOf(take({}, 'zeta'))).toBe('invoice-number-used')
    const { number } = await ours()
    expect(await codeOf(take({ number }))).toBe('invoice-number-used')
  })

  test('keeps its number: ours is moved on first', async () => {
    await take({ number: 'F-1' })
    expect(await codeOf(ours())).toBe('number-taken-over')
    await desk.as(finn).ask(putSeries, { series: { invoice: { prefix: 'F-', next: 2 } } })
    expect((await ours()).number).toBe('F-2')
  })

  test('is withdrawn until something was done with it, and may come again; ours never is', async () => {
    const { invoiceId: id } = await take()
    await desk.as(finn).ask(withdrawInvoice, { id })
    expect(await due()).toEqual([])
    await take({ amount: '130.00' })
    expect((await due()).map(({ payable }) => payable)).toEqual(['130.00'])
    await desk.as(finn).ask(recordPayment, { id, payment: { amount: '1.00', paidOn: '2026-11-24' } })
    expect(await codeOf(desk.as(finn).ask(withdrawInvoice, { id }))).toBe('invoice-has-history')
    const own = await ours()
    expect(await codeOf(desk.as(finn).ask(withdrawInvoice, { id: own.id }))).toBe('invoice-not-taken-over')
  })

  test('says field by field what would be right', async () => {
    const wrong = { issuedOn: '2027-01-01', dueOn: '2026-12-01', amount: '0', paid: '0' }
    await expect(take(wrong)).rejects.toMatchObject({
      code: 'invalid-input',
      fields: [
        { path: 'issuedOn', code: 'day-in-the-future' },
        { path: 'dueOn', code: 'ends-before-it-begins' },
        { path: 'amount', code: 'amount-not-positive' },
        { path: 'paid', code: 'nothing-left-to-pay' },
      ],
    })
  })
})
