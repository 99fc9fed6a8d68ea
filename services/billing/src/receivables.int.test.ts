import {
  creditInvoice,
  draftInvoice,
  getInvoice,
  getInvoiceDocument,
  issueInvoice,
  recordPayment,
} from '@guichet/contracts/billing'
import type { Failure } from '@guichet/contracts/failure'
import {
  exportInvoices,
  getReminderSettings,
  invoiceReminded,
  listReceivables,
  pauseReminders,
  phraseQuestion,
  putReminderSettings,
  remindOfInvoice,
  verifyDocuments,
} from '@guichet/contracts/receivables'
import { codeOf } from '@guichet/service/harness'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anne, bea, bob, finn, openReadyDesk, paul, type Desk } from './testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

async function issued(companyId = 'acme', price = '100'): Promise<{ id: string; number: string }> {
  const line = {
    description: 'Câblage du local',
    quantity: '1',
    unit: 'piece' as const,
    price,
    vatRate: '21',
    ...(companyId === 'acme' && { ticket: 1001, workedOn: '2026-11-20' }),
  }
  const { id } = await desk.as(finn).ask(draftInvoice, { invoice: { companyId, lines: [line] } })
  const { number } = await desk.as(finn).ask(issueInvoice, { id })
  return { id, number: number ?? '' }
}
const receivables = async (company?: string) => (await desk.as(finn).ask(listReceivables, { company })).items
const pay = (id: string, amount: string) =>
  desk.as(finn).ask(recordPayment, { id, payment: { amount, paidOn: '2026-12-20' } })

describe('what is owed', () => {
  it('is what was invoiced, less what was credited and paid, the oldest due first', async () => {
    const first = await issued()
    desk.fakeClock.advance({ hours: 24 })
    const second = await issued('zeta')
    await pay(first.id, '21.00')
    await desk.as(finn).ask(creditInvoice, {
      id: second.id,
      creditNote: { reason: 'Geste', lines: [{ line: '1', quantity: '0.5' }] },
    })
    desk.fakeClock.advance({ hours: 24 * 31 })
    expect(
      (await receivables()).map(({ number, open, paid, credited, daysLate }) => [
        number,
        open,
        paid,
        credited,
        daysLate,
      ]),
    ).toEqual([
      [first.number, '100.00', '21.00', '0.00', 2],
      [second.number, '60.50', '0.00', '60.50', 1],
    ])
    expect((await desk.as(finn).ask(getInvoice, { id: first.id })).payments).toMatchObject([
      { amount: '21.00', paidOn: '2026-12-20', reference: null },
    ])
    expect((await desk.as(bea).ask(getInvoice, { id: first.id })).payments).toBeUndefined()
    await pay(first.id, '100.00')
    expect((await receivables('acme')).length).toBe(0)
  })

  it('is finance’s to see and to remind of', async () => {
    const { id } = await issued()
    for (const who of [anne, paul, bob]) {
      expect(await codeOf(desk.as(who).ask(listReceivables, {}))).toBe('forbidden')
      expect(await codeOf(desk.as(who).ask(remindOfInvoice, { id }))).toBe('not-found')
      expect(await codeOf(desk.as(who).ask(pauseReminders, { id, paused: true }))).toBe('not-found')
      expect(await codeOf(desk.as(who).ask(getReminderSettings, {}))).toBe('forbidden')
      expect(
        await codeOf(
          desk.as(who).ask(exportInvoices, { from: '2026-11-01', to: '2026-11-30', format: 'csv' }),
        ),
      ).toBe('forbidden')
    }
    expect(await codeOf(desk.as(bea).ask(remindOfInvoice, { id }))).toBe('forbidden')
  })
})

