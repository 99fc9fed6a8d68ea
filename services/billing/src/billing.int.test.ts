import {
  changeDraft,
  changePrestation,
  creditInvoice,
  discardDraft,
  draftInvoice,
  getContract,
  getInvoice,
  getInvoiceDocument,
  invoiceIssued,
  invoicePaid,
  issueInvoice,
  listInvoices,
  listPacks,
  listPrestations,
  logPrestation,
  prestationLogged,
  putContract,
  putSeller,
  putSeries,
  recordPayment,
  removePrestation,
  runInvoices,
  sellPack,
} from '@guichet/contracts/billing'
import type { InputOf } from '@guichet/contracts/definition'
import type { Failure } from '@guichet/contracts/failure'
import { codeOf } from '@guichet/service/harness'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  anne,
  bea,
  bob,
  finn,
  openDesk,
  openReadyDesk,
  paul,
  RATES,
  SELLER,
  zoe,
  type Desk,
} from './testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

type Work = Partial<InputOf<typeof logPrestation>['prestation']>
const log = (ticket: number, work: Work = {}, idempotencyKey?: string) =>
  desk.as(anne).ask(logPrestation, {
    ticket,
    idempotencyKey,
    prestation: {
      workedOn: '2026-11-20',
      kind: 'Support',
      description: 'Pilote réinstallé',
      ...(work.quantity === undefined && { minutes: 20 }),
      ...work,
    },
  })
const november = (changes: Partial<InputOf<typeof runInvoices>> = {}) =>
  desk.as(finn).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30', ...changes })
const issue = (id: string) => desk.as(finn).ask(issueInvoice, { id })
const states = async (ticket = 1001) =>
  (await desk.as(anne).ask(listPrestations, { ticket })).items.map(({ state, invoice }) => [state, invoice])
const handMade = (lines: InputOf<typeof draftInvoice>['invoice']['lines'], more = {}) =>
  desk.as(finn).ask(draftInvoice, { invoice: { companyId: 'acme', lines, ...more } })
const line = (changes = {}) => ({
  description: 'Licence',
  quantity: '1',
  unit: 'piece' as const,
  price: '100',
  vatRate: '21',
  ...changes,
})
async function issued(lines = [line()], more = {}) {
  return issue((await handMade(lines, more)).id)
}
async function fieldsOf(promise: Promise<unknown>) {
  const failure = await promise.then(
    () => undefined,
    (error: Failure) => error,
  )
  return failure?.fields.map(({ path, code }) => `${path} ${code}`)
}

