/** Fixed monthly fees: each month of each fee is on one invoice, once, whatever finance does in whatever order. */
import {
  changeDraft,
  creditInvoice,
  discardDraft,
  getContract,
  getInvoice,
  issueInvoice,
  listInvoices,
  logPrestation,
  putContract,
  runInvoices,
  type FixedFee,
  type Invoice,
} from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { codeOf } from '@guichet/service/harness'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { anne, finn, openReadyDesk, RATES, type Desk } from './testing/desk.ts'

const MAINTENANCE = { description: 'Maintenance du parc', price: '250.00', vatRate: '21', from: '2026-10' }
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' }

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

const finance = () => desk.as(finn)
const agree = (fees: FixedFee[], companyId = 'acme', validFrom?: string) =>
  finance().ask(putContract, { companyId, validFrom, terms: { rates: RATES, fees } })
const run = async (period: { from: string; to: string }) => {
  const { drafts } = await finance().ask(runInvoices, period)
  return await Promise.all(drafts.map(({ id }) => finance().ask(getInvoice, { id })))
}
const feeLines = (invoices: readonly Invoice[]) =>
  invoices.flatMap(({ lines }) => lines.filter(({ period }) => period !== undefined))

describe('a run', () => {
  test('charges the month of a client who had no work at all, and the time of another beside it', async () => {
    await agree([MAINTENANCE])
    await agree([{ ...MAINTENANCE, description: 'Sauvegarde', price: '19.95' }], 'zeta')
    const prestation = { workedOn: '2026-10-12', minutes: 20, kind: 'Support', description: 'Câble' }
    await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation })
    const drafts = await run(OCTOBER)
    const [acme, zeta] = ['Acme', 'Zeta'].map((name) => drafts.find(({ company }) => company.name === name))
    expect(acme?.lines.map(({ description, net }) => [description, net])).toEqual([
      ['Câble', '30.00'],
      ['Maintenance du parc – 10/2026', '250.00'],
    ])
    // 280.00 at 21 %.
    expect(acme?.totals).toMatchObject({ net: '280.00', gross: '338.80' })
    expect(zeta?.totals).toMatchObject({ net: '19.95', gross: '24.14' })
    expect(zeta?.lines[0]).toMatchObject({ quantity: '1', unit: 'piece', ticket: null, period: OCTOBER })
  })

  test('charges no month twice: not while it is on a draft, not once it was issued, not in a longer period', async () => {
    await agree([MAINTENANCE])
    const [draft] = await run(OCTOBER)
    expect(await run(OCTOBER)).toEqual([])
    await finance().ask(issueInvoice, { id: draft?.id ?? '' })
    expect(await run(OCTOBER)).toEqual([])
    const both = await run({ from: '2026-09-01', to: '2026-11-30' })
    expect(feeLines(both).map(({ description }) => description)).toEqual(['Maintenance du parc – 11/2026'])
  })

  test('of many at once gives each month to one of them', async () => {
    await agree([MAINTENANCE])
    const drafts = await Promise.all(
      Array.from({ length: 4 }, () => run({ from: '2026-10-01', to: '2026-11-30' })),
    )
    expect(
      feeLines(drafts.flat())
        .map(({ description }) => description)
        .toSorted(),
    ).toEqual(['Maintenance du parc – 10/2026', 'Maintenance du parc – 11/2026'])
  })

  test('is due again once its draft is thrown away, or its line taken off', async () => {
    await agree([MAINTENANCE, { ...MAINTENANCE, description: 'Licences', price: '8.50' }])
    const [first] = await run(OCTOBER)
    await finance().ask(discardDraft, { id: first?.id ?? '' })
    const [second] = await run(OCTOBER)
    expect(second?.lines).toHaveLength(2)
    const kept = (second?.lines ?? [])
      .filter(({ description }) => description.startsWith('Licences'))
      .map(({ id, description, quantity, unit, price, per, vatRate }) => ({
        id,
        description,
        quantity,
        unit,
        price,
        per,
        vatRate,
      }))
    await finance().ask(changeDraft, { id: second?.id ?? '', changes: { lines: kept } })
    const third = await run(OCTOBER)
    expect(feeLines(third).map(({ description }) => description)).toEqual(['Maintenance du parc – 10/2026'])
    // The line that stayed is charged still.
    const { lines } = await finance().ask(getInvoice, { id: second?.id ?? '' })
    expect(feeLines([{ ...second, lines } as Invoice])).toHaveLength(1)
  })

  test('does not charge again what a credit note took back: that is written by hand', async () => {
    await agree([MAINTENANCE])
    const [draft] = await run(OCTOBER)
    await finance().ask(issueInvoice, { id: draft?.id ?? '' })
    await finance().ask(creditInvoice, { id: draft?.id ?? '', creditNote: { reason: 'Panne' } })
    expect(await run(OCTOBER)).toEqual([])
  })

  test('bills a month at the price of its first day', async () => {
    await agree([{ ...MAINTENANCE, from: '2026-11' }])
    await agree([{ ...MAINTENANCE, from: '2026-11', price: '300.00' }], 'acme', '2026-12-10')
    const drafts = await run({ from: '2026-11-01', to: '2027-01-31' })
    expect(feeLines(drafts).map(({ net }) => net)).toEqual(['250.00', '250.00', '300.00'])
  })
})

test('an issued invoice says for which days the fee is, also where they begin before the run', async () => {
  await agree([MAINTENANCE])
  const [draft] = await run({ from: '2026-10-15', to: '2026-10-31' })
  expect(draft?.period).toEqual(OCTOBER)
  // Our own check of the Peppol rules runs before the number is taken.
  expect((await finance().ask(issueInvoice, { id: draft?.id ?? '' })).number).toBe('F-1')
})