describe('reminders', () => {
  it('go by themselves where the house wants it, level by level, and stop when it is paid', async () => {
    const { id, number } = await issued()
    await desk.as(finn).ask(putReminderSettings, { settings: { automatic: true, daysLate: [5, 15, 30] } })
    // Due on 24 December; days go by one at a time, as the timer sees them.
    const days = async (count: number) => {
      for (let day = 0; day < count; day += 1) {
        desk.fakeClock.advance({ hours: 24 })
        await desk.until('the timer ran', async () => {
          const { reminders, nextReminder } = (await receivables())[0] ?? {
            reminders: [],
            nextReminder: null,
          }
          return nextReminder === null || nextReminder.from > today() || reminders.length === 3
        })
      }
    }
    const today = () => desk.fakeClock.now().toZonedDateTimeISO('Europe/Brussels').toPlainDate().toString()
    await days(34)
    expect((await receivables())[0]?.reminders).toEqual([])
    await days(1)
    const [first] = await desk.eventsOf(invoiceReminded, (data) => data.level === 1)
    expect(first?.data).toEqual({
      invoiceId: id,
      number,
      companyId: 'acme',
      level: 1,
      open: '121.00',
      dueOn: '2026-12-24',
      structuredReference: '+++202/6000/00192+++',
    })
    await pay(id, '20.00')
    await days(10)
    const [second] = await desk.eventsOf(invoiceReminded, (data) => data.level === 2)
    expect(second?.data.open).toBe('101.00')
    await pay(id, '101.00')
    await days(30)
    expect(desk.events.filter(({ subject }) => subject === invoiceReminded.subject)).toHaveLength(2)
  })

  it('do not go by themselves until somebody says so, nor while they are paused', async () => {
    const { id } = await issued()
    expect((await desk.as(finn).ask(getReminderSettings, {})).automatic).toBe(false)
    desk.fakeClock.advance({ hours: 24 * 60 })
    await desk.as(finn).ask(pauseReminders, { id, paused: true })
    await desk.as(finn).ask(putReminderSettings, { settings: { automatic: true, daysLate: [5, 15, 30] } })
    desk.fakeClock.advance({ hours: 2 })
    expect((await receivables())[0]).toMatchObject({
      reminders: [],
      remindersPaused: true,
      nextReminder: null,
    })
    // A person still may.
    expect((await desk.as(finn).ask(remindOfInvoice, { id })).reminders.map(({ level }) => level)).toEqual([
      1,
    ])
  })

  it('by hand: once a day, three in all, and only of what is late', async () => {
    const { id } = await issued()
    const remind = () => desk.as(finn).ask(remindOfInvoice, { id })
    expect(await codeOf(remind())).toBe('invoice-not-late')
    desk.fakeClock.advance({ hours: 24 * 40 })
    for (const level of [1, 2, 3]) {
      expect((await remind()).reminders.at(-1)?.level).toBe(level)
      expect(await codeOf(remind())).toBe('already-reminded')
      desk.fakeClock.advance({ hours: 24 })
    }
    expect(await codeOf(remind())).toBe('no-reminder-left')
  })

  it('at once from many sides are one', async () => {
    const { id } = await issued()
    desk.fakeClock.advance({ hours: 24 * 40 })
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, () => desk.as(finn).ask(remindOfInvoice, { id })),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await desk.eventsOf(invoiceReminded)).toHaveLength(1)
  })

  it('leave a week between two', async () => {
    const failure = await desk
      .as(finn)
      .ask(putReminderSettings, { settings: { automatic: true, daysLate: [5, 6, 30] } })
      .then(
        () => undefined,
        (error: Failure) => error,
      )
    expect(failure?.fields).toEqual([
      { path: 'daysLate.1', code: 'reminders-too-close', params: { days: 12 } },
    ])
  })
})

