/** Many open balances of another system at once: looked over line by line, taken once, cut off and taken up again. */
import { listPacks, sellPack, type Pack } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { listReceivables, takeOverInvoice, withdrawInvoice } from '@guichet/contracts/receivables'
import { takeOverInvoices, takeOverPacks } from '@guichet/contracts/take-over'
import type { Language } from '@guichet/contracts/values/language'
import { accountActor, codeOf } from '@guichet/service/harness'
import { newBlobId } from '@guichet/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDoomedDesk } from './testing/doomed-desk.ts'
import { anne, bea, bob, finn, openDesk, openReadyDesk, paul, type Desk } from './testing/desk.ts'
import { company } from './testing/neighbours.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

async function kept(content: string | Uint8Array, at = desk): Promise<string> {
  const blobId = newBlobId()
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  await at.engine.service('gateway').blobs.put(blobId, bytes)
  return blobId
}
async function invoices(content: string | Uint8Array, commit: boolean, by = finn, language: Language = 'fr') {
  return await desk.as(by).ask(takeOverInvoices, { blobId: await kept(content), commit, language })
}
async function packs(content: string, commit: boolean, by = finn, language: Language = 'fr') {
  return await desk.as(by).ask(takeOverPacks, { blobId: await kept(content), commit, language })
}
const due = async (at = desk) => (await at.as(finn).ask(listReceivables, { limit: 100 })).items
const packsOf = async (companyId: string, at = desk): Promise<Pack[]> =>
  (await at.as(finn).ask(listPacks, { companyId, limit: 100 })).items
const faultsOf = (report: { lines: { line: number; faults: { column: string; code: string }[] }[] }) =>
  report.lines.map(({ line, faults }) => [line, ...faults.map(({ column, code }) => `${column} ${code}`)])

