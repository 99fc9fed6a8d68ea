/** Conservation (spec/invoicing.md): whatever is done in whatever order, every minute is in exactly one state, once. */
import {
  changeDraft,
  changePrestation,
  creditInvoice,
  discardDraft,
  getInvoice,
  issueInvoice,
  listInvoices,
  listPrestations,
  logPrestation,
  removePrestation,
  runInvoices,
  sellPack,
  type Invoice,
} from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { getTimeBalance } from '@guichet/contracts/service-time'
import { holdPrestation, listUnbilled, releasePrestation } from '@guichet/contracts/unbilled-work'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anne, finn, openReadyDesk, type Desk } from './testing/desk.ts'

type Act =
  | {
      kind: 'log'
      ticket: 1001 | 1002 | 2001
      day: number
      minutes: number
      billable: boolean
      priced: boolean
    }
  | { kind: 'change' | 'remove' | 'hold-back' | 'release'; which: number; minutes: number }
  | { kind: 'run' }
  | { kind: 'hold' | 'discard' | 'issue' | 'credit' | 'credit-line'; which: number }
  | { kind: 'pack'; minutes: number }

const which = fc.nat({ max: 50 })
const minutes = fc.integer({ min: 1, max: 300 })
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      ticket: fc.constantFrom(1001 as const, 1002 as const, 2001 as const),
      day: fc.integer({ min: 1, max: 24 }),
      minutes,
      billable: fc.boolean(),
      priced: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('change' as const, 'remove' as const, 'hold-back' as const, 'release' as const),
      which,
      minutes,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('run' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'hold' as const,
        'discard' as const,
        'issue' as const,
        'credit' as const,
        'credit-line' as const,
      ),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pack' as const), minutes }) },
)

const pick = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)]

interface Known {
  id: string
  ticket: number
  minutes: number
}