describe('for the accountant', () => {
  const exported = async (format: 'csv' | 'ubl' | 'pdf', from = '2026-11-01', to = '2026-12-31') => {
    const file = await desk.as(finn).ask(exportInvoices, { from, to, format })
    return { ...file, bytes: await desk.engine.service('billing').blobs.read(file.blobId) }
  }

  it('the period’s documents, as a table and as the files that were issued', async () => {
    const first = await issued()
    desk.fakeClock.advance({ hours: 24 * 10 })
    const second = await issued('zeta', '50')
    const { bytes, type } = await exported('csv')
    const rows = new TextDecoder().decode(bytes).split('\r\n')
    expect(type).toBe('text/csv')
    expect(rows.slice(1, -1).map((row) => row.split(';').slice(0, 3))).toEqual([
      [`"${first.number}"`, '"invoice"', '"2026-11-24"'],
      [`"${second.number}"`, '"invoice"', '"2026-12-04"'],
    ])
    const zip = unzipSync((await exported('ubl')).bytes)
    expect(Object.keys(zip)).toEqual([`${first.number}.xml`, `${second.number}.xml`])
    expect(strFromU8(zip[`${first.number}.xml`] ?? new Uint8Array())).toContain(
      `<cbc:ID>${first.number}</cbc:ID>`,
    )
    const papers = unzipSync((await exported('pdf')).bytes)
    expect(strFromU8(papers[`${second.number}.pdf`] ?? new Uint8Array(), true).slice(0, 8)).toBe('%PDF-1.7')
    const november = new TextDecoder().decode((await exported('csv', '2026-11-01', '2026-11-30')).bytes)
    expect(november.split('\r\n')).toHaveLength(3)
    expect(unzipSync((await exported('ubl', '2026-01-01', '2026-01-31')).bytes)).toEqual({})
  })

  it('of a year at most, between days that are', async () => {
    for (const [from, to, field] of [
      ['2026-02-30', '2026-03-31', 'from no-such-day'],
      ['2026-03-31', '2026-03-01', 'to ends-before-it-begins'],
      ['2024-01-01', '2026-12-31', 'to period-too-long'],
    ] as const) {
      const failure = await exported('csv', from, to).then(
        () => undefined,
        (error: Failure) => error,
      )
      expect(failure?.fields.map(({ path, code }) => `${path} ${code}`)).toEqual([field])
    }
  })
})

describe('issued documents', () => {
  const documentOf = (id: string, format: 'pdf' | 'ubl') =>
    desk.as(finn).ask(getInvoiceDocument, { id, format })

  it('stay out of the sweep’s reach, and the same', async () => {
    const { id } = await issued()
    const { blobs } = desk.engine.service('billing')
    const before = await Promise.all(
      (['pdf', 'ubl'] as const).map(async (format) => blobs.read((await documentOf(id, format)).blobId)),
    )
    // What nobody refers to goes; years later too, these stay.
    const { blobId: exported } = await desk
      .as(finn)
      .ask(exportInvoices, { from: '2026-11-01', to: '2026-11-30', format: 'csv' })
    expect(await blobs.sweepLoose(Date.parse('2037-01-01'))).toBe(1)
    await expect(blobs.read(exported)).rejects.toThrow()
    const after = await Promise.all(
      (['pdf', 'ubl'] as const).map(async (format) => blobs.read((await documentOf(id, format)).blobId)),
    )
    expect(after).toEqual(before)
    expect(await desk.as(finn).ask(verifyDocuments, {})).toEqual({ checked: 2, broken: [], next: null })
  })

  it('that are gone are named', async () => {
    const { id, number } = await issued()
    const { blobId } = await documentOf(id, 'ubl')
    await desk.engine.service('billing').blobs.remove(blobId)
    expect(await desk.as(finn).ask(verifyDocuments, {})).toEqual({
      checked: 2,
      broken: [{ number, document: 'ubl', problem: 'missing' }],
      next: null,
    })
    expect(await codeOf(desk.as(bea).ask(verifyDocuments, {}))).toBe('forbidden')
  })
})

describe('a question about a line', () => {
  it('is phrased for the client’s billing contact, with all that it is about', async () => {
    const { id, number } = await issued()
    const asked = await desk
      .as(bea)
      .ask(phraseQuestion, { id: number, line: '1', text: ' Pourquoi si cher ? ' })
    expect(asked.subject).toBe(`Question sur la facture ${number}, ligne 1`)
    expect(asked.description).toBe(
      [
        'Pourquoi si cher ?',
        '',
        'À propos de :',
        `Facture ${number}, ligne 1`,
        'Ticket #1001',
        'Date : 20/11/2026',
        'Câblage du local',
        'Montant hors TVA : 100,00 €',
      ].join('\n'),
    )
    for (const who of [bob, paul, anne]) {
      expect(await codeOf(desk.as(who).ask(phraseQuestion, { id, line: '1', text: 'x' }))).toBe('not-found')
    }
    expect(await codeOf(desk.as(finn).ask(phraseQuestion, { id, line: '1', text: 'x' }))).toBe('forbidden')
    expect(await codeOf(desk.as(bea).ask(phraseQuestion, { id, line: '9', text: 'x' }))).toBe('invalid-input')
  })
})
