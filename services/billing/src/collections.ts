/** What billing owns. */
import type { Seller } from '@guichet/contracts/billing'
import type { Logo } from '@guichet/contracts/letterhead'
import type { ReminderSettings } from '@guichet/contracts/receivables'
import type { Collection, Store } from '@guichet/store'
import type { StoredContract } from './domain/contract.ts'
import type { DayLedger } from './domain/day-rounding.ts'
import type { StoredDelivery } from './domain/delivery.ts'
import { hasFees, type FeeLedger } from './domain/due-fees.ts'
import { isReleasing, statusOf, type InvoiceDocument } from './domain/invoice.ts'
import type { PackLedger } from './domain/packs.ts'
import type { StoredPrestation } from './domain/prestation.ts'
import { isReceivable } from './domain/reminders.ts'
import type { StoredRun } from './domain/run.ts'
import type { StoredMonthRevenue } from './domain/revenue.ts'
import type { StoredSeries } from './domain/series.ts'

export type PrestationIndex = 'ofTicket' | 'open' | 'heldBack' | 'ofAgent' | 'inMonth'
export type Prestations = Collection<StoredPrestation, PrestationIndex>
export type Contracts = Collection<StoredContract, 'withFees'>
export type RevenueMonths = Collection<StoredMonthRevenue, never>
export type DayLedgers = Collection<DayLedger, never>
export type FeeLedgers = Collection<FeeLedger, never>
export type PackLedgers = Collection<PackLedger, 'unfinished' | 'all'>
export type Invoices = Collection<
  InvoiceDocument,
  'list' | 'number' | 'ofRun' | 'unfinished' | 'receivable' | 'issuedIn'
>
export type Deliveries = Collection<StoredDelivery, 'list' | 'due' | 'submission'>
export type Runs = Collection<StoredRun, 'unfinished'>
export type SeriesDocuments = Collection<StoredSeries, never>
export type Sellers = Collection<Seller, never>
export type Logos = Collection<Logo, never>
export type ReminderSettingsDocuments = Collection<ReminderSettings, never>

export interface Collections {
  prestations: Prestations
  contracts: Contracts
  dayLedgers: DayLedgers
  feeLedgers: FeeLedgers
  revenueMonths: RevenueMonths
  packLedgers: PackLedgers
  invoices: Invoices
  deliveries: Deliveries
  runs: Runs
  series: SeriesDocuments
  sellers: Sellers
  reminderSettings: ReminderSettingsDocuments
  logos: Logos
}

/** Ids of the settings that exist once. */
export const SERIES_ID = 'series'
export const SELLER_ID = 'seller'
export const REMINDERS_ID = 'reminders'
export const LOGO_ID = 'logo'

const UNFINISHED = ['unfinished'] as const

/** Numbers are found as people type them. */
export function numberKey(number: string): string {
  return number.trim().toLowerCase()
}

/** A crash left something to complete: prestations to claim or free, a credit note asked for and not issued. */
function isUnfinished(invoice: InvoiceDocument): boolean {
  return (
    invoice.stage === 'gathering' ||
    invoice.stage === 'discarding' ||
    isReleasing(invoice) ||
    invoice.creditNotes.some(({ number }) => number === null)
  )
}

