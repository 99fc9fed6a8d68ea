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
  | { kind: 'change' | 'remove'; which: number; minutes: number }
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
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('change' as const, 'remove' as const), which, minutes }),
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
    case 'change':
    case 'remove': {
      const one = pick([...known.values()], given.which)
      if (!one) return
      const { id, ticket } = one
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
  for (const entry of listed.flatMap(({ items }) => items)) {
    expect(entry.minutes).toBe(known.get(entry.id)?.minutes)
    const billed = billedBy.get(entry.id) ?? []
    if (entry.state === 'open' || entry.state === 'not-billable') expect(billed).toHaveLength(0)
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
