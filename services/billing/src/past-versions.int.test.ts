/**
 * A version of a contract from a day that has passed, saved at the moment when a run drafts that day's work: whichever
 * is first, no piece of work is billed by other terms than those that count for its day (decision 0064).
 */
import { randomUUID } from 'node:crypto'
import {
  getContract,
  getInvoice,
  logPrestation,
  putContract,
  runInvoices,
  type Invoice,
} from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { serve, type HarnessOptions } from '@guichet/service/harness'
import { isAvailable, startRealServer } from '@guichet/testing/real-server'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { createBillingService } from './index.ts'
import { anne, finn, openReadyDesk, RATES, testConfig, type Desk } from './testing/desk.ts'
import { openDoomedDesk } from './testing/doomed-desk.ts'
import { createTurns, type Teller, type Turns } from './testing/in-turns.ts'
import { company, neighbours, serveNeighbours, ticketOf } from './testing/neighbours.ts'

const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' }
const at = (price: string) => ({ ...RATES[0]!, price })
const fee = (price: string) => ({ description: 'Maintenance', price, vatRate: '21', from: '2026-11' })
type Whose = (made: Readonly<Record<Teller, number>>) => Teller

/** Ends a story's calls being put in the middle of the other's: it was over before. */
const MOST_CALLS = 60

const mongo = await startRealServer('mongo')
const nats = await startRealServer('nats')
const engines: { engine: string; urls?: HarnessOptions['urls'] }[] = [{ engine: 'SQLite' }]
if (isAvailable(mongo, 'past versions over MongoDB') && isAvailable(nats, 'past versions over NATS')) {
  const store = mongo.url.replace(/\/[^/]*$/, `/versions-${randomUUID().slice(0, 8)}`)
  engines.push({ engine: 'MongoDB', urls: { store, events: nats.url } })
}
afterAll(async () => {
  for (const server of [mongo, nats]) if (!('unavailable' in server)) await server.stop()
})

describe.each(engines)('a version and a run at the same moment, over $engine', ({ urls }) => {
  const turns: Turns = createTurns()
  const table = neighbours()
  let desk: Desk
  let rounds = 0
  beforeAll(async () => {
    for (const id of ['acme', 'zeta']) table.companies.set(id, company(id))
    const watched = serve(
      'billing',
      (parts) => {
        turns.watch(parts.store)
        return createBillingService(parts)
      },
      testConfig(),
    )
    desk = await openReadyDesk({
      services: [...serveNeighbours(table), watched],
      ...(urls ? { urls } : {}),
    })
  })
  afterAll(() => desk.stop())

  /** Work of the 10th and the 20th at 90.00; at 120.00 from the 15th on, drafted meanwhile. */
  async function round(whose: Whose, from: string, terms: { price: string; fee?: string }) {
    rounds += 1
    const companyId = `client-${rounds}`
    const ticket = 5000 + rounds
    table.companies.set(companyId, company(companyId))
    table.tickets.set(ticket, ticketOf(companyId, ticket))
    const finance = desk.as(finn)
    const rounding = { stepMinutes: 1, minimumMinutes: 0 }
    const fees = terms.fee ? { fees: [fee('250.00')] } : {}
    await finance.ask(putContract, { companyId, terms: { rates: [at('90.00')], rounding, ...fees } })
    for (const workedOn of ['2026-11-10', '2026-11-20']) {
      const prestation = { workedOn, minutes: 60, kind: 'Support', description: workedOn }
      await desk.as(anne).ask(logPrestation, { ticket, prestation })
    }
    let calls = { one: 0, other: 0 }
    const [saved, run] = await turns.both(
      () =>
        finance.ask(putContract, {
          companyId,
          validFrom: from,
          terms: { rates: [at(terms.price)], ...(terms.fee ? { fees: [fee(terms.fee)] } : {}) },
        }),
      () => finance.ask(runInvoices, { ...NOVEMBER, companyId }),
      (made) => {
        calls = { ...made }
        return whose(made)
      },
    )
    if (run.status === 'rejected') throw run.reason
    const drafts: Invoice[] = []
    for (const { id } of run.value.drafts) drafts.push(await finance.ask(getInvoice, { id }))
    const lines = drafts.flatMap((draft) => draft.lines)
    return {
      calls,
      saved: saved.status === 'fulfilled' ? 'saved' : fieldsOf(saved.reason),
      prices: lines.map(({ price }) => price),
      rates: (await finance.ask(getContract, { companyId })).rates.map(({ price }) => price),
    }
  }

  function fieldsOf(error: unknown): unknown {
    if (!(error instanceof Failure)) throw error
    return error.fields
  }

  const BILLED = [{ path: 'validFrom', code: 'version-over-billed-work' }]

  async function expectOneOrder(whose: Whose): Promise<{ outcome: unknown; calls: Record<Teller, number> }> {
    const { saved, prices, rates, calls } = await round(whose, '2026-11-15', { price: '120.00' })
    if (saved === 'saved') expect([prices, rates]).toEqual([['90.00', '120.00'], ['120.00']])
    else expect([saved, prices, rates]).toEqual([BILLED, ['90.00', '90.00'], ['90.00']])
    return { outcome: saved === 'saved' ? 'version' : 'draft', calls }
  }

  it.each([
    ['the version', 'one', 'other'],
    ['the run', 'other', 'one'],
  ] as const)(
    '%s is cut in anywhere by the other: they are in one order or the other',
    { timeout: 240_000 },
    async (_name, first, second) => {
      const outcomes = new Set<unknown>()
      for (let cut = 0; ; cut += 1) {
        expect(cut).toBeLessThan(MOST_CALLS)
        const { outcome, calls } = await expectOneOrder((made) => (made[first] < cut ? first : second))
        outcomes.add(outcome)
        // The first was over before the cut.
        if (calls[first] < cut) break
      }
      expect(outcomes).toEqual(new Set(['version', 'draft']))
    },
  )

  it('in any order of their calls they are in one order or the other', { timeout: 240_000 }, async () => {
    const orders = fc.array(fc.boolean(), { minLength: 10, maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        await expectOneOrder((made) => (order[(made.one + made.other) % order.length] ? 'one' : 'other'))
      }),
      { numRuns: 40 },
    )
  })

  it.each([
    ['the version', 'one', 'other'],
    ['the run', 'other', 'one'],
  ] as const)(
    'a fee of the month is charged by the terms that count for it, wherever %s is cut in',
    { timeout: 240_000 },
    async (_name, first, second) => {
      const outcomes = new Set<boolean>()
      for (let cut = 0; ; cut += 1) {
        expect(cut).toBeLessThan(MOST_CALLS)
        const whose: Whose = (made) => (made[first] < cut ? first : second)
        const { saved, prices, calls } = await round(whose, '2026-11-01', { price: '120.00', fee: '300.00' })
        if (saved === 'saved') expect(prices).toEqual(['120.00', '120.00', '300.00'])
        else expect([saved, prices]).toEqual([BILLED, ['90.00', '90.00', '250.00']])
        outcomes.add(saved === 'saved')
        if (calls[first] < cut) break
      }
      expect(outcomes).toEqual(new Set([true, false]))
    },
  )
})