describe('open invoices', () => {
  const TABLE = [
    'Numéro;Client;Date;Échéance;Total TVAC;Payé;Devise;Communication',
    '2025-0412;Acme;20/09/2026;20/10/2026;1.210,00;210,05;EUR;+++202/5041/20087+++',
    '2025-0413;BE 0403.227.515;2026-09-21;2026-10-21;99,99;;;',
    '',
    '2025-0414;ACME;1/10/2026;31/10/2026;0,10;0,05;€;',
  ].join('\r\n')

  test('are looked over without a trace, then owed to the cent; the same file again finds them known', async () => {
    const looked = await invoices(TABLE, false)
    // 999.95 + 99.99 + 0.05.
    expect(looked).toMatchObject({ new: 3, known: 0, faulty: 0, open: '1099.99', currency: 'EUR' })
    expect(looked.lines[0]).toEqual({
      line: 2,
      client: 'Acme',
      company: { id: 'acme', name: 'Acme' },
      number: '2025-0412',
      issuedOn: '2026-09-20',
      dueOn: '2026-10-20',
      amount: '1210.00',
      paid: '210.05',
      open: '999.95',
      structuredReference: '+++202/5041/20087+++',
      outcome: 'new',
      faults: [],
    })
    expect(looked.lines.map(({ line }) => line)).toEqual([2, 3, 5])
    expect(await due()).toEqual([])

    expect(await invoices(TABLE, true)).toMatchObject({ new: 3, known: 0, faulty: 0, open: '1099.99' })
    const owed = [
      ['2025-0412', 'Acme', '2026-10-20', '1210.00', '210.05', '999.95'],
      ['2025-0413', 'Zeta', '2026-10-21', '99.99', '0.00', '99.99'],
      ['2025-0414', 'Acme', '2026-10-31', '0.10', '0.05', '0.05'],
    ]
    const rows = async () =>
      (await due()).map(({ number, company: { name }, dueOn, payable, paid, open }) => [
        number,
        name,
        dueOn,
        payable,
        paid,
        open,
      ])
    expect(await rows()).toEqual(owed)

    expect(await invoices(TABLE, false)).toMatchObject({ new: 0, known: 3, open: '0.00' })
    expect(await invoices(TABLE, true)).toMatchObject({ new: 0, known: 3, open: '0.00' })
    expect(await rows()).toEqual(owed)
  })

  test('pressed three times at once they are there once', async () => {
    const blobId = await kept(TABLE)
    const press = () => desk.as(finn).ask(takeOverInvoices, { blobId, commit: true, language: 'fr' })
    await Promise.all([press(), press(), press()])
    expect((await due()).map(({ number }) => number)).toEqual(['2025-0412', '2025-0413', '2025-0414'])
  })

  test('one taken over by itself is known; withdrawn, it comes again', async () => {
    const { invoiceId: id } = await desk.as(finn).ask(takeOverInvoice, {
      companyId: 'acme',
      invoice: { number: '2025-0412', issuedOn: '2026-09-20', dueOn: '2026-10-20', amount: '1210' },
    })
    expect(await invoices(TABLE, true)).toMatchObject({ new: 2, known: 1 })
    await desk.as(finn).ask(withdrawInvoice, { id })
    expect(await invoices(TABLE, true)).toMatchObject({ new: 1, known: 2, open: '999.95' })
  })

  test('commas, tabs, a named separator, Dutch and English names, Windows-1252 and UTF-16 are read alike', async () => {
    const english = 'number,client,date,due,total,paid\n"7",Acme,2026-09-20,2026-10-20,"1,210.00",10.5'
    const dutch =
      'sep=\t\nNummer\tKlant\tDatum\tVervaldag\tTotaal incl. btw\tOpenstaand\r\n7\tAcme\t20-09-2026\t20.10.2026\t1210,00\t1.199,50\r\n'
    const french =
      'Numéro;Client;Date;Échéance;Total TVAC;Payé\n7;Acme;20/09/2026 00:00;20/10/2026;1 210;10,50'
    const latin = Uint8Array.from([...french].map((sign) => sign.codePointAt(0) ?? 63))
    const wide = new Uint8Array(Buffer.from(`\uFEFF${dutch.slice('sep=\t\n'.length)}`, 'utf16le'))
    const read = await Promise.all([english, dutch, french, latin, wide].map((each) => invoices(each, false)))
    for (const { lines } of read)
      expect(lines).toMatchObject([
        {
          line: 2,
          outcome: 'new',
          issuedOn: '2026-09-20',
          dueOn: '2026-10-20',
          amount: '1210.00',
          open: '1199.50',
        },
      ])
  })

  test('each fault is named by line and column, in the reader’s words, and the rest is taken', async () => {
    desk.table.companies.set('acme-2', company('acme-2', { name: 'acme' }))
    const table = [
      'x;Klant;Number;Datum;Vervaldag;Bedrag;Saldo;Munt',
      ';Zeta;1;31/02/2026;2026-10-20;1.210;;',
      ';Zeta;2025/2;2026-09-20;2026-09-01;x;;USD',
      ';Nobody;3;2026-09-20;2026-10-20;121,00;;',
      ';ACME;4;2026-09-20;2026-10-20;121,00;122;',
      ';Zeta;5;2026-12-25;2026-12-01;0;;',
      ';Zeta;6;2026-09-20;2026-10-20;121,00;0;',
      ';;;;;;;',
      ';Zeta;7;2026-09-20;2026-10-20;121,00;;',
      ';Zeta;7;2026-09-20;2026-10-20;121,00;;',
      ';;8;2026-09-20;;121,00;;',
      ';Zeta;9;2026-09-20;2026-10-20;-12,50;;',
    ].join('\n')
    const report = await invoices(table, true, finn, 'nl')
    expect(faultsOf(report)).toEqual([
      [2, 'Datum day-unreadable', 'Bedrag thousand-or-decimal'],
      [3, 'Number number-unfit', 'Bedrag decimal-unreadable', 'Munt currency-not-euro'],
      [4, 'Klant client-unknown'],
      [5, 'Klant client-ambiguous', 'Saldo open-exceeds-total'],
      [
        6,
        'Datum day-in-the-future',
        'Vervaldag ends-before-it-begins',
        'Bedrag amount-not-positive',
        'Saldo nothing-left-to-pay',
      ],
      [7, 'Saldo nothing-left-to-pay'],
      [9],
      [10, 'Number line-twice'],
      [11, 'Klant cell-missing', 'Vervaldag cell-missing'],
      [12, 'Bedrag amount-not-positive', 'Saldo nothing-left-to-pay'],
    ])
    expect(report.lines[0]?.faults[0]?.detail).toBe('Onleesbare datum: schrijf 24/11/2026 of 2026-11-24.')
    expect(report.lines[7]?.faults[0]?.detail).toContain('regel 9')
    expect((await due()).map(({ number }) => number)).toEqual(['7'])
  })

  test('a number that is another invoice’s is said, whoever’s it is; the others are taken', async () => {
    await invoices(TABLE, true)
    const changed = TABLE.replace('99,99', '99,98').replace('ACME', 'Zeta').replace('2025-0412', '2025-0415')
    const report = await invoices(changed, true)
    expect(faultsOf(report)).toEqual([
      [2],
      [3, 'Numéro invoice-number-used'],
      [5, 'Numéro invoice-number-used'],
    ])
    expect(report.lines[1]?.faults[0]?.detail).toContain('2025-0413')
    expect(report).toMatchObject({ new: 1, known: 0, faulty: 2 })
    expect(await due()).toHaveLength(4)
  })

  test('the file as a whole is refused in words', async () => {
    const refusals: [string | Uint8Array, string][] = [
      ['a;b\n1;2', 'table-column-missing'],
      ['', 'table-column-missing'],
      ['Numéro;Date;Échéance;Total TVAC\n1;2026-09-20;2026-10-20;1', 'table-column-missing'],
      ['Numéro;Client\n1;"Acme', 'table-unreadable'],
      [Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]), 'table-unreadable'],
      [`Numéro;Client;Date;Échéance;Total TVAC\n${'1;Acme\n'.repeat(1001)}`, 'table-too-large'],
      [`Numéro;Client\n${'x'.repeat(1024 * 1024)}`, 'table-too-large'],
    ]
    for (const [content, code] of refusals)
      expect([code, await codeOf(invoices(content, false))]).toEqual([code, code])
    const gone = desk.as(finn).ask(takeOverInvoices, { blobId: newBlobId(), commit: true, language: 'fr' })
    expect(await codeOf(gone)).toBe('table-missing')
    await expect(invoices('Client;Date;Échéance;Total TVAC\n', false, finn, 'nl')).rejects.toMatchObject({
      params: { column: 'Nummer' },
    })
  })

  test('without a seller nothing is looked over: what is taken over names who is owed', async () => {
    await desk.stop()
    desk = await openDesk()
    expect(await codeOf(invoices(TABLE, false))).toBe('seller-missing')
  })
})