describe('from work to a paid invoice', () => {
  it('bills the month’s work to the cent, and every line names its ticket', async () => {
    await log(1001, { minutes: 20 })
    await log(1002, { minutes: 7, workedOn: '2026-11-21' })
    await log(1001, { kind: 'Trajet', quantity: '37', workedOn: '2026-11-19' })
    const run = await november()
    expect(run).toMatchObject({ state: 'done', skipped: [] })
    expect(run.drafts).toHaveLength(1)
    const invoice = await issue(run.drafts[0]?.id ?? '')
    expect(invoice).toMatchObject({
      number: 'F-1',
      status: 'issued',
      issuedOn: '2026-11-24',
      dueOn: '2026-12-24',
      structuredReference: '+++202/6000/00192+++',
      totals: {
        net: '56.51',
        vat: [{ rate: '21', category: 'S', taxable: '56.51', amount: '11.87' }],
        gross: '68.38',
        prepaid: '0.00',
        payable: '68.38',
      },
    })
    expect(
      invoice.lines.map(({ ticket, workedOn, quantity, unit, net }) => [
        ticket,
        workedOn,
        quantity,
        unit,
        net,
      ]),
    ).toEqual([
      [1001, '2026-11-19', '37', 'km', '16.01'],
      [1001, '2026-11-20', '20', 'minute', '30.00'],
      [1002, '2026-11-21', '7', 'minute', '10.50'],
    ])
    expect(invoice.tickets).toEqual([
      { number: 1001, subject: 'Subject of 1001', requester: '' },
      { number: 1002, subject: 'Subject of 1002', requester: '' },
    ])
    expect(await states()).toEqual([
      ['invoiced', 'F-1'],
      ['invoiced', 'F-1'],
    ])
    const [event] = await desk.eventsOf(invoiceIssued)
    expect(event?.data).toMatchObject({
      number: 'F-1',
      payable: '68.38',
      tickets: [1001, 1002],
      kind: 'invoice',
    })
    expect(event?.audience).toEqual({ accounts: [], staff: true })

    const ubl = await desk.as(bea).ask(getInvoiceDocument, { id: 'F-1', format: 'ubl' })
    expect(ubl.name).toBe('F-1.xml')
    const pdf = await desk.as(bea).ask(getInvoiceDocument, { id: 'f-1', format: 'pdf' })
    const bytes = await desk.engine.service('billing').blobs.read(pdf.blobId)
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(bytes).toHaveLength(pdf.size)

    const half = { amount: '30.00', paidOn: '2026-12-01' }
    expect((await desk.as(finn).ask(recordPayment, { id: 'F-1', payment: half })).status).toBe('partly-paid')
    const rest = { amount: '38.38', paidOn: '2026-12-02' }
    const paid = await desk.as(finn).ask(recordPayment, { id: 'F-1', payment: rest, idempotencyKey: 'rest' })
    expect(paid).toMatchObject({ status: 'paid', paid: '68.38' })
    const again = await desk.as(finn).ask(recordPayment, { id: 'F-1', payment: rest, idempotencyKey: 'rest' })
    expect(again.paid).toBe('68.38')
    const payments = await desk.eventsOf(invoicePaid, undefined, 2)
    expect(payments.map(({ data }) => data.settled)).toEqual([false, true])
  })

  it('issues once however often it is asked', async () => {
    const draft = await handMade([line()])
    const first = await issue(draft.id)
    expect(await issue(draft.id)).toEqual(first)
    expect((await issued()).number).toBe('F-2')
  })

  it('dates never go back, and a number set by a person is the next', async () => {
    await issued()
    await desk.as(finn).ask(putSeries, { series: { invoice: { prefix: 'VF', next: 1042 } } })
    expect((await issued()).number).toBe('VF1042')
    expect(
      await fieldsOf(desk.as(finn).ask(putSeries, { series: { invoice: { prefix: 'VF', next: 1042 } } })),
    ).toEqual(['invoice.next number-used'])
    expect(
      await fieldsOf(desk.as(finn).ask(putSeries, { series: { creditNote: { prefix: 'vf2', next: 1 } } })),
    ).toEqual(['creditNote.prefix prefixes-meet'])
  })
})