export function openCollections(store: Store): Collections {
  return {
    prestations: store.collection<StoredPrestation, PrestationIndex>({
      name: 'prestations',
      // 2: an agent's days, a month's balance. 3: what is held back.
      indexRevision: 3,
      indexes: {
        ofTicket: {
          keys: ({ ticket }) => [[ticket]],
          sort: ({ workedOn, loggedAt }) => `${workedOn} ${loggedAt}`,
        },
        ofAgent: {
          keys: ({ agent }) => [[agent.id]],
          sort: ({ workedOn, loggedAt }) => `${workedOn} ${loggedAt}`,
        },
        inMonth: {
          keys: ({ workedOn, companyId }) => [[workedOn.slice(0, 7)], [workedOn.slice(0, 7), companyId]],
          sort: ({ workedOn, loggedAt }) => `${workedOn} ${loggedAt}`,
        },
        open: {
          keys: ({ billable, invoiceId, heldBack, companyId }) =>
            billable && invoiceId === null && !heldBack ? [['all'], ['company', companyId]] : [],
          sort: ({ workedOn }) => workedOn,
        },
        heldBack: {
          keys: ({ billable, invoiceId, heldBack, companyId }) =>
            billable && invoiceId === null && heldBack ? [['all'], ['company', companyId]] : [],
          sort: ({ workedOn }) => workedOn,
        },
      },
    }),
    contracts: store.collection<StoredContract, 'withFees'>({
      name: 'contracts',
      // 2: those that charge by the month.
      indexRevision: 2,
      indexes: { withFees: { keys: (contract) => (hasFees(contract) ? [['all']] : []) } },
    }),
    revenueMonths: store.collection<StoredMonthRevenue, never>({ name: 'revenue-months' }),
    dayLedgers: store.collection<DayLedger, never>({ name: 'day-ledgers' }),
    feeLedgers: store.collection<FeeLedger, never>({ name: 'fee-ledgers' }),
    packLedgers: store.collection<PackLedger, 'unfinished' | 'all'>({
      name: 'pack-ledgers',
      // 2: all of them.
      indexRevision: 2,
      indexes: {
        all: { keys: () => [['all']] },
        unfinished: { keys: ({ packs }) => (packs.every(({ drafted }) => drafted) ? [] : [UNFINISHED]) },
      },
    }),
    invoices: store.collection<
      InvoiceDocument,
      'list' | 'number' | 'ofRun' | 'unfinished' | 'receivable' | 'issuedIn'
    >({
      name: 'invoices',
      indexes: {
        list: {
          keys: (invoice) => {
            const { companyId, stage } = invoice
            const status = statusOf(invoice)
            return [
              ['all'],
              ['status', status],
              ['company', companyId],
              ['company', companyId, status],
              ...(stage === 'issued' ? [['issued', companyId]] : []),
            ]
          },
          sort: ({ createdAt }) => createdAt,
        },
        receivable: {
          keys: (invoice) => (isReceivable(invoice) ? [['all'], ['company', invoice.companyId]] : []),
          sort: ({ issued }) => issued?.dueOn ?? '',
        },
        issuedIn: {
          // What another system issued is in its books.
          keys: ({ issued, takenOver }) => (issued && !takenOver ? [[issued.issuedOn.slice(0, 7)]] : []),
          sort: ({ issued }) => issued?.issuedOn ?? '',
        },
        number: { keys: ({ issued }) => (issued ? [[numberKey(issued.number)]] : []) },
        ofRun: {
          keys: ({ runId }) => (runId === null ? [] : [[runId]]),
          sort: ({ companyName }) => companyName.toLowerCase(),
        },
        unfinished: { keys: (invoice) => (isUnfinished(invoice) ? [UNFINISHED] : []) },
      },
    }),
    deliveries: store.collection<StoredDelivery, 'list' | 'due' | 'submission'>({
      name: 'deliveries',
      indexes: {
        list: { keys: ({ state }) => [['all'], ['state', state]], sort: ({ issuedAt }) => issuedAt },
        due: { keys: ({ nextAt }) => (nextAt === null ? [] : [['due']]), sort: ({ nextAt }) => nextAt ?? '' },
        submission: { keys: ({ submissionId }) => (submissionId === null ? [] : [[submissionId]]) },
      },
    }),
    runs: store.collection<StoredRun, 'unfinished'>({
      name: 'invoice-runs',
      indexes: { unfinished: { keys: ({ state }) => (state === 'running' ? [UNFINISHED] : []) } },
    }),
    series: store.collection<StoredSeries, never>({ name: 'invoice-series' }),
    sellers: store.collection<Seller, never>({ name: 'sellers' }),
    logos: store.collection<Logo, never>({ name: 'logos' }),
    reminderSettings: store.collection<ReminderSettings, never>({ name: 'reminder-settings' }),
  }
}
