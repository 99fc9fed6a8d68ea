/** What finance reads: every figure is the sum of documents that were issued, to the cent. */
import {
  creditInvoice,
  draftInvoice,
  getInvoice,
  issueInvoice,
  listInvoices,
  logPrestation,
  putContract,
  recordPayment,
  runInvoices,
  sellPack,
} from '@guichet/contracts/billing'
import { exportReport, getAgeing, getRevenue } from '@guichet/contracts/reports'
import { codeOf } from '@guichet/service/harness'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openCollections } from './collections.ts'
import { anne, bea, finn, openReadyDesk, RATES, type Desk } from './testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

const finance = () => desk.as(finn)
const SPAN = { from: '2026-11', to: '2026-12' }
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' }
const log = (ticket: number, work: { minutes?: number; quantity?: string; kind?: string }) =>
  desk.as(anne).ask(logPrestation, {
    ticket,
    prestation: { workedOn: '2026-11-20', kind: 'Support', description: '', ...work },
  })
async function issueRun() {
  const { drafts } = await finance().ask(runInvoices, NOVEMBER)
  return await Promise.all(drafts.map(({ id }) => finance().ask(issueInvoice, { id })))
}
const byHand = async (companyId: string, price: string, more = {}) => {
  const lines = [{ description: 'Écran', quantity: '1', unit: 'piece' as const, price, vatRate: '21' }]
  const { id } = await finance().ask(draftInvoice, { invoice: { companyId, lines, ...more } })
  return await finance().ask(issueInvoice, { id })
}

describe('revenue', () => {
  test('by month, client, source and agent, each adding up to the same, credit notes taken off', async () => {
    const fees = [{ description: 'Maintenance', price: '250', vatRate: '21', from: '2026-11' }]
    await finance().ask(putContract, { companyId: 'acme', terms: { rates: RATES, fees } })
    await log(1001, { minutes: 20 })
    await log(1001, { quantity: '37', kind: 'Trajet' })
    await log(2001, { minutes: 60 })
    await issueRun()
    await byHand('zeta', '100.00', { allowances: [{ amount: '10.00', vatRate: '21', reason: 'Fidélité' }] })
    desk.fakeClock.advance({ hours: 24 * 10 })
    const wrong = await byHand('acme', '40.00')
    await finance().ask(creditInvoice, { id: wrong.id, creditNote: { reason: 'Erreur' } })

    // acme: 30.00 + 16.01 + 250.00; zeta: 90.00 and 100.00 − 10.00. December: 40.00 and its credit note.
    expect(await finance().ask(getRevenue, SPAN)).toEqual({
      ...SPAN,
      net: '476.01',
      documents: 5,
      months: [
        {
          month: '2026-11',
          net: '476.01',
          documents: 3,
          sources: [
            { source: 'fee', net: '250.00' },
            { source: 'work', net: '136.01' },
            { source: 'other', net: '100.00' },
            { source: 'allowance', net: '-10.00' },
          ],
        },
        { month: '2026-12', net: '0.00', documents: 2, sources: [{ source: 'other', net: '0.00' }] },
      ],
      companies: [
        { id: 'acme', name: 'Acme', net: '296.01' },
        { id: 'zeta', name: 'Zeta', net: '180.00' },
      ],
      sources: [
        { source: 'fee', kind: null, net: '250.00', minutes: 0 },
        { source: 'work', kind: 'Support', net: '120.00', minutes: 80 },
        { source: 'other', kind: null, net: '100.00', minutes: 0 },
        { source: 'work', kind: 'Trajet', net: '16.01', minutes: 0 },
        { source: 'allowance', kind: null, net: '-10.00', minutes: 0 },
      ],
      agents: [{ name: 'Anne Lambert', net: '136.01', minutes: 80 }],
    })
  })

  test('counts prepaid hours when they are sold; the time they cover brings minutes and no money', async () => {
    const pack = {
      minutes: 60,
      price: '80.00',
      vatRate: '21',
      validFrom: '2026-01-01',
      validUntil: '2027-01-01',
    }
    const { invoice } = await finance().ask(sellPack, { companyId: 'acme', pack })
    await finance().ask(issueInvoice, { id: invoice ?? '' })
    await log(1001, { minutes: 80 })
    await issueRun()
    const { net, sources } = await finance().ask(getRevenue, SPAN)
    // 60 minutes are covered, 20 at 90.00 an hour are not.
    expect([net, sources]).toEqual([
      '110.00',
      [
        { source: 'pack', kind: null, net: '80.00', minutes: 0 },
        { source: 'work', kind: 'Support', net: '30.00', minutes: 80 },
      ],
    ])
  })

  test('is the sum of what was issued, also once the month is over and kept', async () => {
    for (const price of ['0.05', '33.33', '19.99']) await byHand('acme', price)
    const first = await finance().ask(getRevenue, SPAN)
    desk.fakeClock.advance({ hours: 24 * 20 })
    await byHand('zeta', '7.77')
    const later = await finance().ask(getRevenue, SPAN)
    expect([first.net, later.net, later.months[0]?.net]).toEqual(['53.37', '61.14', '53.37'])
    const { items } = await finance().ask(listInvoices, { limit: 100 })
    const nets = await Promise.all(
      items.map(async ({ id }) =>
        Number((await finance().ask(getInvoice, { id })).totals.net.replace('.', '')),
      ),
    )
    expect(nets.reduce((total, net) => total + net, 0)).toBe(6114)
    const { revenueMonths } = openCollections(desk.engine.service('billing'))
    expect((await revenueMonths.get('2026-11'))?.value.net).toBe('53.37')
    // The current one is not kept: it still grows.
    expect(await revenueMonths.get('2026-12')).toBeUndefined()
  })

  test('is refused backwards, over more than three years, and to everybody but finance', async () => {
    const asked = (from: string, to: string) => finance().ask(getRevenue, { from, to })
    await expect(asked('2026-12', '2026-11')).rejects.toMatchObject({
      fields: [{ code: 'ends-before-it-begins' }],
    })
    await expect(asked('2023-11', '2026-11')).rejects.toMatchObject({ fields: [{ code: 'period-too-long' }] })
    for (const person of [anne, bea])
      expect(await codeOf(desk.as(person).ask(getRevenue, SPAN))).toBe('forbidden')
  })
})

