/**
 * Every story, killed before and after each of its writes: what is left is completed by the next try, no number is
 * lost or given twice, no minute is billed twice, nothing stays stuck.
 */
import {
  changeDraft,
  creditInvoice,
  discardDraft,
  draftInvoice,
  getInvoice,
  getInvoiceDocument,
  issueInvoice,
  listInvoices,
  listPacks,
  listPrestations,
  logPrestation,
  putContract,
  runInvoices,
  sellPack,
  type Invoice,
} from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { afterEach, describe, expect, it } from 'vitest'
import { openCollections, SERIES_ID } from './collections.ts'
import { until } from '@guichet/testing/until'
import { openDoomedDesk, type Doomed } from './testing/doomed-desk.ts'
import { anne, billing, finn, openReadyDesk, type Desk } from './testing/desk.ts'
import { finishUnfinished } from './finish-unfinished.ts'
import { neighbours, serveNeighbours, company, ticketOf } from './testing/neighbours.ts'

let desk: Desk | undefined
afterEach(async () => {
  await desk?.stop()
  desk = undefined
})

/** Each write of the story is the last one once, lost or kept. Ends when the story runs through without a crash. */
async function atEachWrite(
  prepare: (doomed: Doomed) => Promise<() => Promise<unknown>>,
  after: (doomed: Doomed) => Promise<void>,
): Promise<number> {
  const doomed = await openDoomedDesk()
  desk = doomed.desk
  let crashes = 0
  for (const last of ['lost', 'kept'] as const) {
    for (let writes = 0; ; writes += 1) {
      const story = await prepare(doomed)
      Object.assign(doomed.plan, { writesLeft: writes, last })
      const done = await story().then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Failure)) throw error
          return false
        },
      )
      Object.assign(doomed.plan, { writesLeft: Infinity })
      await after(doomed)
      if (done) break
      crashes += 1
    }
  }
  return crashes
}

const LINE = { description: 'Licence', quantity: '4', unit: 'piece' as const, price: '25', vatRate: '21' }
const draft = async ({ desk: { as } }: Doomed) =>
  as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines: [LINE] } })
