/** Discounts by kind of work, over the service as it runs: from the contract to the paper. */
import {
  getInvoice,
  getInvoiceDocument,
  issueInvoice,
  listPrestations,
  logPrestation,
  putContract,
  runInvoices,
} from '@guichet/contracts/billing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anne, finn, openReadyDesk, type Desk } from './testing/desk.ts'
import { pdfPages } from './testing/pdf-text.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

const log = (measured: { kind: string; minutes?: number; quantity?: string }) =>
  desk.as(anne).ask(logPrestation, {
    ticket: 1001,
    prestation: { workedOn: '2026-11-20', description: '', ...measured },
  })

test('a kind of work has a discount of its own, or of nothing, before the one on all time', async () => {
  const finance = desk.as(finn)
  const hourly = (kind: string, price: string, discountPercent?: string | null) => ({
    kind,
    unit: 'hour' as const,
    price,
    vatRate: '21',
    ...(discountPercent === undefined ? {} : { discountPercent }),
  })
  const rates = [
    hourly('À distance', '90.00', '5'),
    hourly('Sur site', '100.00'),
    hourly('Trajet', '45.00', '0'),
    { kind: 'Trajet', unit: 'km' as const, price: '0.4327', vatRate: '21' },
    { kind: 'Câble', unit: 'piece' as const, price: '12.50', vatRate: '21', discountPercent: '20.0' },
  ]
  await finance.ask(putContract, { companyId: 'acme', terms: { rates, timeDiscountPercent: '10' } })
  for (const [kind, minutes] of [
    ['À distance', 20],
    ['À distance', 7],
    ['Sur site', 50],
    ['Trajet', 25],
  ] as const)
    await log({ kind, minutes })
  await log({ kind: 'Trajet', quantity: '37' })
  await log({ kind: 'Câble', quantity: '3' })
  const { items } = await desk.as(anne).ask(listPrestations, { ticket: 1001 })
  const { drafts } = await finance.ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
  const { lines, totals, id } = await finance.ask(getInvoice, { id: drafts[0]?.id ?? '' })
  // 20 × 90 / 60 = 30.00 − 1.50; 7 × 90 / 60 = 10.50 − 0.53 (0.525, away from zero); 50 × 100 / 60 = 83.33 − 8.33;
  // 25 × 45 / 60 = 18.75; 37 × 0.4327 = 16.01; 3 × 12.50 = 37.50 − 7.50.
  const cents = ['16.01', '18.75', '28.50', '30.00', '75.00', '9.97']
  expect(lines.map(({ kind, discountPercent, net }) => [kind, discountPercent, net]).toSorted()).toEqual([
    ['Câble', '20', '30.00'],
    ['Sur site', '10', '75.00'],
    ['Trajet', null, '16.01'],
    ['Trajet', null, '18.75'],
    ['À distance', '5', '28.50'],
    ['À distance', '5', '9.97'],
  ])
  expect(items.map(({ cost }) => cost).toSorted()).toEqual(cents)
  // 178.23 at 21 % is 37.4283.
  expect(totals).toMatchObject({ net: '178.23', gross: '215.66' })
  expect((await finance.ask(issueInvoice, { id })).number).toBe('F-1')
  const { blobId } = await finance.ask(getInvoiceDocument, { id, format: 'pdf' })
  const paper = pdfPages(await desk.engine.service('billing').blobs.read(blobId)).join('\n')
  expect(paper.match(/remise \d+ %/g)?.toSorted()).toEqual([
    'remise 10 %',
    'remise 20 %',
    'remise 5 %',
    'remise 5 %',
  ])
  const given = hourly('Sur site', '100.00', '100.5')
  await expect(
    finance.ask(putContract, { companyId: 'acme', terms: { rates: [given] } }),
  ).rejects.toMatchObject({ fields: [{ path: 'rates.0.discountPercent', code: 'too-large' }] })
})