/** Refused is refused: nothing of it happened, and the model does not move either. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}

async function invoicesOf(desk: Desk): Promise<Invoice[]> {
  const { items } = await desk.as(finn).ask(listInvoices, { limit: 100 })
  return await Promise.all(items.map(({ id }) => desk.as(finn).ask(getInvoice, { id })))
}

async function perform(desk: Desk, known: Map<string, Known>, given: Act): Promise<void> {
  const finance = desk.as(finn)
  switch (given.kind) {
    case 'log': {
      const prestation = {
        workedOn: `2026-11-${String(given.day).padStart(2, '0')}`,
        kind: given.priced ? 'Support' : 'Sans prix',
        description: 'x',
        minutes: given.minutes,
        billable: given.billable,
      }
      const { id } = await desk.as(anne).ask(logPrestation, { ticket: given.ticket, prestation })
      known.set(id, { id, ticket: given.ticket, minutes: given.minutes })
      return
    }
    case 'hold-back':
    case 'release':
    case 'change':
    case 'remove': {
      const one = pick([...known.values()], given.which)
      if (!one) return
      const { id, ticket } = one
      if (given.kind === 'hold-back') {
        await finance.ask(holdPrestation, { ticket, id, reason: 'À vérifier' })
        return
      }
      if (given.kind === 'release') {
        await finance.ask(releasePrestation, { ticket, id })
        return
      }
      if (given.kind === 'remove') {
        await desk.as(anne).ask(removePrestation, { ticket, id })
        known.delete(id)
        return
      }
      await desk.as(anne).ask(changePrestation, { ticket, id, changes: { minutes: given.minutes } })
      known.set(id, { ...one, minutes: given.minutes })
      return
    }
    case 'run':
      await finance.ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
      return
    case 'pack':
      await finance.ask(sellPack, {
        companyId: 'acme',
        pack: {
          minutes: given.minutes,
          price: '100.00',
          vatRate: '21',
          validFrom: '2026-01-01',
          validUntil: '2026-12-31',
        },
      })
      return
    default: {
      const drafts = given.kind === 'hold' || given.kind === 'discard' || given.kind === 'issue'
      const all = await invoicesOf(desk)
      const fitting = all.filter(({ number, kind }) => kind === 'invoice' && (number === null) === drafts)
      const one = pick(fitting, given.which)
      if (!one) return
      const { id, lines } = one
      if (given.kind === 'discard') await finance.ask(discardDraft, { id })
      if (given.kind === 'issue') await finance.ask(issueInvoice, { id })
      if (given.kind === 'credit') await finance.ask(creditInvoice, { id, creditNote: { reason: 'Erreur' } })
      const line = pick(lines, given.which)
      if (given.kind === 'credit-line' && line)
        await finance.ask(creditInvoice, { id, creditNote: { reason: 'Erreur', lines: [{ line: line.id }] } })
      if (given.kind === 'hold' && line && lines.length > 1) {
        const kept = lines
          .filter((each) => each.id !== line.id)
          .map(({ id: lineId, description, quantity, unit, price, per, vatRate }) => ({
            id: lineId,
            description,
            quantity,
            unit,
            price,
            per,
            vatRate,
          }))
        await finance.ask(changeDraft, { id, changes: { lines: kept } })
      }
    }
  }
}

async function holds(desk: Desk, known: Map<string, Known>): Promise<void> {
  const balance = await desk.as(finn).ask(getTimeBalance, { month: '2026-11' })
  const worked = [...known.values()].reduce((sum, { minutes: own }) => sum + own, 0)
  expect(balance.minutes).toBe(worked)
  expect(balance.entries).toBe(known.size)
  expect(balance.states.reduce((sum, state) => sum + state.minutes, 0)).toBe(worked)
  expect(balance.companies.reduce((sum, company) => sum + company.minutes, 0)).toBe(worked)

  // Entry by entry: each is found once, with its minutes, and on at most one living invoice.
  const invoices = (await invoicesOf(desk)).filter(({ kind }) => kind === 'invoice')
  const billedBy = Map.groupBy(
    invoices.flatMap(({ id, lines }) =>
      [...new Set(lines.flatMap(({ prestationId }) => prestationId ?? []))].map((prestation) => ({
        prestation,
        invoice: id,
      })),
    ),
    ({ prestation }) => prestation,
  )
  const listed = await Promise.all(
    [1001, 1002, 2001].map((ticket) => desk.as(anne).ask(listPrestations, { ticket, limit: 100 })),
  )
  const unbilled = await desk.as(finn).ask(listUnbilled, { until: '2026-11-30' })
  const waiting = listed
    .flatMap(({ items }) => items)
    .filter(({ state }) => state === 'open' || state === 'held-back')
  expect(unbilled.companies.reduce((sum, { entries }) => sum + entries, 0)).toBe(waiting.length)
  expect(unbilled.companies.reduce((sum, { heldBack }) => sum + heldBack, 0)).toBe(
    waiting.filter(({ state }) => state === 'held-back').length,
  )
  for (const entry of listed.flatMap(({ items }) => items)) {
    expect(entry.minutes).toBe(known.get(entry.id)?.minutes)
    const billed = billedBy.get(entry.id) ?? []
    if (['open', 'held-back', 'not-billable'].includes(entry.state)) expect(billed).toHaveLength(0)
    else expect(billed).toHaveLength(1)
  }
}

test('random histories lose no minute and double none', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (acts) => {
      const desk = await openReadyDesk()
      try {
        const known = new Map<string, Known>()
        for (const given of acts) await attempt(() => perform(desk, known, given))
        await holds(desk, known)
      } finally {
        await desk.stop()
      }
    }),
    { numRuns: 25 },
  )
})

test('what is held back is skipped by the run, which says so; released, it is drafted', async () => {
  const desk = await openReadyDesk()
  try {
    const prestation = { workedOn: '2026-11-03', kind: 'Support', description: 'Câble', minutes: 30 }
    const { id } = await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation })
    const hold = { ticket: 1001, id, reason: 'Attendre l’accord du client' }
    await expect(desk.as(anne).ask(holdPrestation, hold)).rejects.toMatchObject({ code: 'forbidden' })
    const held = await desk.as(finn).ask(holdPrestation, hold)
    expect(held).toMatchObject({
      state: 'held-back',
      heldBack: { reason: 'Attendre l’accord du client', by: { id: finn.accountId } },
    })
    const period = { from: '2026-11-01', to: '2026-11-30' }
    const run = await desk.as(finn).ask(runInvoices, period)
    expect(run.drafts).toEqual([])
    expect(run.skipped).toEqual([{ companyId: 'acme', reason: 'held-back', entries: 1 }])
    const { companies, items } = await desk
      .as(finn)
      .ask(listUnbilled, { until: '2026-11-30', companyId: 'acme' })
    expect(companies).toMatchObject([
      { id: 'acme', oldest: '2026-11-03', entries: 1, minutes: 30, heldBack: 1 },
    ])
    expect(items.map((item) => item.id)).toEqual([id])
    expect((await desk.as(finn).ask(listUnbilled, { until: '2026-11-02' })).companies).toEqual([])

    await desk.as(finn).ask(releasePrestation, { ticket: 1001, id })
    const again = await desk.as(finn).ask(runInvoices, period)
    expect(again.drafts).toHaveLength(1)
    expect(again.skipped).toEqual([])
    await expect(desk.as(finn).ask(holdPrestation, hold)).rejects.toMatchObject({
      code: 'prestation-drafted',
    })
  } finally {
    await desk.stop()
  }
})