describe('prestations', () => {
  it('are found again under their key, changed and removed until they are on a draft', async () => {
    const first = await log(1001, {}, 'k1')
    expect(await log(1001, {}, 'k1')).toEqual(first)
    expect(first).toMatchObject({ state: 'open', cost: '30.00', agent: { id: 'anne', name: 'Anne Lambert' } })
    await desk.eventsOf(prestationLogged)
    const changed = await desk
      .as(anne)
      .ask(changePrestation, { ticket: 1001, id: first.id, changes: { minutes: 40 } })
    expect(changed).toMatchObject({ minutes: 40, cost: '60.00' })
    const swapped = await desk.as(anne).ask(changePrestation, {
      ticket: 1001,
      id: first.id,
      changes: { kind: 'Trajet', quantity: '10' },
    })
    expect(swapped).toMatchObject({ minutes: null, quantity: '10', cost: '4.33' })
    const { drafts } = await november()
    const change = () =>
      desk.as(anne).ask(changePrestation, { ticket: 1001, id: first.id, changes: { quantity: '1' } })
    expect(await codeOf(change())).toBe('prestation-drafted')
    await issue(drafts[0]?.id ?? '')
    expect(await codeOf(change())).toBe('prestation-invoiced')
    expect(await codeOf(desk.as(anne).ask(removePrestation, { ticket: 1001, id: first.id }))).toBe(
      'prestation-invoiced',
    )

    const gone = await log(1001)
    await desk.as(anne).ask(removePrestation, { ticket: 1001, id: gone.id })
    expect(await states()).toEqual([['invoiced', 'F-1']])
  })

  it('are refused in words where they make no sense', async () => {
    expect(await codeOf(log(3001))).toBe('ticket-without-company')
    expect(await codeOf(log(9999))).toBe('not-found')
    expect(await fieldsOf(log(1001, { workedOn: '2026-02-30' }))).toEqual(['workedOn no-such-day'])
    expect(await fieldsOf(log(1001, { workedOn: '2027-11-24' }))).toEqual(['workedOn day-too-late'])
    expect(await fieldsOf(log(1001, { minutes: 5, quantity: '2' }))).toEqual(['quantity minutes-or-quantity'])
    expect(await fieldsOf(log(1001, { minutes: undefined, quantity: '0' }))).toEqual([
      'quantity quantity-zero',
    ])
    expect((await log(1001, { workedOn: '2026-01-02' })).workedOn).toBe('2026-01-02')
  })

  it('are seen by their customer where the contract says so, without prices', async () => {
    await log(1001)
    const list = (actor: typeof paul) => desk.as(actor).ask(listPrestations, { ticket: 1001 })
    expect(await codeOf(list(paul))).toBe('forbidden')
    expect(await codeOf(list(zoe))).toBe('not-found')
    await desk
      .as(finn)
      .ask(putContract, { companyId: 'acme', terms: { rates: RATES, customersSeeTime: true } })
    await november()
    const { items } = await list(paul)
    expect(items).toMatchObject([{ minutes: 20, cost: null, state: 'open', invoice: null }])
    expect(await codeOf(list(zoe))).toBe('not-found')
    expect(await codeOf(list(bob))).toBe('not-found')
    expect(
      await codeOf(
        desk.as(paul).ask(logPrestation, {
          ticket: 1001,
          prestation: { workedOn: '2026-11-20', minutes: 1, kind: 'Support', description: '' },
        }),
      ),
    ).toBe('forbidden')
  })

  it('that are not billable stay off the invoice, and a kind without price is told', async () => {
    await log(1001, { billable: false })
    await log(1001, { kind: 'Nuit' })
    await log(1001)
    await log(2001, { kind: 'Nuit' })
    const { drafts, skipped } = await november()
    expect(drafts.map(({ company, totals }) => [company.id, totals.net])).toEqual([['acme', '30.00']])
    expect(skipped).toEqual([
      { companyId: 'zeta', reason: 'kind-without-price', kinds: ['Nuit'] },
      { companyId: 'acme', reason: 'kind-without-price', kinds: ['Nuit'] },
    ])
    expect((await states()).map(([state]) => state).sort()).toEqual(['drafted', 'not-billable', 'open'])
  })
})