describe('prepaid hours', () => {
  const TABLE = [
    'Client;Référence;Heures restantes;Valable jusqu’au;Prix payé;Taux de TVA',
    'Acme;C-12;12:20;31/12/2026;1.000,00;21 %',
    'Acme;C-13;7,5;31/12/2026;;',
    'Zeta;;0,25;2027-03-31;;',
  ].join('\n')
  const shown = async (companyId: string, at = desk) =>
    (await packsOf(companyId, at)).map(({ reference, remainingMinutes, validUntil }) => [
      reference,
      remainingMinutes,
      validUntil,
    ])

  test('are looked over without a trace, then cover; the same file again finds them known', async () => {
    // 740 + 450 + 15.
    expect(await packs(TABLE, false)).toMatchObject({ new: 3, known: 0, faulty: 0, minutes: 1205 })
    expect(await packsOf('acme')).toEqual([])
    expect(await packs(TABLE, true)).toMatchObject({ new: 3, minutes: 1205 })
    const [second, first] = await packsOf('acme')
    expect(first).toMatchObject({
      reference: 'C-12',
      minutes: 740,
      price: '1000.00',
      vatRate: '21',
      validFrom: '2026-11-24',
      takenOver: true,
      invoice: null,
    })
    expect(second).toMatchObject({ reference: 'C-13', minutes: 450, price: '0.00' })
    expect(await shown('zeta')).toEqual([[undefined, 15, '2027-03-31']])
    expect(await packs(TABLE, true)).toMatchObject({ new: 0, known: 3, faulty: 0, minutes: 0 })
    expect([(await packsOf('acme')).length, (await packsOf('zeta')).length]).toEqual([2, 1])
  })

  test('pressed three times at once they are there once', async () => {
    const blobId = await kept(TABLE)
    const press = () => desk.as(finn).ask(takeOverPacks, { blobId, commit: true, language: 'fr' })
    await Promise.all([press(), press(), press()])
    expect([(await packsOf('acme')).length, (await packsOf('zeta')).length]).toEqual([2, 1])
  })

  test('a later file with other hours for the same pack doubles nothing and says so', async () => {
    await packs(TABLE, true)
    const later = TABLE.replace('12:20', '10:00').replace('0,25', '0,1').replace('C-13;7,5', 'c 13;7,5')
    const report = await packs(later, true)
    expect(faultsOf(report)).toEqual([
      [2, 'Référence pack-known-otherwise'],
      [3],
      [4, 'Référence pack-known-otherwise'],
    ])
    expect(report).toMatchObject({ new: 0, known: 1, faulty: 2 })
    expect(await shown('acme')).toEqual([
      ['C-13', 450, '2026-12-31'],
      ['C-12', 740, '2026-12-31'],
    ])
  })

  test('one taken over by itself, without a reference, stands for one line and no more', async () => {
    const pack = { minutes: 600, price: '0', vatRate: '0', validFrom: '2026-11-01', validUntil: '2026-12-31' }
    await desk.as(finn).ask(sellPack, { companyId: 'acme', pack: { ...pack, takenOver: true } })
    const one = 'Client;Heures;Fin\nAcme;10;31/12/2026'
    expect(await packs(one, true)).toMatchObject({ new: 0, known: 1 })
    const two = 'Client;Carnet;Heures;Fin\nAcme;A;10;31/12/2026\nAcme;B;10;31/12/2026'
    expect(await packs(two, true)).toMatchObject({ new: 1, known: 1 })
    // The line without a reference is the one from before; neither of the others is lost or doubled.
    const three = `${two}\nAcme;;10;31/12/2026`
    expect(await packs(three, true)).toMatchObject({ new: 1, known: 2 })
    expect(await packs(three, true)).toMatchObject({ new: 0, known: 3 })
    expect((await shown('acme')).map(([reference]) => reference).sort()).toEqual(['A', 'B', undefined])
  })

  test('what was sold here is another thing than what another system sold', async () => {
    const pack = {
      minutes: 600,
      price: '800',
      vatRate: '21',
      validFrom: '2026-11-01',
      validUntil: '2026-12-31',
    }
    await desk.as(finn).ask(sellPack, { companyId: 'acme', pack })
    expect(await packs('Client;Heures;Fin\nAcme;10;31/12/2026', true)).toMatchObject({ new: 1 })
  })

  test('each fault is named by line and column, and the rest is taken', async () => {
    const table = [
      'Client;Hours left;Valid from;Valid until;Price paid',
      'Acme;12,33;;31/12/2026;',
      'Acme;12:75;31/12/2026;30/12/2026;-1',
      'Acme;0;;23/11/2026;',
      'Nobody;beaucoup;;;',
      'Acme;1;;31/12/2026;',
      'Acme;2;;31/12/2026;',
      'Acme;3;2026-01-01;23/11/2026;',
    ].join('\n')
    const report = await packs(table, true, finn, 'en')
    expect(faultsOf(report)).toEqual([
      [2, 'Hours left hours-not-whole-minutes'],
      [3, 'Hours left hours-unreadable', 'Price paid amount-negative'],
      [4, 'Hours left quantity-zero', 'Valid until pack-over'],
      [5, 'Client client-unknown', 'Hours left hours-unreadable', 'Valid until cell-missing'],
      [6],
      [7, 'Reference line-twice'],
      [8],
    ])
    expect(report.lines[0]?.faults[0]?.detail).toBe(
      'These hours are no whole number of minutes: write them like 12:20.',
    )
    expect(await shown('acme')).toEqual([
      [undefined, 180, '2026-11-23'],
      [undefined, 60, '2026-12-31'],
    ])
  })
})