const every = async ({ desk: { as } }: Doomed) => {
  const all: Invoice[] = []
  let cursor: string | undefined
  do {
    const page = await as(finn).ask(listInvoices, { cursor, limit: 100 })
    for (const { id } of page.items) all.push(await as(finn).ask(getInvoice, { id }))
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}
const running = (number: string | null) => Number(/\d+$/.exec(number ?? '')?.[0])

function expectDense(invoices: Invoice[], kind: Invoice['kind'] = 'invoice'): void {
  const issued = invoices.filter((invoice) => invoice.kind === kind && invoice.number !== null)
  const byNumber = issued.sort((a, b) => running(a.number) - running(b.number))
  expect(byNumber.map(({ number }) => running(number))).toEqual(byNumber.map((_, at) => at + 1))
  const days = byNumber.map(({ issuedOn }) => issuedOn)
  expect(days).toEqual(days.toSorted())
  const references = byNumber.flatMap(({ structuredReference }) => structuredReference ?? [])
  expect(new Set(references).size).toBe(references.length)
}

async function log({ desk: { as } }: Doomed, ticket: number, minutes: number) {
  const prestation = { workedOn: '2026-11-20', minutes, kind: 'Support', description: '' }
  return as(anne).ask(logPrestation, { ticket, prestation })
}

/** Minutes worked against minutes on lines: each prestation is on at most one document, and says which. */
async function expectConserved(doomed: Doomed): Promise<void> {
  const { as } = doomed.desk
  const invoices = (await every(doomed)).filter(({ kind }) => kind === 'invoice')
  const held = new Map<string, string>()
  for (const { id, number, lines } of invoices) {
    for (const { prestationId } of lines) {
      if (prestationId === null) continue
      expect(held.get(prestationId) ?? id).toBe(id)
      held.set(prestationId, number ?? id)
    }
  }
  for (const ticket of [1001, 2001]) {
    const { items } = await as(anne).ask(listPrestations, { ticket, limit: 100 })
    for (const { id, state, invoice } of items) {
      expect([id, invoice]).toEqual([id, held.get(id) ?? null])
      expect(state === 'open').toBe(!held.has(id))
    }
  }
}

describe('killed at every write', () => {
  it('issuing leaves no gap, and the draft gets its number or can be issued again', async () => {
    let current = ''
    const crashes = await atEachWrite(
      async (doomed) => {
        const { id } = await draft(doomed)
        current = id
        return () => doomed.desk.as(finn).ask(issueInvoice, { id })
      },
      async (doomed) => {
        doomed.desk.fakeClock.advance({ hours: 9 })
        // Somebody else goes on first: what was pending is completed before.
        await doomed.desk.as(finn).ask(issueInvoice, { id: (await draft(doomed)).id })
        const again = await doomed.desk.as(finn).ask(issueInvoice, { id: current })
        expect(again.status).toBe('issued')
        expectDense(await every(doomed))
      },
    )
    // Hold, two blobs, the number, the invoice: each lost and kept.
    expect(crashes).toBe(10)
  })

  it('a draft held by a dead attempt can be changed and thrown away', async () => {
    let current = ''
    await atEachWrite(
      async (doomed) => {
        const { id } = await draft(doomed)
        current = id
        return () => doomed.desk.as(finn).ask(issueInvoice, { id })
      },
      async (doomed) => {
        const { as } = doomed.desk
        const before = await doomed.context.readSeries()
        const wasTaken = before.value.invoice.pending?.draftId === current
        const outcome = await as(finn)
          .ask(discardDraft, { id: current })
          .then(
            () => 'gone',
            (error: Failure) => error.code,
          )
        expect(outcome).toBe(wasTaken ? 'invoice-issued' : 'gone')
        expectDense(await every(doomed))
      },
    )
  })

  it('a credit note is issued once, and never for more than there is', async () => {
    let invoice: Invoice | undefined
    const crashes = await atEachWrite(
      async (doomed) => {
        const { as } = doomed.desk
        invoice = await as(finn).ask(issueInvoice, { id: (await draft(doomed)).id })
        const lines = [{ line: invoice.lines[0]?.id ?? '', quantity: '3' }]
        const { id } = invoice
        return () => as(finn).ask(creditInvoice, { id, creditNote: { reason: 'Retour', lines } })
      },
      async (doomed) => {
        const { as } = doomed.desk
        const rest = await as(finn)
          .ask(creditInvoice, { id: invoice?.id ?? '', creditNote: { reason: 'Solde' } })
          .then(({ totals }) => totals.net)
        const notes = (await every(doomed)).filter(({ credits }) => credits?.number === invoice?.number)
        expect(notes.every(({ number }) => number !== null)).toBe(true)
        // Reserved before the crash: one note of 3 and one of 1. Not reserved: one of all 4.
        expect(notes.map(({ totals }) => totals.net).sort()).toEqual(
          rest === '100.00' ? ['100.00'] : ['25.00', '75.00'],
        )
        expectDense(await every(doomed), 'credit-note')
      },
    )
    expect(crashes).toBeGreaterThanOrEqual(14)
  })

  it('a run bills each prestation once, by itself or when it is asked again', async () => {
    let key = 0
    const crashes = await atEachWrite(
      async (doomed) => {
        for (const ticket of [1001, 1001, 2001]) await log(doomed, ticket, 20)
        key += 1
        const idempotencyKey = `run ${key}`
        return () =>
          doomed.desk.as(finn).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30', idempotencyKey })
      },
      async (doomed) => {
        if (key % 2) await finishUnfinished(doomed.context)
        await doomed.desk
          .as(finn)
          .ask(runInvoices, { from: '2026-11-01', to: '2026-11-30', idempotencyKey: `run ${key}` })
        await doomed.desk.as(finn).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
        await expectConserved(doomed)
        const invoices = await every(doomed)
        const billed = invoices.flatMap(({ lines }) => lines).map(({ prestationId }) => prestationId)
        expect(new Set(billed).size).toBe(3 * key)
      },
    )
    expect(crashes).toBeGreaterThanOrEqual(16)
  })

  it('a run charges each month of a fixed fee once, and gives it back with the draft', async () => {
    let year = 2000
    const chargesOf = async (doomed: Doomed) =>
      (await every(doomed)).flatMap(({ lines }) =>
        lines.flatMap(({ period }) => period?.from.slice(0, 4) ?? []),
      )
    const crashes = await atEachWrite(
      async (doomed) => {
        const { as } = doomed.desk
        year += 1
        const december = { from: `${year}-12-01`, to: `${year}-12-31` }
        const fees = [{ description: 'Maintenance', price: '10', vatRate: '21', from: '2001-01' }]
        await as(finn).ask(putContract, { companyId: 'zeta', terms: { rates: [], fees } })
        return async () => {
          const { drafts } = await as(finn).ask(runInvoices, december)
          await as(finn).ask(discardDraft, { id: drafts[0]?.id ?? '' })
          await as(finn).ask(runInvoices, december)
        }
      },
      async (doomed) => {
        // The timer: a draft that was cut off holds its month until it is finished.
        await finishUnfinished(doomed.context)
        const december = { from: `${year}-12-01`, to: `${year}-12-31` }
        await doomed.desk.as(finn).ask(runInvoices, december)
        const charged = await chargesOf(doomed)
        expect(charged.filter((each) => each === String(year))).toHaveLength(1)
        expect(new Set(charged).size).toBe(charged.length)
      },
    )
    expect(crashes).toBeGreaterThanOrEqual(16)
  })

  it('a draft thrown away frees everything it held', async () => {
    let current = ''
    await atEachWrite(
      async (doomed) => {
        const { as } = doomed.desk
        const { items } = await as(anne).ask(listPrestations, { ticket: 1001 })
        if (items.length === 0) await Promise.all([log(doomed, 1001, 20), log(doomed, 1001, 30)])
        const { drafts } = await as(finn).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
        current = drafts[0]?.id ?? ''
        const id = current
        return () => as(finn).ask(discardDraft, { id })
      },
      async (doomed) => {
        await finishUnfinished(doomed.context)
        const left = (await every(doomed)).some(({ id }) => id === current)
        if (left) await doomed.desk.as(finn).ask(discardDraft, { id: current })
        await expectConserved(doomed)
        const { items } = await doomed.desk.as(anne).ask(listPrestations, { ticket: 1001 })
        expect(items.map(({ state }) => state)).toEqual(['open', 'open'])
      },
    )
  })

  it('a pack that was sold has its draft', async () => {
    const pack = {
      minutes: 60,
      price: '80',
      vatRate: '21',
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
    }
    await atEachWrite(
      async ({ desk: { as } }) =>
        () =>
          as(finn).ask(sellPack, { companyId: 'acme', pack }),
      async (doomed) => {
        await finishUnfinished(doomed.context)
        const { items } = await doomed.desk.as(finn).ask(listPacks, { companyId: 'acme', limit: 100 })
        const drafts = (await every(doomed)).map(({ id }) => id)
        expect(items.map(({ invoice }) => invoice).sort()).toEqual(drafts.sort())
      },
    )
  })
})

describe('at once', () => {
  it('eight issuers in two copies give dense numbers in date order', async () => {
    const table = neighbours()
    table.companies.set('acme', company('acme'))
    table.companies.set('zeta', company('zeta'))
    desk = await openReadyDesk({ services: [...serveNeighbours(table), billing, billing] })
    const { as, fakeClock } = desk
    const drafts = await Promise.all(
      Array.from({ length: 16 }, () =>
        as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines: [LINE] } }),
      ),
    )
    // Two seconds before midnight in Brussels; it strikes while they are at it.
    fakeClock.advance({ hours: 12, minutes: 59, seconds: 58 })
    let numbered = 0
    const issued = await Promise.all(
      drafts.map(async ({ id }) => {
        const invoice = await untilIssued(() => as(finn).ask(issueInvoice, { id }))
        numbered += 1
        // Whichever is the eighth: one that was asked for early may be the last.
        if (numbered === 8) fakeClock.advance({ seconds: 5 })
        return invoice
      }),
    )
    expectDense(issued)
    expect(issued).toHaveLength(16)
    expect(new Set(issued.map(({ issuedOn }) => issuedOn))).toEqual(new Set(['2026-11-24', '2026-11-25']))
    // The same one from all sides.
    const { id } = await as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines: [LINE] } })
    const same = await Promise.all(
      Array.from({ length: 8 }, () => untilIssued(() => as(finn).ask(issueInvoice, { id }))),
    )
    expect(new Set(same.map(({ number }) => number))).toEqual(new Set(['F-17']))
  })

  it('a change and an issue of one draft never mix: what is numbered is what was printed', async () => {
    const table = neighbours()
    for (const id of ['acme', 'zeta']) table.companies.set(id, company(id))
    desk = await openReadyDesk({ services: [...serveNeighbours(table), billing, billing] })
    const { as, engine } = desk
    const { invoices, series } = openCollections(engine.service('billing'))
    const outcomes = new Set<string>()
    const moments = [
      async () => true,
      async (id: string) => typeof (await invoices.get(id))?.value.issuing === 'string',
      async (id: string) => (await series.get(SERIES_ID))?.value.invoice.pending?.draftId === id,
    ]
    for (let round = 0; round < 9; round += 1) {
      const { id } = await as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines: [LINE] } })
      const change = async () => {
        await until('the moment to change', () => moments[round % 3]?.(id))
        return as(finn).ask(changeDraft, { id, changes: { reference: 'changed' } })
      }
      const [, changed] = await Promise.allSettled([as(finn).ask(issueInvoice, { id }), change()])
      const issued = await untilIssued(() => as(finn).ask(issueInvoice, { id }))
      outcomes.add(changed.status)
      expect([round, issued.reference]).toEqual([round, changed.status === 'fulfilled' ? 'changed' : null])
      const { blobId } = await as(finn).ask(getInvoiceDocument, { id, format: 'ubl' })
      const ubl = Buffer.from(await engine.service('billing').blobs.read(blobId)).toString()
      expect(/<cbc:BuyerReference>([^<]*)</.exec(ubl)?.[1]).toBe(issued.reference ?? 'Company acme')
    }
    expectDense((await as(finn).ask(listInvoices, { limit: 100 })).items as Invoice[])
    expect(outcomes).toEqual(new Set(['fulfilled', 'rejected']))
  })

  it('one run asked for from all sides is one run', async () => {
    const table = neighbours()
    for (const id of ['acme', 'zeta']) table.companies.set(id, company(id))
    table.tickets.set(1001, ticketOf('acme', 1001))
    table.tickets.set(2001, ticketOf('zeta', 2001))
    desk = await openReadyDesk({ services: [...serveNeighbours(table), billing, billing] })
    const { as } = desk
    for (let at = 0; at < 20; at += 1) {
      const prestation = { workedOn: '2026-11-20', minutes: 10, kind: 'Support', description: '' }
      await as(anne).ask(logPrestation, { ticket: at % 2 ? 1001 : 2001, prestation })
    }
    const period = { from: '2026-11-01', to: '2026-11-30', idempotencyKey: 'november' }
    const runs = await Promise.all(Array.from({ length: 8 }, () => as(finn).ask(runInvoices, period)))
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
    const after = await as(finn).ask(runInvoices, period)
    expect(after.drafts.map(({ totals }) => totals.net)).toEqual(['150.00', '150.00'])
    expect(after.state).toBe('done')
    expect((await as(finn).ask(listInvoices, {})).items).toHaveLength(2)
  })
})

/** As a person would: told that somebody else is at it, they look again. */
async function untilIssued(issue: () => Promise<Invoice>): Promise<Invoice> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await issue()
    } catch (error) {
      if (!(error instanceof Failure) || !error.retryable || tries > 50) throw error
    }
  }
}