describe('drafts', () => {
  it('let prestations go when lines are taken off or the draft is thrown away', async () => {
    await log(1001, { description: 'un' })
    await log(1001, { description: 'deux', workedOn: '2026-11-21' })
    const id = (await november()).drafts[0]?.id ?? ''
    const [kept] = (await desk.as(finn).ask(getInvoice, { id })).lines
    const changed = await desk.as(finn).ask(changeDraft, {
      id,
      changes: {
        lines: [
          {
            ...line({ description: 'Un, arrondi', unit: 'minute', quantity: '15', price: '90', per: 60 }),
            id: kept?.id,
          },
          line(),
        ],
      },
    })
    expect(changed.lines).toMatchObject([
      { id: '1', description: 'Un, arrondi', net: '22.50', prestationId: kept?.prestationId },
      { id: '3', prestationId: null, net: '100.00' },
    ])
    expect((await states()).map(([state]) => state).sort()).toEqual(['drafted', 'open'])
    await desk.as(finn).ask(discardDraft, { id })
    expect((await states()).map(([state]) => state)).toEqual(['open', 'open'])
    expect(await codeOf(desk.as(finn).ask(getInvoice, { id }))).toBe('not-found')
    expect((await november()).drafts).toMatchObject([{ totals: { net: '60.00' } }])
  })

  it('are found again under the run’s key, and a run without work has none', async () => {
    expect((await november()).drafts).toEqual([])
    await log(1001)
    const run = await november({ idempotencyKey: 'nov' })
    expect(await november({ idempotencyKey: 'nov' })).toEqual(run)
    expect((await november()).drafts).toEqual([])
  })

  it('never bill one prestation twice, however many runs go at once', async () => {
    for (let at = 0; at < 12; at += 1) await log(at % 2 ? 1001 : 2001, { minutes: 10 })
    const runs = await Promise.all(Array.from({ length: 6 }, () => november()))
    const lines: (string | null)[] = []
    for (const { id } of runs.flatMap(({ drafts }) => drafts)) {
      lines.push(
        ...(await desk.as(finn).ask(getInvoice, { id })).lines.map(({ prestationId }) => prestationId),
      )
    }
    expect(lines).toHaveLength(12)
    expect(new Set(lines).size).toBe(12)
    expect(
      (await desk.as(finn).ask(listInvoices, {})).items.every(({ totals }) => totals.net !== '0.00'),
    ).toBe(true)
  })

  it('by hand follow the three formulas: discounts, allowances, prepaid, negative quantities', async () => {
    const invoice = await handMade(
      [
        line({ quantity: '3', price: '33.335', discountPercent: '10' }),
        line({ description: 'Acompte', quantity: '-1', price: '20' }),
        line({ price: '50', vatRate: '6' }),
      ],
      { allowances: [{ amount: '5.00', vatRate: '21.0', reason: 'Geste commercial' }], prepaid: '10.00' },
    )
    // 3 × 33.335 = 100.005 → 100.01 − 10.00 = 90.01; − 20 − 5 = 65.01 at 21 %: 13.6521 → 13.65; 50 at 6 %: 3.
    expect(invoice.totals).toEqual({
      net: '115.01',
      vat: [
        { rate: '21', category: 'S', taxable: '65.01', amount: '13.65' },
        { rate: '6', category: 'S', taxable: '50.00', amount: '3.00' },
      ],
      gross: '131.66',
      prepaid: '10.00',
      payable: '121.66',
    })
    expect(await fieldsOf(handMade([line({ vatRate: '0' })]))).toEqual([
      'lines.0.vatCategory vat-category-needed',
    ])
    const negative = await handMade([line({ quantity: '-1' })])
    expect(await codeOf(issue(negative.id))).toBe('invoice-total-negative')
  })
})

describe('issuing', () => {
  it('asks for the seller by name, and takes no number while something is wrong', async () => {
    await desk.stop()
    desk = await openDesk()
    const draft = await handMade([line()])
    await expect(issue(draft.id)).rejects.toMatchObject({
      code: 'seller-missing',
      params: { fields: 'name, address, vatNumber, iban' },
    })
    await desk.as(finn).ask(putSeller, { seller: { ...SELLER, iban: null } })
    await expect(issue(draft.id)).rejects.toMatchObject({
      code: 'seller-missing',
      params: { fields: 'iban' },
    })
    expect(
      await fieldsOf(desk.as(finn).ask(putSeller, { seller: { ...SELLER, iban: 'BE68539007547035' } })),
    ).toEqual(['iban iban-wrong'])
    await desk.as(finn).ask(putSeller, { seller: SELLER })
    expect((await issue(draft.id)).number).toBe('F-1')
  })

  it('wants both VAT numbers under reverse charge, and says why there is no VAT', async () => {
    desk.table.companies.set('acme', { ...desk.table.companies.get('acme')!, vatNumber: null })
    const reversed = line({ vatRate: '0', vatCategory: 'AE' })
    const draft = await handMade([reversed])
    await expect(issue(draft.id)).rejects.toMatchObject({
      code: 'buyer-missing',
      params: { fields: 'vatNumber' },
    })
  })

  it('leaves an issued invoice as it is', async () => {
    const { id } = await issued()
    expect(await codeOf(desk.as(finn).ask(changeDraft, { id, changes: { reference: 'x' } }))).toBe(
      'invoice-issued',
    )
    expect(await codeOf(desk.as(finn).ask(discardDraft, { id }))).toBe('invoice-issued')
  })

  it('gives a private person a PDF and no electronic invoice', async () => {
    const person = {
      ...desk.table.companies.get('acme')!,
      vatNumber: null,
      enterpriseNumber: null,
      address: null,
    }
    desk.table.companies.set('acme', person)
    const { id } = await issued()
    expect((await desk.as(finn).ask(getInvoiceDocument, { id, format: 'pdf' })).type).toBe('application/pdf')
    expect(await codeOf(desk.as(finn).ask(getInvoiceDocument, { id, format: 'ubl' }))).toBe(
      'no-electronic-invoice',
    )
  })
})

