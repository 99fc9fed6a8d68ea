/** Tables of what another system leaves open: what their columns are called, and what each line says. Pure. */
import type { OpeningInvoice } from '@guichet/contracts/receivables'
import { ENTERPRISE_NUMBER, VAT_NUMBER, type ColumnNames } from '@guichet/contracts/values/table'
import { decimal, plain, ZERO } from './amounts.ts'
import type { ClientColumn } from './client-register.ts'
import { openingFaults } from './opening-invoice.ts'
import { packFaults } from './packs.ts'
import { readDay, readDecimal, readMinutes, type Read } from './written.ts'

const CLIENT: ColumnNames = {
  fr: 'Client',
  nl: 'Klant',
  en: 'Client',
  also: ['customer', 'societe', 'company', 'bedrijf', 'nom', 'naam', 'name', 'nomduclient', 'klantnaam'],
}
const OF_CLIENT = { client: CLIENT, vatNumber: VAT_NUMBER, enterpriseNumber: ENTERPRISE_NUMBER }

export const INVOICE_COLUMNS = {
  ...OF_CLIENT,
  number: {
    fr: 'Numéro',
    nl: 'Nummer',
    en: 'Number',
    also: ['facture', 'nfacture', 'numerodefacture', 'factuur', 'factuurnummer', 'invoice', 'invoicenumber'],
  },
  issuedOn: {
    fr: 'Date',
    nl: 'Datum',
    en: 'Date',
    also: ['datedefacture', 'datefacture', 'factuurdatum', 'invoicedate', 'issuedon'],
  },
  dueOn: {
    fr: 'Échéance',
    nl: 'Vervaldag',
    en: 'Due',
    also: ['datedecheance', 'dateecheance', 'vervaldatum', 'duedate', 'dueon'],
  },
  amount: {
    fr: 'Total TVAC',
    nl: 'Totaal incl. btw',
    en: 'Total incl. VAT',
    also: [
      'total',
      'montant',
      'tvac',
      'ttc',
      'totalttc',
      'montanttvac',
      'montantttc',
      'totaal',
      'bedrag',
      'amount',
    ],
  },
  paid: { fr: 'Payé', nl: 'Betaald', en: 'Paid', also: ['dejapaye', 'albetaald', 'paidsofar'] },
  open: {
    fr: 'Solde',
    nl: 'Openstaand',
    en: 'Open',
    also: ['resteapayer', 'soldeouvert', 'saldo', 'openstaandbedrag', 'balance', 'outstanding'],
  },
  currency: { fr: 'Devise', nl: 'Munt', en: 'Currency', also: ['monnaie', 'valuta'] },
  structuredReference: {
    fr: 'Communication',
    nl: 'Mededeling',
    en: 'Communication',
    also: ['communicationstructuree', 'gestructureerdemededeling', 'vcs', 'ogm', 'structuredreference'],
  },
} as const satisfies Record<string, ColumnNames>
export type InvoiceColumn = keyof typeof INVOICE_COLUMNS

export const PACK_COLUMNS = {
  ...OF_CLIENT,
  reference: {
    fr: 'Référence',
    nl: 'Referentie',
    en: 'Reference',
    also: ['carnet', 'pakket', 'pack', 'numero', 'nummer', 'number'],
  },
  hours: {
    fr: 'Heures restantes',
    nl: 'Resterende uren',
    en: 'Hours left',
    also: ['heures', 'uren', 'hours', 'solde', 'saldo', 'balance', 'remaininghours'],
  },
  validFrom: { fr: 'Valable dès', nl: 'Geldig vanaf', en: 'Valid from', also: ['debut', 'begin', 'start'] },
  validUntil: {
    fr: 'Valable jusqu’au',
    nl: 'Geldig tot',
    en: 'Valid until',
    also: ['validite', 'echeance', 'fin', 'vervaldag', 'einde', 'end', 'expires'],
  },
  price: { fr: 'Prix payé', nl: 'Betaalde prijs', en: 'Price paid', also: ['prix', 'prijs', 'price'] },
  vatRate: { fr: 'Taux de TVA', nl: 'Btw-tarief', en: 'VAT rate', also: ['tauxtva', 'btwtarief'] },
} as const satisfies Record<string, ColumnNames>
export type PackColumn = keyof typeof PACK_COLUMNS

export interface ColumnFault<C extends string> {
  column: C
  code: string
  params?: Record<string, string | number>
}
type Cell<C extends string> = (column: C) => string

/** What the client is called in the report: its name, else the number that the line gives. */
export const clientCalled = (cell: Cell<ClientColumn>) =>
  cell('client') || cell('vatNumber') || cell('enterpriseNumber')

/** Reads cells one by one and keeps what is wrong with them. */
function reading<C extends string>(cell: Cell<C>) {
  const faults: ColumnFault<C>[] = []
  return {
    faults,
    /** Null: there is nothing, or nothing to be read; the faults then say which, but for what may be empty. */
    read<T>(column: C, reader: (written: string) => Read<T>, mayBeEmpty = false): T | null {
      const written = cell(column)
      if (written === '') {
        if (!mayBeEmpty) faults.push({ column, code: 'cell-missing' })
        return null
      }
      const read = reader(written)
      if ('value' in read) return read.value
      faults.push({ column, code: read.fault })
      return null
    },
  }
}

