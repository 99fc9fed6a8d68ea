/** What the next invoice is coming to: the same lines as the draft that is made a moment later, and nothing taken. */
import {
  getInvoice,
  logPrestation,
  putContract,
  runInvoices,
  sellPack,
  issueInvoice,
  type ContractTerms,
} from '@guichet/contracts/billing'
import { foreseeInvoice, holdPrestation } from '@guichet/contracts/unbilled-work'
import { codeOf } from '@guichet/service/harness'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anne, bea, bob, finn, openReadyDesk, paul, RATES, type Desk } from './testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

const log = (
  ticket: number,
  work: { minutes?: number; quantity?: string; kind?: string; workedOn?: string },
) =>
  desk.as(anne).ask(logPrestation, {
    ticket,
    prestation: { workedOn: '2026-11-20', kind: 'Support', description: '', ...work },
  })
const put = (terms: Partial<ContractTerms>) =>
  desk
    .as(finn)
    .ask(putContract, { companyId: 'acme', terms: { rates: RATES, customersSeeTime: true, ...terms } })
const foresee = (actor = bea) => desk.as(actor).ask(foreseeInvoice, { companyId: 'acme' })

describe('is what the draft of that moment is', () => {
  test('by price, rounding, discount, prepaid hours and monthly fees, to the cent', async () => {
    await put({
      rounding: { stepMinutes: 15, minimumMinutes: 30, per: 'ticket-day' },
      timeDiscountPercent: '10',
      fees: [{ description: 'Maintenance', price: '250', vatRate: '21', from: '2026-11' }],
    })
    const pack = {
      companyId: 'acme',
      pack: { minutes: 60, price: '80.00', vatRate: '21', validFrom: '2026-11-21', validUntil: '2026-12-31' },
    }
    const { invoice } = (await desk.as(finn).ask(sellPack, pack)) as unknown as { invoice: string }
    await desk.as(finn).ask(issueInvoice, { id: invoice })
    await log(1001, { minutes: 20 })
    await log(1001, { minutes: 25 })
    await log(1002, { minutes: 80, workedOn: '2026-11-22' })
    await log(1002, { quantity: '37', kind: 'Trajet' })
    await log(1001, { minutes: 10, kind: 'Formation' })

    const seen = await foresee()
    // 20 + 25 min of one day: 45 at 90.00 less 10 %: 60.75. 80 min: 90 by quarters, 60 prepaid, 30 left: 40.50.
    // 37 km at 0.4327: 16.01. The fee of November: 250.00.
    expect(seen.totals.net).toBe('367.26')
    expect(seen.withoutPrice).toEqual(['Formation'])
    expect(seen.on).toBe('2026-11-24')

    const { drafts } = await desk.as(finn).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
    const draft = await desk.as(finn).ask(getInvoice, { id: drafts[0]?.id ?? '' })
    expect(seen.lines).toEqual(draft.lines)
    expect(seen.tickets).toEqual(draft.tickets)
    expect(seen.totals).toEqual(draft.totals)
    // What is drafted is no longer to come.
    expect((await foresee()).lines).toEqual([])
  })

  test('and asking takes nothing: it is the same again, and what finance keeps back is not in it', async () => {
    await put({})
    await log(1001, { minutes: 30 })
    const { id } = await log(1001, { minutes: 60 })
    const first = await foresee()
    expect([first.totals.net, await foresee()]).toEqual(['135.00', first])
    await desk.as(finn).ask(holdPrestation, { ticket: 1001, id, reason: 'À vérifier' })
    expect((await foresee()).totals.net).toBe('45.00')
  })
})

describe('who is told', () => {
  test('finance and the client’s billing contacts; to others there is none', async () => {
    await put({})
    await log(1001, { minutes: 30 })
    expect((await foresee(finn)).totals.net).toBe('45.00')
    expect((await foresee(bea)).totals.net).toBe('45.00')
    for (const other of [anne, paul, bob]) expect(await codeOf(foresee(other))).toBe('not-found')
    expect(await codeOf(desk.as(finn).ask(foreseeInvoice, { companyId: 'nobody' }))).toBe('not-found')
  })

  test('no client whose contract does not show time before the invoice', async () => {
    await put({ customersSeeTime: false })
    expect(await codeOf(foresee(bea))).toBe('forbidden')
    expect((await foresee(finn)).lines).toEqual([])
  })
})