test('a version whose saving dies half way is saved by the next try, or refused where its days are billed by then', async () => {
  const { desk, plan } = await openDoomedDesk()
  try {
    const finance = desk.as(finn)
    const save = (price: string) =>
      finance.ask(putContract, { companyId: 'acme', validFrom: '2026-11-15', terms: { rates: [at(price)] } })
    const current = async () => (await finance.ask(getContract, { companyId: 'acme' })).rates[0]?.price
    for (const [writesLeft, last, kept] of [
      [0, 'lost', '90.00'],
      [0, 'kept', '90.00'],
      [1, 'lost', '90.00'],
      [1, 'kept', '120.00'],
    ] as const) {
      Object.assign(plan, { writesLeft, last })
      await expect(save('120.00')).rejects.toBeInstanceOf(Failure)
      Object.assign(plan, { writesLeft: Infinity })
      expect(await current()).toBe(kept)
    }
    await save('110.00')
    expect(await current()).toBe('110.00')

    const prestation = { workedOn: '2026-11-20', minutes: 60, kind: 'Support', description: '' }
    await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation })
    Object.assign(plan, { writesLeft: 0, last: 'kept' })
    await expect(save('130.00')).rejects.toBeInstanceOf(Failure)
    Object.assign(plan, { writesLeft: Infinity })
    const { drafts } = await finance.ask(runInvoices, NOVEMBER)
    expect(drafts[0]?.totals.net).toBe('110.00')
    await expect(save('130.00')).rejects.toMatchObject({ fields: [{ code: 'version-over-billed-work' }] })
  } finally {
    await desk.stop()
  }
})

test('work of next month counts too, and work that another version claims does not', async () => {
  const desk = await openReadyDesk()
  try {
    const finance = desk.as(finn)
    const save = (validFrom: string, price: string) =>
      finance.ask(putContract, { companyId: 'acme', validFrom, terms: { rates: [at(price)] } })
    const prestation = { workedOn: '2026-12-20', minutes: 60, kind: 'Support', description: 'Planned' }
    await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation })
    await finance.ask(runInvoices, { from: '2026-12-01', to: '2026-12-31' })
    await expect(save('2026-11-10', '100.00')).rejects.toMatchObject({
      fields: [{ path: 'validFrom', code: 'version-over-billed-work' }],
    })
    await save('2026-12-01', '90.00')
    await save('2026-11-10', '100.00')
    expect((await finance.ask(getContract, { companyId: 'acme' })).rates).toMatchObject([at('100.00')])
  } finally {
    await desk.stop()
  }
})