describe('credit notes', () => {
  it('take an invoice back whole, with a number of their own', async () => {
    await log(1001)
    const { number, lines } = await issue((await november()).drafts[0]?.id ?? '')
    const note = await desk
      .as(finn)
      .ask(creditInvoice, { id: number ?? '', creditNote: { reason: 'Doublon' } })
    expect(note).toMatchObject({
      number: 'NC-1',
      kind: 'credit-note',
      status: 'issued',
      dueOn: null,
      structuredReference: null,
      credits: { number: 'F-1', issuedOn: '2026-11-24', reason: 'Doublon' },
      totals: { net: '30.00', gross: '36.30' },
    })
    expect(note.lines.map(({ id }) => id)).toEqual(lines.map(({ id }) => id))
    expect((await desk.as(finn).ask(getInvoice, { id: 'F-1' })).status).toBe('credited')
    expect(await states()).toEqual([['credited', 'F-1']])
    const again = desk.as(finn).ask(creditInvoice, { id: 'F-1', creditNote: { reason: 'Encore' } })
    expect(await codeOf(again)).toBe('nothing-left-to-credit')
    expect((await november()).drafts).toEqual([])
  })

  it('never take more than was invoiced, however many are asked at once', async () => {
    const { id, lines } = await issued([line({ quantity: '10', price: '9.99' })])
    const credit = () =>
      desk.as(finn).ask(creditInvoice, {
        id,
        creditNote: { reason: 'Retour', lines: [{ line: lines[0]?.id ?? '', quantity: '3' }] },
      })
    const results = await Promise.allSettled(Array.from({ length: 6 }, credit))
    const notes = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.number] : []))
    expect(notes.sort()).toEqual(['NC-1', 'NC-2', 'NC-3'])
    const rest = await desk.as(finn).ask(creditInvoice, { id, creditNote: { reason: 'Solde' } })
    expect(rest.totals.net).toBe('9.99')
    const all = (await desk.as(finn).ask(listInvoices, { company: 'acme' })).items
    expect(
      all
        .filter(({ kind }) => kind === 'credit-note')
        .map(({ totals }) => totals.net)
        .sort(),
    ).toEqual(['29.97', '29.97', '29.97', '9.99'])
  })

  it('under one key are one', async () => {
    const { id } = await issued()
    const credit = () =>
      desk.as(finn).ask(creditInvoice, { id, creditNote: { reason: 'Doublon' }, idempotencyKey: 'c' })
    expect((await credit()).number).toBe('NC-1')
    expect((await credit()).number).toBe('NC-1')
  })

  it('take a document’s discount only with its last line', async () => {
    const { id, lines } = await issued([line(), line()], {
      allowances: [{ amount: '150.00', vatRate: '21', reason: 'Remise' }],
    })
    const one = [{ line: lines[0]?.id ?? '' }]
    const partly = desk.as(finn).ask(creditInvoice, { id, creditNote: { reason: 'x', lines: one } })
    await expect(partly).rejects.toMatchObject({
      code: 'credit-exceeds-invoice',
      params: { amount: '50.00' },
    })
    const whole = await desk.as(finn).ask(creditInvoice, { id, creditNote: { reason: 'x' } })
    expect(whole.totals.net).toBe('50.00')
  })
})