test('a month whose fee is on a draft keeps its terms', async () => {
  desk.fakeClock.advance({ hours: 24 * 6 })
  await agree([MAINTENANCE])
  const november = { from: '2026-11-01', to: '2026-11-30' }
  const drafts = await run(november)
  const dearer = () => agree([{ ...MAINTENANCE, price: '300.00' }], 'acme', '2026-11-01')
  await expect(dearer()).rejects.toMatchObject({ fields: [{ code: 'version-over-billed-work' }] })
  await finance().ask(discardDraft, { id: drafts[0]?.id ?? '' })
  await dearer()
  expect(feeLines(await run(november)).map(({ net }) => net)).toEqual(['300.00'])
})

describe('what is agreed', () => {
  test('is finance’s to agree, and every agent’s to see', async () => {
    const terms = { rates: RATES, fees: [MAINTENANCE] }
    expect(await codeOf(desk.as(anne).ask(putContract, { companyId: 'acme', terms }))).toBe('forbidden')
    await agree([MAINTENANCE])
    const { fees } = await desk.as(anne).ask(getContract, { companyId: 'acme' })
    expect(fees).toMatchObject([{ ...MAINTENANCE, id: expect.any(String) as string, until: null }])
  })
  test('stays where a change does not name it', async () => {
    await agree([MAINTENANCE])
    await finance().ask(putContract, { companyId: 'acme', terms: { rates: [] } })
    expect((await finance().ask(getContract, { companyId: 'acme' })).fees).toHaveLength(1)
  })
  test('is refused field by field', async () => {
    const asked = agree([MAINTENANCE, { ...MAINTENANCE, until: '2026-09' }])
    await expect(asked).rejects.toMatchObject({
      code: 'invalid-input',
      fields: [
        { path: 'fees.1.description', code: 'fee-twice' },
        { path: 'fees.1.until', code: 'fee-backwards' },
      ],
    })
  })
})

type Act =
  | { kind: 'run'; from: number; months: number; day: number }
  | { kind: 'discard' | 'issue' | 'take-off'; which: number }
  | { kind: 'agree'; price: number; called: 'Maintenance' | 'Entretien'; anew: boolean }

const which = fc.nat({ max: 20 })
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      from: fc.integer({ min: 1, max: 11 }),
      months: fc.integer({ min: 0, max: 3 }),
      day: fc.integer({ min: 1, max: 28 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('discard' as const, 'issue' as const, 'take-off' as const),
      which,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('agree' as const),
      price: fc.integer({ min: 1, max: 900 }),
      called: fc.constantFrom('Maintenance' as const, 'Entretien' as const),
      anew: fc.boolean(),
    }),
  },
)

async function all(): Promise<Invoice[]> {
  const { items } = await finance().ask(listInvoices, { limit: 100 })
  return await Promise.all(items.map(({ id }) => finance().ask(getInvoice, { id })))
}

async function perform(given: Act): Promise<void> {
  if (given.kind === 'run') {
    const from = Temporal.PlainDate.from({ year: 2026, month: given.from, day: given.day })
    const to = from.add({ months: given.months }).with({ day: 31 })
    await finance().ask(runInvoices, { from: from.toString(), to: to.toString() })
    return
  }
  if (given.kind === 'agree') {
    const { fees = [] } = await finance().ask(getContract, { companyId: 'acme' })
    const [before] = fees
    const fee = { price: String(given.price), vatRate: '21', from: '2026-02' }
    // Called otherwise it is the same fee by its id; written down anew it is the same by its name.
    await agree([
      given.anew || !before?.id
        ? { ...fee, description: before?.description ?? given.called }
        : { ...fee, id: before.id, description: given.called },
    ])
    return
  }
  const drafts = (await all()).filter(({ number }) => number === null)
  const one = drafts[given.which % Math.max(1, drafts.length)]
  if (!one) return
  if (given.kind === 'discard') await finance().ask(discardDraft, { id: one.id })
  if (given.kind === 'issue') await finance().ask(issueInvoice, { id: one.id })
  if (given.kind === 'take-off') {
    const [, ...kept] = one.lines
    const lines = kept.map(({ id, description, quantity, unit, price, vatRate }) => ({
      id,
      description,
      quantity,
      unit,
      price,
      vatRate,
    }))
    await finance().ask(changeDraft, { id: one.id, changes: { lines } })
  }
}

test('random histories charge each month once', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      await desk.stop()
      desk = await openReadyDesk()
      await agree([{ description: 'Maintenance', price: '100', vatRate: '21', from: '2026-02' }])
      for (const given of acts) {
        await perform(given).catch((error: unknown) => {
          if (!(error instanceof Failure)) throw error
        })
        const charged = feeLines(await all()).map(({ period }) => period?.from ?? '')
        expect(charged.toSorted()).toEqual([...new Set(charged)].toSorted())
      }
      // Whatever was thrown away or taken off, one last run leaves no month out.
      await run({ from: '2026-01-01', to: '2026-12-31' })
      const charged = feeLines(await all()).map(({ period }) => period?.from.slice(0, 7) ?? '')
      const ended = charged.filter((month) => month.startsWith('2026'))
      const due = Array.from({ length: 11 }, (_, at) => `2026-${String(at + 2).padStart(2, '0')}`)
      expect(ended.toSorted()).toEqual(due)
    }),
    { numRuns: 20 },
  )
})