test('both are for finance and for nobody else', async () => {
  const admin = accountActor('luc', { roles: ['admin'] })
  const tables = {
    invoice: 'Numéro;Client;Date;Échéance;Total TVAC\n1;Acme;2026-09-20;2026-10-20;121',
    pack: 'Client;Heures;Fin\nAcme;10;31/12/2026',
  }
  for (const actor of [anne, paul, bea, bob])
    for (const commit of [false, true]) {
      expect(await codeOf(invoices(tables.invoice, commit, actor))).toBe('forbidden')
      expect(await codeOf(packs(tables.pack, commit, actor))).toBe('forbidden')
    }
  expect(await due()).toEqual([])
  expect(await packsOf('acme')).toEqual([])
  expect(await invoices(tables.invoice, true, admin)).toMatchObject({ new: 1 })
  expect(await packs(tables.pack, true, admin)).toMatchObject({ new: 1 })
})

describe('killed at every write', () => {
  const invoiceTable = [
    'Numéro;Client;Date;Échéance;Total TVAC;Payé',
    'old-1;acme;20/09/2026;20/10/2026;121,00;21,00',
    'old-2;zeta;20/09/2026;20/10/2026;0,01;',
    'old-3;acme;20/09/2026;20/10/2026;12,30;',
  ].join('\n')
  const packTable = [
    'Client;Référence;Heures;Fin',
    'acme;A;10;31/12/2026',
    'zeta;A;2,5;31/12/2026',
    'acme;B;1:05;31/12/2026',
  ].join('\n')
  const owedIn = async (at: Desk) => (await due(at)).map(({ number, open }) => `${number} ${open}`).sort()
  const hoursIn = async (at: Desk) => {
    const all = [...(await packsOf('acme', at)), ...(await packsOf('zeta', at))]
    return all
      .map(({ companyId, reference, remainingMinutes }) => `${companyId} ${reference} ${remainingMinutes}`)
      .sort()
  }
  const STORIES = {
    // One write each.
    invoices: {
      contract: takeOverInvoices,
      table: invoiceTable,
      there: owedIn,
      all: ['old-1 100.00', 'old-2 0.01', 'old-3 12.30'],
    },
    // One write for each client.
    packs: {
      contract: takeOverPacks,
      table: packTable,
      there: hoursIn,
      all: ['acme A 600', 'acme B 65', 'zeta A 150'],
    },
  }

  test.each([
    ['invoices', 'lost', 0],
    ['invoices', 'lost', 1],
    ['invoices', 'lost', 2],
    ['invoices', 'kept', 0],
    ['invoices', 'kept', 1],
    ['invoices', 'kept', 2],
    ['packs', 'lost', 0],
    ['packs', 'lost', 1],
    ['packs', 'kept', 0],
    ['packs', 'kept', 1],
  ] as const)(
    '%s: one %s after %i others; the next try makes what is missing',
    async (what, last, writesLeft) => {
      const { contract, table, there, all } = STORIES[what]
      const doomed = await openDoomedDesk()
      try {
        const blobId = await kept(table, doomed.desk)
        const press = () => doomed.desk.as(finn).ask(contract, { blobId, commit: true, language: 'fr' })
        Object.assign(doomed.plan, { writesLeft, last })
        await expect(press()).rejects.toBeInstanceOf(Failure)
        Object.assign(doomed.plan, { writesLeft: Infinity })
        const made = (await there(doomed.desk)).length
        expect(made > 0).toBe(writesLeft > 0 || last === 'kept')
        expect(await press()).toMatchObject({ new: 3 - made, known: made, faulty: 0 })
        expect(await there(doomed.desk)).toEqual(all)
        expect(await press()).toMatchObject({ new: 0, known: 3, faulty: 0 })
        expect(await there(doomed.desk)).toEqual(all)
      } finally {
        await doomed.desk.stop()
      }
    },
  )
})