describe('packs', () => {
  const pack = {
    minutes: 60,
    price: '80.00',
    vatRate: '21',
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
  }
  const sell = (changes = {}) =>
    desk.as(finn).ask(sellPack, { companyId: 'acme', pack: { ...pack, ...changes } })

  it('are sold by a draft, and cover work in the order it was done', async () => {
    const sold = await sell()
    expect(sold).toMatchObject({ remainingMinutes: 60, minutes: 60 })
    const sale = await desk.as(finn).ask(getInvoice, { id: sold.invoice ?? '' })
    expect(sale.totals.gross).toBe('96.80')
    // Entered last, worked first.
    await log(1001, { minutes: 50, workedOn: '2026-11-12' })
    await log(1002, { minutes: 30, workedOn: '2026-11-10' })
    const draft = await desk.as(finn).ask(getInvoice, { id: (await november()).drafts[0]?.id ?? '' })
    expect(draft.lines.map(({ ticket, quantity, price, net }) => [ticket, quantity, price, net])).toEqual([
      [1001, '30', '0.00', '0.00'],
      [1001, '20', '90.00', '30.00'],
      [1002, '30', '0.00', '0.00'],
    ])
    expect((await desk.as(bea).ask(listPacks, { companyId: 'acme' })).items).toMatchObject([
      { remainingMinutes: 0 },
    ])
    expect(await states(1002)).toMatchObject([['covered', draft.id]])
    expect(await codeOf(desk.as(finn).ask(discardDraft, { id: sold.invoice ?? '' }))).toBe('pack-in-use')
    await desk.as(finn).ask(discardDraft, { id: draft.id })
    expect((await desk.as(anne).ask(listPacks, { companyId: 'acme' })).items).toMatchObject([
      { remainingMinutes: 60 },
    ])
    await desk.as(finn).ask(discardDraft, { id: sold.invoice ?? '' })
    expect((await desk.as(anne).ask(listPacks, { companyId: 'acme' })).items).toEqual([])
  })

  it('cover what has no price whole or not at all', async () => {
    await sell()
    await log(1001, { kind: 'Nuit', minutes: 45, workedOn: '2026-11-10' })
    await log(1001, { kind: 'Nuit', minutes: 30, workedOn: '2026-11-11' })
    const { drafts, skipped } = await november()
    expect(drafts).toMatchObject([{ totals: { gross: '0.00' } }])
    expect(skipped).toEqual([{ companyId: 'acme', reason: 'kind-without-price', kinds: ['Nuit'] }])
    expect((await states()).map(([state]) => state)).toEqual(['open', 'covered'])
    expect((await issue(drafts[0]?.id ?? '')).status).toBe('paid')
  })
})

