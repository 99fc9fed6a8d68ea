/** A client hears of it before the overrun is billed, and hears of it once. */
import { logPrestation, putContract, sellPack } from '@guichet/contracts/billing'
import { prepaidLow } from '@guichet/contracts/prepaid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anne, finn, openReadyDesk, RATES, type Desk } from '../testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

const sell = (minutes: number) =>
  desk.as(finn).ask(sellPack, {
    companyId: 'acme',
    pack: { minutes, price: '800.00', vatRate: '21', validFrom: '2026-01-01', validUntil: '2026-12-31' },
  })
const work = (minutes: number) =>
  desk.as(anne).ask(logPrestation, {
    ticket: 1001,
    prestation: { workedOn: '2026-11-23', kind: 'Support', description: 'Réseau', minutes },
  })
const round = () => desk.fakeClock.advance({ minutes: 10 })
const said = () => desk.events.filter(({ subject }) => subject === prepaidLow.subject)

test('work that is not invoiced yet counts; the same packs are said of once, a new one begins anew', async () => {
  await sell(600)
  await work(479)
  round()
  await work(1)
  round()
  const [first] = await desk.eventsOf(prepaidLow)
  expect(first?.data).toEqual({
    companyId: 'acme',
    remainingMinutes: 120,
    soldMinutes: 600,
    validUntil: '2026-12-31',
  })
  await work(60)
  round()
  await sell(60)
  // 60 of 660 left: what was used stays used.
  round()
  const [, second] = await desk.eventsOf(prepaidLow, () => true, 2)
  expect(second?.data).toMatchObject({ remainingMinutes: 120, soldMinutes: 660 })
  await work(10)
  round()
  round()
  // What comes third is about the third pack: nothing was said in between.
  await sell(20)
  round()
  const [, , third] = await desk.eventsOf(prepaidLow, () => true, 3)
  expect(third?.data).toMatchObject({ remainingMinutes: 130, soldMinutes: 680 })
  expect(said()).toHaveLength(3)
})

test('the contract says how much may be left', async () => {
  await desk.as(finn).ask(putContract, { companyId: 'acme', terms: { rates: RATES, prepaidLowPercent: 50 } })
  await sell(600)
  await work(299)
  round()
  await work(1)
  round()
  const [first] = await desk.eventsOf(prepaidLow)
  expect(first?.data).toMatchObject({ remainingMinutes: 300, soldMinutes: 600 })
  await expect(
    desk.as(finn).ask(putContract, { companyId: 'acme', terms: { rates: RATES, prepaidLowPercent: 101 } }),
  ).rejects.toMatchObject({ code: 'invalid-input' })
})
