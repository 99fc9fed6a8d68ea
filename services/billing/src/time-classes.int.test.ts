/** Work outside office hours, from the contract to the paper: a line for each price, and no minute twice. */
import {
  changePrestation,
  getInvoice,
  getInvoiceDocument,
  issueInvoice,
  listPrestations,
  logPrestation,
  putContract,
  runInvoices,
  sellPack,
} from '@guichet/contracts/billing'
import { getTimeBalance, previewPrestation } from '@guichet/contracts/service-time'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anne, finn, openReadyDesk, RATES, type Desk } from './testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
  await desk.as(finn).ask(putContract, {
    companyId: 'acme',
    terms: {
      rates: RATES,
      rounding: { stepMinutes: 15, minimumMinutes: 15 },
      timeClasses: {
        officeFrom: '08:00',
        officeTo: '18:00',
        nightFrom: '22:00',
        nightTo: '06:00',
        surcharges: { evening: '25', night: '50', weekend: '50', holiday: '100' },
      },
    },
  })
})
afterEach(() => desk.stop())

/** A Tuesday; half an hour in office hours and twenty minutes in the evening, billed as an hour. */
const LATE = {
  workedOn: '2026-11-17',
  startedAt: '17:30',
  kind: 'Support',
  description: 'Serveur',
  minutes: 50,
}
const PERIOD = { from: '2026-11-01', to: '2026-11-30' }

test('the preview says what the hours put on top, the invoice has a line for each price, the paper names them', async () => {
  const preview = await desk.as(anne).ask(previewPrestation, { ticket: 1001, prestation: LATE })
  expect(preview).toMatchObject({
    billedMinutes: 60,
    price: '90.00',
    // 30 min at 90.00, 30 at 112.50.
    cost: '101.25',
    surcharges: [{ timeClass: 'evening', percent: '25', minutes: 30 }],
  })
  const logged = await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation: LATE })
  expect(logged).toMatchObject({ startedAt: '17:30', cost: '101.25', state: 'open' })

  const { drafts } = await desk.as(finn).ask(runInvoices, PERIOD)
  const issued = await desk.as(finn).ask(issueInvoice, { id: drafts[0]?.id ?? '' })
  const { lines, totals } = await desk.as(finn).ask(getInvoice, { id: issued.id })
  expect(lines).toMatchObject([
    { quantity: '30', price: '90.00', net: '45.00', minutesWorked: 50 },
    {
      quantity: '30',
      price: '112.50',
      net: '56.25',
      minutesWorked: null,
      surcharge: { timeClass: 'evening', percent: '25' },
    },
  ])
  expect(totals).toMatchObject({ net: '101.25', gross: '122.51' })
  const { blobId } = await desk.as(finn).ask(getInvoiceDocument, { id: issued.id, format: 'ubl' })
  const ubl = new TextDecoder().decode(await desk.engine.service('billing').blobs.read(blobId))
  expect(ubl).toContain('<cbc:Note>soirée + 25 %</cbc:Note>')

  const [one] = (await desk.as(anne).ask(listPrestations, { ticket: 1001, limit: 10 })).items
  expect(one).toMatchObject({ state: 'invoiced', minutes: 50 })
  expect(await desk.as(finn).ask(getTimeBalance, { month: '2026-11' })).toMatchObject({
    minutes: 50,
    entries: 1,
  })
})

test('a corrected hour is priced anew; taken back, the day alone counts', async () => {
  const { id } = await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation: LATE })
  const change = async (changes: { startedAt?: string | null; workedOn?: string }) =>
    (await desk.as(anne).ask(changePrestation, { ticket: 1001, id, changes })).cost
  expect(await change({ startedAt: '22:30' })).toBe('135.00')
  expect(await change({ startedAt: null })).toBe('90.00')
  expect(await change({ workedOn: '2026-11-11' })).toBe('180.00')
})

test('prepaid hours cover minutes, not money: the first of them first, the rest at its own price', async () => {
  const pack = {
    minutes: 40,
    price: '60.00',
    vatRate: '21',
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
  }
  const sold = await desk.as(finn).ask(sellPack, { companyId: 'acme', pack })
  await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation: LATE })
  const { drafts } = await desk.as(finn).ask(runInvoices, PERIOD)
  const draft = drafts.find(({ id }) => id !== sold.invoice)
  const { lines } = await desk.as(finn).ask(getInvoice, { id: draft?.id ?? '' })
  expect(lines.map(({ quantity, price, net }) => [quantity, price, net])).toEqual([
    ['40', '0.00', '0.00'],
    ['20', '112.50', '37.50'],
  ])
})

test('a contract from before there were classes prices as it did', async () => {
  const { cost } = await desk.as(anne).ask(logPrestation, { ticket: 2001, prestation: LATE })
  // Zeta rounds to the minute: 50 at 90.00 an hour.
  expect(cost).toBe('75.00')
})