describe('who sees what', () => {
  it('shows billing contacts what was issued to their company, and nothing else', async () => {
    const draft = await handMade([line()])
    const done = await issued()
    const list = async (actor: typeof bea) =>
      (await desk.as(actor).ask(listInvoices, {})).items.map(({ number }) => number)
    expect(await list(bea)).toEqual(['F-1'])
    expect(await list(bob)).toEqual([])
    expect(await codeOf(desk.as(bob).ask(listInvoices, { company: 'acme' }))).toBe('not-found')
    // Support sees beside a ticket what its client was sent: of one client, issued, never the paper.
    expect(await codeOf(desk.as(anne).ask(listInvoices, {}))).toBe('forbidden')
    const beside = (await desk.as(anne).ask(listInvoices, { company: 'acme' })).items
    expect(beside.length).toBeGreaterThan(0)
    expect(beside.every(({ number }) => number !== null)).toBe(true)
    expect((await desk.as(anne).ask(listInvoices, { company: 'acme', status: 'draft' })).items).toEqual([])
    expect(await codeOf(desk.as(anne).ask(getInvoice, { id: beside[0]?.id ?? '' }))).toBe('not-found')
    expect(await codeOf(desk.as(paul).ask(listInvoices, {}))).toBe('forbidden')
    const see = (actor: typeof bea, id: string) => codeOf(desk.as(actor).ask(getInvoice, { id }))
    expect(await see(bea, 'F-1')).toBeUndefined()
    for (const actor of [bob, paul, zoe, anne]) {
      expect(await see(actor, 'F-1')).toBe('not-found')
      expect(await see(actor, done.id)).toBe('not-found')
      expect(await codeOf(desk.as(actor).ask(getInvoiceDocument, { id: 'F-1', format: 'pdf' }))).toBe(
        'not-found',
      )
    }
    expect(await see(bea, draft.id)).toBe('not-found')
    const payment = { amount: '1.00', paidOn: '2026-11-24' }
    expect(await codeOf(desk.as(bea).ask(recordPayment, { id: 'F-1', payment }))).toBe('forbidden')
    expect(await codeOf(desk.as(bob).ask(recordPayment, { id: 'F-1', payment }))).toBe('not-found')
    expect(await codeOf(desk.as(bea).ask(issueInvoice, { id: draft.id }))).toBe('not-found')
  })

  it('keeps contracts in the house and their writing with finance', async () => {
    expect(await codeOf(desk.as(anne).ask(getContract, { companyId: 'acme' }))).toBeUndefined()
    expect(await codeOf(desk.as(bea).ask(getContract, { companyId: 'acme' }))).toBe('not-found')
    const put = (actor: typeof bea) =>
      codeOf(desk.as(actor).ask(putContract, { companyId: 'acme', terms: { rates: [] } }))
    expect(await put(anne)).toBe('forbidden')
    expect(await put(bea)).toBe('not-found')
    expect(await codeOf(desk.as(anne).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' }))).toBe(
      'forbidden',
    )
    expect(await codeOf(desk.as(zoe).ask(listPacks, { companyId: 'acme' }))).toBe('not-found')
    expect(await codeOf(desk.as(bob).ask(listPacks, { companyId: 'acme' }))).toBe('not-found')
  })
})

describe('contract versions', () => {
  it('prices work by its day: what changes from a day on leaves the days before alone', async () => {
    const rate = (price: string) => ({ rates: [{ ...RATES[0]!, price }] })
    const finance = desk.as(finn)
    await finance.ask(putContract, { companyId: 'acme', validFrom: '2026-12-01', terms: rate('120.00') })
    expect(await finance.ask(getContract, { companyId: 'acme' })).toMatchObject({
      rates: RATES,
      coming: [{ validFrom: '2026-12-01', terms: rate('120.00') }],
    })
    await log(1001, { workedOn: '2026-11-30', minutes: 60 })
    await log(1001, { workedOn: '2026-12-01', minutes: 60 })
    const { items } = await desk.as(anne).ask(listPrestations, { ticket: 1001 })
    expect(items.map(({ workedOn, cost }) => [workedOn, cost])).toEqual([
      ['2026-12-01', '120.00'],
      ['2026-11-30', '90.00'],
    ])
    const { drafts } = await finance.ask(runInvoices, { from: '2026-11-01', to: '2026-12-31' })
    expect(drafts[0]?.totals.net).toBe('210.00')
    const from = (validFrom: string) =>
      finance.ask(putContract, { companyId: 'acme', validFrom, terms: rate('100.00') })
    await expect(from('2026-10-31')).rejects.toMatchObject({
      fields: [{ path: 'validFrom', code: 'version-in-the-past' }],
    })
    // The work of the 30th is on the draft.
    await expect(from('2026-11-01')).rejects.toMatchObject({
      fields: [{ path: 'validFrom', code: 'version-over-billed-work' }],
    })
    await finance.ask(discardDraft, { id: drafts[0]?.id ?? '' })
    await from('2026-11-10')
    await log(1001, { workedOn: '2026-11-09', minutes: 60 })
    const again = await desk.as(anne).ask(listPrestations, { ticket: 1001 })
    expect(again.items.map(({ workedOn, cost }) => [workedOn, cost])).toEqual([
      ['2026-12-01', '120.00'],
      ['2026-11-30', '100.00'],
      ['2026-11-09', '90.00'],
    ])
  })

  it('a discount on time stands on each of its lines, and on no other', async () => {
    const finance = desk.as(finn)
    await finance.ask(putContract, {
      companyId: 'acme',
      terms: { rates: RATES, timeDiscountPercent: '12.5' },
    })
    await log(1001, { workedOn: '2026-11-20', minutes: 20 })
    await log(1001, { workedOn: '2026-11-20', quantity: '37', kind: 'Trajet' })
    const { drafts } = await finance.ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
    const { lines, totals, id } = await finance.ask(getInvoice, { id: drafts[0]?.id ?? '' })
    // r2(20 × 90 / 60) − r2(30.00 × 12.5 %) = 30.00 − 3.75; 37 × 0.4327 = 16.0099.
    expect(lines.map(({ kind, discountPercent, net }) => [kind, discountPercent, net]).toSorted()).toEqual([
      ['Support', '12.5', '26.25'],
      ['Trajet', null, '16.01'],
    ])
    // 42.26 at 21 % is 8.8746.
    expect(totals).toMatchObject({ net: '42.26', gross: '51.13' })
    expect((await finance.ask(issueInvoice, { id })).number).toBe('F-1')
    await expect(
      finance.ask(putContract, { companyId: 'acme', terms: { rates: RATES, timeDiscountPercent: '101' } }),
    ).rejects.toMatchObject({ fields: [{ path: 'timeDiscountPercent', code: 'too-large' }] })
  })
})