const money = (written: string) => readDecimal(written, 2)

export interface ReadInvoice {
  number: string
  issuedOn: string | null
  dueOn: string | null
  amount: string | null
  paid: string | null
  structuredReference: string | null
  faults: ColumnFault<InvoiceColumn>[]
  /** Where nothing is wrong with it. */
  invoice: OpeningInvoice | undefined
}

export function readInvoiceLine(cell: Cell<InvoiceColumn>, today: string): ReadInvoice {
  const { read, faults } = reading(cell)
  const number = read('number', readNumber) ?? cell('number')
  const issuedOn = read('issuedOn', readDay)
  const dueOn = read('dueOn', readDay)
  const amount = read('amount', money)
  const open = read('open', money, true)
  let paid = read('paid', notNegative(2), true)
  if (open !== null && amount !== null) {
    const rest = decimal(amount).minus(decimal(open)).toFixed()
    if (decimal(rest).lt(ZERO)) faults.push({ column: 'open', code: 'open-exceeds-total' })
    else if (cell('paid') === '') paid = rest
    else if (paid !== null && !decimal(paid).eq(decimal(rest)))
      faults.push({ column: 'open', code: 'open-does-not-add-up' })
  }
  const currency = cell('currency')
  if (!/^(EUR|euros?|€)?$/i.test(currency)) faults.push({ column: 'currency', code: 'currency-not-euro' })
  const structuredReference = cell('structuredReference') || null
  if ((structuredReference ?? '').length > 40)
    faults.push({ column: 'structuredReference', code: 'text-too-long' })
  const said = { number, issuedOn, dueOn, amount, paid, structuredReference }
  if (faults.length > 0 || issuedOn === null || dueOn === null || amount === null)
    return { ...said, faults, invoice: undefined }
  const invoice: OpeningInvoice = {
    number,
    issuedOn,
    dueOn,
    amount,
    structuredReference,
    ...(paid === null ? {} : { paid }),
  }
  for (const { path, code } of openingFaults(invoice, today)) {
    const column = path === 'paid' && cell('paid') === '' ? 'open' : (path as InvoiceColumn)
    faults.push({ column, code })
  }
  return { ...said, faults, invoice: faults.length > 0 ? undefined : invoice }
}

/** A number is part of an address here, and is typed by people. */
function readNumber(written: string): Read<string> {
  return /^[^/\p{Cc}]{1,40}$/u.test(written) ? { value: written } : { fault: 'number-unfit' }
}

export interface OpeningPack {
  reference: string | null
  minutes: number
  validFrom: string
  validUntil: string
  price: string
  vatRate: string
}

export interface ReadPack {
  reference: string
  minutes: number | null
  validFrom: string | null
  validUntil: string | null
  price: string | null
  faults: ColumnFault<PackColumn>[]
  /** Where nothing is wrong with it. */
  pack: OpeningPack | undefined
}

const MOST_MINUTES = 10_000_000

/** Without a first day it covers from today on, as one that is taken over by itself. */
export function readPackLine(cell: Cell<PackColumn>, today: string): ReadPack {
  const { read, faults } = reading(cell)
  const reference = cell('reference')
  if (reference.length > 100) faults.push({ column: 'reference', code: 'text-too-long' })
  const minutes = read('hours', readHoursLeft)
  const from = read('validFrom', readDay, true)
  const validUntil = read('validUntil', readDay)
  const price = read('price', notNegative(2), true) ?? '0'
  const vatRate = read('vatRate', notNegative(6), true) ?? '0'
  const validFrom = from ?? today
  if (validUntil !== null && cell('validFrom') === '' && validUntil < today)
    faults.push({ column: 'validUntil', code: 'pack-over' })
  const said = { reference, minutes: minutes ?? null, validFrom, validUntil, price }
  if (faults.length > 0 || minutes === null || validUntil === null)
    return { ...said, faults, pack: undefined }
  const pack = {
    reference: reference || null,
    minutes,
    validFrom,
    validUntil,
    price,
    vatRate: plain(vatRate),
  }
  faults.push(...packFaults(pack).map(({ path, code }) => ({ column: path as PackColumn, code })))
  return { ...said, faults, pack: faults.length > 0 ? undefined : pack }
}

function readHoursLeft(written: string): Read<number> {
  const read = readMinutes(written)
  if ('fault' in read) return read
  if (read.value <= 0) return { fault: 'quantity-zero' }
  return read.value > MOST_MINUTES ? { fault: 'amount-too-large' } : read
}

const notNegative =
  (decimals: number) =>
  (written: string): Read<string> => {
    const read = readDecimal(written.replace(/%$/, ''), decimals)
    return 'value' in read && decimal(read.value).lt(ZERO) ? { fault: 'amount-negative' } : read
  }
