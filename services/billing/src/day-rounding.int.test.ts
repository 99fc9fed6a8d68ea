/** Rounding per ticket and day (decision 0051), over the service as it runs: 90.00 an hour, by quarters of an hour. */
import {
  changeDraft,
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
import { anne, bea, bob, finn, openReadyDesk, paul, RATES, type Desk } from './testing/desk.ts'
import { ticketOf } from './testing/neighbours.ts'

const QUARTERS = { stepMinutes: 15, minimumMinutes: 15 }
const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' }
const DAY = '2026-11-20'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
  await desk.as(finn).ask(putContract, {
    companyId: 'acme',
    terms: { rates: RATES, rounding: { ...QUARTERS, per: 'ticket-day' }, customersSeeTime: true },
  })
})
afterEach(() => desk.stop())

async function log(minutes: number, ticket = 1001, kind = 'Support') {
  desk.fakeClock.advance({ seconds: 1 })
  const prestation = { workedOn: DAY, kind, description: `${minutes} min`, minutes }
  return desk.as(anne).ask(logPrestation, { ticket, prestation })
}

async function drafted() {
  const { drafts } = await desk.as(finn).ask(runInvoices, NOVEMBER)
  const [draft] = drafts
  if (!draft) throw new Error('nothing was drafted')
  return desk.as(finn).ask(getInvoice, { id: draft.id })
}

test('two times ten minutes and five more are half an hour: on the ticket, in the preview and on the invoice', async () => {
  await log(10)
  await log(10)
  const prestation = { workedOn: DAY, kind: 'Support', description: '', minutes: 5 }
  expect(await desk.as(anne).ask(previewPrestation, { ticket: 1001, prestation })).toMatchObject({
    why: 'priced',
    billedMinutes: 0,
    dayBefore: { worked: 20, billed: 30 },
    cost: '0.00',
  })
  await log(5)
  const { items } = await desk.as(finn).ask(listPrestations, { ticket: 1001 })
  expect(items.map(({ minutes, billedMinutes: billed, cost }) => [minutes, billed, cost])).toEqual([
    [5, 0, '0.00'],
    [10, 15, '22.50'],
    [10, 15, '22.50'],
  ])

  const draft = await drafted()
  expect(draft.lines.map(({ minutesWorked, quantity, net }) => [minutesWorked, quantity, net])).toEqual([
    [10, '15', '22.50'],
    [10, '15', '22.50'],
    [5, '0', '0.00'],
  ])
  expect(draft.lines.map(({ withinDay }) => withinDay)).toEqual([undefined, undefined, true])
  expect(draft.totals.net).toBe('45.00')
  const issued = await desk.as(finn).ask(issueInvoice, { id: draft.id })
  expect(issued.status).toBe('issued')

  // 35 minutes in all are 45, of which 30 were invoiced.
  expect((await log(10)).cost).toBe('22.50')
  expect((await drafted()).totals.net).toBe('22.50')
  const after = await desk.as(finn).ask(listPrestations, { ticket: 1001 })
  expect(after.items.map(({ cost }) => cost)).toEqual(['22.50', '0.00', '22.50', '22.50'])
})

test('other tickets, kinds and contracts have days of their own', async () => {
  await desk.as(finn).ask(putContract, { companyId: 'zeta', terms: { rates: RATES, rounding: QUARTERS } })
  for (const ticket of [1001, 1002, 2001, 2001]) await log(5, ticket)
  for (const [ticket, costs] of [
    [1001, ['22.50']],
    [1002, ['22.50']],
    [2001, ['22.50', '22.50']],
  ] as const) {
    const { items } = await desk.as(finn).ask(listPrestations, { ticket })
    expect(items.map(({ cost }) => cost)).toEqual(costs)
  }
})

