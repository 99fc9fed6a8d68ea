/**
 * A day of a ticket of which something is billed when its contract begins to round by day (decision 0051), by quarters
 * of an hour at 90.00: what comes late pays what the day comes to, less what was billed of it.
 */
import {
  creditInvoice,
  discardDraft,
  getInvoice,
  issueInvoice,
  listInvoices,
  listPrestations,
  logPrestation,
  putContract,
  runInvoices,
  sellPack,
} from '@guichet/contracts/billing'
import { previewPrestation } from '@guichet/contracts/service-time'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billedMinutes } from './domain/pricing.ts'
import { anne, finn, openReadyDesk, RATES, type Desk } from './testing/desk.ts'
import { ticketOf } from './testing/neighbours.ts'

const QUARTERS = { stepMinutes: 15, minimumMinutes: 15 }
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' }
const TODAY = '2026-11-24'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
  await agree('prestation')
})
afterEach(() => desk.stop())

const agree = (per: 'prestation' | 'ticket-day', validFrom?: string) =>
  desk.as(finn).ask(putContract, {
    companyId: 'acme',
    validFrom,
    terms: { rates: RATES, rounding: { ...QUARTERS, per } },
  })
const work = (minutes: number, workedOn = TODAY) => ({ workedOn, kind: 'Support', description: '', minutes })
async function log(minutes: number, ticket = 1001, workedOn = TODAY) {
  desk.fakeClock.advance({ seconds: 1 })
  return desk.as(anne).ask(logPrestation, { ticket, prestation: work(minutes, workedOn) })
}
async function drafted() {
  const [draft] = (await desk.as(finn).ask(runInvoices, NOVEMBER)).drafts
  if (!draft) throw new Error('nothing was drafted')
  return desk.as(finn).ask(getInvoice, { id: draft.id })
}
const quantities = async () => (await drafted()).lines.map(({ quantity }) => quantity)

test.each([
  ['a correction of what was agreed', undefined],
  ['a version from that day on', TODAY],
])('%s counts what the day was billed, on a draft or an invoice', async (_what, validFrom) => {
  await log(5)
  const first = await drafted()
  expect(first.lines.map(({ quantity }) => quantity)).toEqual(['15'])
  await agree('ticket-day', validFrom)
  expect(await desk.as(anne).ask(previewPrestation, { ticket: 1001, prestation: work(5) })).toMatchObject({
    billedMinutes: 0,
    dayBefore: { worked: 5, billed: 15 },
    cost: '0.00',
  })
  expect((await log(5)).cost).toBe('0.00')
  await desk.as(finn).ask(issueInvoice, { id: first.id })
  const second = await drafted()
  expect(second.lines.map(({ quantity, withinDay }) => [quantity, withinDay])).toEqual([['0', true]])
  // 20 minutes are 30, of which 15 were billed.
  expect((await log(10)).cost).toBe('22.50')
  expect(await quantities()).toEqual(['15'])
  const { items } = await desk.as(finn).ask(listPrestations, { ticket: 1001 })
  expect(items.map(({ cost }) => cost)).toEqual(['22.50', '0.00', '22.50'])
})

test('what that draft had is owed again when it is thrown away', async () => {
  await log(5)
  const first = await drafted()
  await agree('ticket-day')
  await log(5)
  expect(await quantities()).toEqual(['0'])
  await desk.as(finn).ask(discardDraft, { id: first.id })
  expect(await quantities()).toEqual(['15'])
})

test('other tickets, other days and what was covered by no document count for nothing', async () => {
  await log(5, 1002)
  await log(5, 1001, '2026-11-20')
  await drafted()
  await log(5)
  await agree('ticket-day')
  await log(5)
  expect(await quantities()).toEqual(['15', '0'])
})

test('time that a credit note took back pays for nothing: logged again, it is billed again', async () => {
  const states = async () =>
    (await desk.as(finn).ask(listPrestations, { ticket: 1001 })).items.map(({ state }) => state)
  await agree('ticket-day')
  await log(5)
  await log(5)
  const { id } = await drafted()
  await desk.as(finn).ask(issueInvoice, { id })
  expect(await states()).toEqual(['invoiced', 'invoiced'])
  await desk.as(finn).ask(creditInvoice, { id, creditNote: { reason: 'Mauvais client' } })
  expect(await states()).toEqual(['credited', 'credited'])
  expect(await desk.as(anne).ask(previewPrestation, { ticket: 1001, prestation: work(5) })).toMatchObject({
    billedMinutes: 15,
    dayBefore: { worked: 0, billed: 0 },
    cost: '22.50',
  })
  expect((await log(5)).cost).toBe('22.50')
  expect((await log(5)).cost).toBe('0.00')
  expect(await quantities()).toEqual(['15', '0'])
})

test('more days than a store gives at once are seen ahead', { timeout: 60_000 }, async () => {
  await agree('ticket-day')
  for (let ticket = 7000; ticket < 7101; ticket += 1) {
    desk.table.tickets.set(ticket, ticketOf('acme', ticket))
    await log(5, ticket)
  }
  await desk.as(finn).ask(runInvoices, NOVEMBER)
  const pack = { minutes: 60, price: '80', vatRate: '21', validFrom: '2026-01-01', validUntil: '2026-12-31' }
  await desk.as(finn).ask(sellPack, { companyId: 'acme', pack })
  for (let ticket = 7000; ticket < 7101; ticket += 1) await log(15, ticket)
  // Each of 101 days has 5 minutes billed as 15 and owes 15 for 15 more: four of them take all that the pack holds.
  const asked = { ticket: 1001, prestation: work(5) }
  expect(await desk.as(anne).ask(previewPrestation, asked)).toMatchObject({ why: 'priced', cost: '22.50' })
})

test(
  'whatever was billed before, the day comes to its work rounded once, or to what it was billed',
  { timeout: 120_000 },
  async () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 4 })
    let ticket = 5000
    await fc.assert(
      fc.asyncProperty(pieces, fc.array(pieces, { minLength: 1, maxLength: 3 }), async (before, after) => {
        ticket += 1
        desk.table.tickets.set(ticket, ticketOf('acme', ticket))
        await agree('prestation')
        for (const minutes of before) await log(minutes, ticket)
        await drafted()
        await agree('ticket-day')
        for (const more of after) {
          for (const minutes of more) await log(minutes, ticket)
          await drafted()
        }
        const { items } = await desk.as(finn).ask(listInvoices, { limit: 100 })
        const drafts = await Promise.all(items.map(({ id }) => desk.as(finn).ask(getInvoice, { id })))
        const own = drafts.flatMap(({ lines }) => lines).filter((line) => line.ticket === ticket)
        const total = own.reduce((sum, { quantity }) => sum + Number(quantity), 0)
        const alone = before.reduce((sum, minutes) => sum + billedMinutes(minutes, QUARTERS), 0)
        const worked = [...before, ...after.flat()].reduce((sum, minutes) => sum + minutes, 0)
        expect(total).toBe(Math.max(alone, billedMinutes(worked, QUARTERS)))
        for (const { id, number } of drafts)
          if (number === null) await desk.as(finn).ask(discardDraft, { id })
      }),
      { numRuns: 15 },
    )
  },
)