test('what is owed, by how late it is', async () => {
  const first = await byHand('acme', '100.00')
  await finance().ask(recordPayment, { id: first.id, payment: { amount: '21.00', paidOn: '2026-11-24' } })
  await byHand('zeta', '10.00')
  // Due in 30 days; 31 days after that it is in the second bucket.
  desk.fakeClock.advance({ hours: 24 * 61 })
  await byHand('zeta', '1.00')
  const EMPTY = { notDue: '0.00', to30: '0.00', to60: '0.00', to90: '0.00', over90: '0.00' }
  expect(await finance().ask(getAgeing, {})).toEqual({
    on: '2027-01-24',
    companies: [
      { id: 'acme', name: 'Acme', ...EMPTY, to60: '100.00', total: '100.00' },
      { id: 'zeta', name: 'Zeta', ...EMPTY, to60: '12.10', notDue: '1.21', total: '13.31' },
    ],
    ...EMPTY,
    to60: '112.10',
    notDue: '1.21',
    total: '113.31',
  })
  expect(await codeOf(desk.as(bea).ask(getAgeing, {}))).toBe('forbidden')
})

test('as a table for a spreadsheet, in which no name is a formula', async () => {
  desk.table.companies.set('acme', {
    ...desk.table.companies.get('acme')!,
    name: '=HYPERLINK("http://evil.test")',
  })
  await byHand('acme', '1234.50')
  const { blobId, name, type } = await finance().ask(exportReport, { table: 'companies', ...SPAN })
  const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    await desk.engine.service('billing').blobs.read(blobId),
  )
  expect([name, type]).toEqual(['revenue-companies_2026-11_2026-12.csv', 'text/csv'])
  expect(csv).toBe('\ufeff"client";"net"\r\n"\'=HYPERLINK(""http://evil.test"")";1234,50\r\n')
  expect(await codeOf(desk.as(bea).ask(exportReport, { table: 'ageing', ...SPAN }))).toBe('forbidden')
})
