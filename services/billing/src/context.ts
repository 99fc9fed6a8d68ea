/** What every request and story of billing works with. */
import type { ServiceParts } from '@guichet/service'
import {
  LOGO_ID,
  openCollections,
  REMINDERS_ID,
  SELLER_ID,
  SERIES_ID,
  type Collections,
} from './collections.ts'
import { parseLegalTerms, type BillingConfig } from './config.ts'
import { dayIn } from './domain/days.ts'
import type { ContractTerms, Seller, VatRegime } from '@guichet/contracts/billing'
import type { ReminderSettings } from '@guichet/contracts/receivables'
import { termsOn, type StoredContract, type TermsByDay } from './domain/contract.ts'
import type { LegalTerms } from './domain/legal-terms.ts'
import { DEFAULT_REMINDERS } from './domain/reminders.ts'
import { NEW_SERIES, type StoredSeries } from './domain/series.ts'
import { effectiveRegime } from './domain/vat.ts'
import { createFacts, type Facts } from './facts.ts'
import { createInvoicePrinter, type InvoicePrinter, type PrintOrder } from './documents/invoice-printer.ts'
import type { AccessPoint } from './sending/access-point.ts'
import { createFolderExport } from './sending/folder-export.ts'
import { createHttpAccessPoint } from './sending/http-access-point.ts'
import { join } from 'node:path'

export interface Context extends Omit<Collections, 'reminderSettings'> {
  settingsOfReminders: Collections['reminderSettings']
  reminderSettings(): Promise<ReminderSettings>
  /** As it is printed. */
  logo(): Promise<PrintOrder['logo']>
  parts: ServiceParts<BillingConfig>
  facts: Facts
  printer: InvoicePrinter
  accessPoint: AccessPoint
  law: readonly LegalTerms[]
  now(): Temporal.Instant
  /** ISO, fixed width. */
  timestamp(): string
  /** The calendar day here. */
  today(): string
  seller(): Promise<Seller | undefined>
  /** Of today, where no day is named. */
  terms(companyId: string): Promise<ContractTerms>
  /** For work of each day. */
  termsByDay(companyId: string): Promise<TermsByDay>
  /** The same, of a contract that was read. */
  termsOf(contract: StoredContract | undefined): TermsByDay
  /** What VAT regime this company's lines are under: the seller's own goes first. */
  regime(terms: ContractTerms): Promise<VatRegime>
  readSeries(): Promise<{ version: number; value: StoredSeries }>
}

export function createContext(parts: ServiceParts<BillingConfig>): Context {
  const { reminderSettings: settingsOfReminders, ...collections } = openCollections(parts.store)
  const now = () => parts.clock.now()
  const today = () => dayIn(now(), parts.config.TZ)
  const seller = async () => (await collections.sellers.get(SELLER_ID))?.value
  const termsOf = (contract: StoredContract | undefined): TermsByDay => {
    return (day) => ({ ...termsOn(contract, day), zone: parts.config.TZ })
  }
  return {
    ...collections,
    settingsOfReminders,
    logo: logoReader(collections.logos, parts),
    reminderSettings: async () => (await settingsOfReminders.get(REMINDERS_ID))?.value ?? DEFAULT_REMINDERS,
    parts,
    facts: createFacts(parts),
    printer: createInvoicePrinter(),
    accessPoint: accessPointOf(parts.config),
    law: parseLegalTerms(parts.config.LEGAL_TERMS) ?? [],
    now,
    timestamp: () => now().toString({ smallestUnit: 'millisecond' }),
    today,
    seller,
    terms: async (companyId) => termsOn((await collections.contracts.get(companyId))?.value, today()),
    termsByDay: async (companyId) => termsOf((await collections.contracts.get(companyId))?.value),
    termsOf,
    regime: async (terms) => effectiveRegime((await seller())?.vatRegime ?? null, terms.vatRegime),
    async readSeries() {
      const stored = await collections.series.get(SERIES_ID)
      return stored ? { version: stored.version, value: stored.value } : { version: 0, value: NEW_SERIES }
    },
  }
}

function accessPointOf(config: BillingConfig): AccessPoint {
  const { ACCESS_POINT_URL: url, ACCESS_POINT_TOKEN: token, INVOICE_EXPORT_DIR: folder, DATA_DIR } = config
  if (url !== '') return createHttpAccessPoint({ url, token })
  return createFolderExport(folder === '' ? join(DATA_DIR, 'invoice-export') : folder)
}

/** Read from its blob once, until it is another one. */
function logoReader(logos: Collections['logos'], { store }: ServiceParts<BillingConfig>): Context['logo'] {
  let known: PrintOrder['logo']
  return async () => {
    const stored = await logos.get(LOGO_ID)
    if (!stored) return undefined
    const { blobId: id } = stored.value
    if (known?.id !== id) known = { id, bytes: await store.blobs.read(id) }
    return known
  }
}