test('what a draft lets go is billed by the next, and the day still adds up', async () => {
  await log(5)
  await log(5)
  const draft = await drafted()
  const [paying, free] = draft.lines
  expect([paying?.quantity, free?.quantity]).toEqual(['15', '0'])
  if (!free) throw new Error('no second line')
  const { id, description, quantity, unit, price, per, vatRate } = free
  const kept = [{ id, description, quantity, unit, price, per, vatRate }]
  await desk.as(finn).ask(changeDraft, { id: draft.id, changes: { lines: kept } })
  expect((await drafted()).totals.net).toBe('22.50')
})

test('prepaid hours give what the day comes to, of a kind without a price too', async () => {
  await desk.as(finn).ask(sellPack, {
    companyId: 'acme',
    pack: { minutes: 60, price: '80.00', vatRate: '21', validFrom: '2026-01-01', validUntil: '2026-12-31' },
  })
  await log(10, 1001, 'Sans prix')
  await log(5, 1001, 'Sans prix')
  const draft = await drafted()
  expect(draft.lines.map(({ quantity, net }) => [quantity, net])).toEqual([
    ['15', '0.00'],
    ['0', '0.00'],
  ])
  const { items } = await desk.as(finn).ask(listPrestations, { ticket: 1001 })
  expect(items.map(({ state }) => state)).toEqual(['covered', 'covered'])
})

test('what a day was billed is seen by who sees its cost, and by no other client', async () => {
  await log(10)
  const facts = desk.table.tickets.get(1001)
  if (!facts) throw new Error('no ticket')
  desk.table.tickets.set(1001, { ...facts, participantIds: ['paul', 'bea'] })
  const [seen] = (await desk.as(bea).ask(listPrestations, { ticket: 1001 })).items
  expect(seen).toMatchObject({ billedMinutes: 15, cost: '22.50' })
  // Paul sees his ticket's time, not what it costs.
  const [told] = (await desk.as(paul).ask(listPrestations, { ticket: 1001 })).items
  expect(told).toMatchObject({ minutes: 10, cost: null })
  expect(told).not.toHaveProperty('billedMinutes')
  await expect(desk.as(bob).ask(listPrestations, { ticket: 1001 })).rejects.toMatchObject({
    code: 'not-found',
  })
})

type Act = { kind: 'log'; minutes: number } | { kind: 'run' } | { kind: 'discard' | 'issue'; which: number }
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('log' as const), minutes: fc.integer({ min: 1, max: 70 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('run' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('discard' as const, 'issue' as const), which: fc.nat(5) }),
  },
)

test(
  'in random histories a day is billed what its work comes to, rounded once',
  { timeout: 120_000 },
  async () => {
    let ticket = 5000
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 15 }), async (acts) => {
        ticket += 1
        desk.table.tickets.set(ticket, ticketOf('acme', ticket))
        let worked = 0
        const mine = async () => {
          const { items } = await desk.as(finn).ask(listInvoices, { limit: 100 })
          const all = await Promise.all(items.map(({ id }) => desk.as(finn).ask(getInvoice, { id })))
          return all.filter(({ lines }) => lines.some((line) => line.ticket === ticket))
        }
        for (const given of acts) {
          if (given.kind === 'log') {
            await log(given.minutes, ticket)
            worked += given.minutes
          } else if (given.kind === 'run') await desk.as(finn).ask(runInvoices, NOVEMBER)
          else {
            const drafts = (await mine()).filter(({ number }) => number === null)
            const one = drafts[given.which % Math.max(1, drafts.length)]
            if (one)
              await desk.as(finn).ask(given.kind === 'issue' ? issueInvoice : discardDraft, { id: one.id })
          }
        }
        await Promise.all([1, 2].map(() => desk.as(finn).ask(runInvoices, NOVEMBER)))
        const billed = (await mine())
          .flatMap(({ lines }) => lines)
          .reduce((sum, line) => sum + Number(line.quantity), 0)
        expect(billed).toBe(worked === 0 ? 0 : billedMinutes(worked, QUARTERS))
        // What is left of this history is no part of the next one.
        for (const { id, number } of await mine())
          if (number === null) await desk.as(finn).ask(issueInvoice, { id })
      }),
      { numRuns: 15 },
    )
  },
)
