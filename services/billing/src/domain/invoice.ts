/** An invoice or credit note, from its draft to its last payment: one document. */
import type { InvoiceLine, InvoiceStatus, Seller, VatCategory } from '@guichet/contracts/billing'
import type { PostalAddress } from '@guichet/contracts/identity'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import { decimal, sum, totalsOf, ZERO } from './amounts.ts'
import type { FeeCharge } from './due-fees.ts'
import type { StoredReminder } from './reminders.ts'
import type { InvoiceTotals } from '@guichet/contracts/billing'

export interface StoredLine extends InvoiceLine {
  /** The prepaid pack that covers it: price 0. */
  packId: string | null
  /** The month of a fixed fee that it charges. */
  charge?: FeeCharge
  /**
   * On a credit note: what this part of the line is without its discount. Rounded so that parts add up, it may lie a
   * cent from quantity × price.
   */
  full?: string
}

export interface StoredAllowance {
  amount: string
  vatRate: string
  vatCategory: VatCategory
  reason: string
}

/** What a ticket was called when its time was drafted. */
export interface TicketLabel {
  number: number
  subject: string
  requester: string
}

/** The client as it was when the invoice was issued. */
export interface Party {
  name: string
  legalName: string | null
  vatNumber: string | null
  enterpriseNumber: string | null
  address: PostalAddress | null
}

/** A private person has neither number. */
export function isBusiness({ vatNumber, enterpriseNumber }: Party): boolean {
  return vatNumber !== null || enterpriseNumber !== null
}

export interface DocumentReference {
  blobId: string
  name: string
  type: string
  size: number
  sha256: string
}

/** Everything that issuing adds; it never changes again. */
export interface Issued {
  number: string
  issuedOn: string
  /** null on credit notes. */
  dueOn: string | null
  structuredReference: string | null
  seller: Seller
  buyer: Party
  /** Of the layout: the contract's, else the seller's. */
  language: Language | 'de'
  /** The client's own words for this, if there are any. */
  reference: string | null
  /** Both null on what was taken over: its papers are in the system that issued it. */
  documents: { pdf: DocumentReference | null; ubl: DocumentReference | null }
}

export interface PrintedDocuments {
  pdf: DocumentReference
  ubl: DocumentReference | null
}
/** As every invoice of this house is issued. */
export type PrintedIssue = Issued & { documents: PrintedDocuments }

export interface CreditedLine {
  line: string
  quantity: string
  net: string
  full?: string
}

/** On the credited invoice: what was taken, reserved before the credit note exists, so that no two take the same. */
export interface CreditTaken {
  creditNoteId: string
  reason: string
  lines: CreditedLine[]
  /** The document's allowances go with whatever takes the last of it. */
  allowances: boolean
  gross: string
  by: Actor
  at: string
  /** null until the credit note is issued. */
  number: string | null
}

export interface Payment {
  id: string
  amount: string
  paidOn: string
  reference: string | null
  recordedAt: string
}

/**
 * - `gathering`: made, its prestations not all claimed yet. Whoever comes next finishes that.
 * - `draft`: may be changed, thrown away, issued.
 * - `discarding`: its prestations are being freed; then it is gone.
 * - `issued`: immutable but for payments and credits.
 */
export type Stage = 'gathering' | 'draft' | 'discarding' | 'issued'

export interface InvoiceDocument {
  kind: 'invoice' | 'credit-note'
  companyId: string
  companyName: string
  createdAt: string
  stage: Stage
  period: { from: string; to: string } | null
  reference: string | null
  lines: StoredLine[]
  allowances: StoredAllowance[]
  prepaid: string
  tickets: TicketLabel[]
  runId: string | null
  /** The pack that this invoice sells. */
  soldPackId: string | null
  /** While gathering: what it wants to bill, each claimed at this version or not at all. */
  candidates: { id: string; version: number }[]
  /** Kinds of candidates that the contract names no price for; they stayed open. */
  heldOut: string[]
  /** Prestations taken off a draft that are not free yet. */
  releasing: string[]
  /** Months of fixed fees taken off a draft that are not due again yet. */
  givingBack?: FeeCharge[]
  /** Ledgers of ticket and day that it took minutes from (domain/day-rounding.ts). */
  roundedDays?: string[]
  /** The attempt that holds this draft still; see issuing/issue-document.ts. */
  issuing: string | null
  issued: Issued | null
  credits: { invoiceId: string; number: string; issuedOn: string; reason: string } | null
  creditNotes: CreditTaken[]
  payments: Payment[]
  /** Issued by another system; here it is only owed, reminded of and paid. */
  takenOver?: true
  /** Oldest first; none on what was issued before there were any. */
  reminders?: StoredReminder[]
  remindersPaused?: boolean
}

export const NEW_INVOICE = {
  kind: 'invoice',
  stage: 'draft',
  period: null,
  reference: null,
  lines: [],
  allowances: [],
  prepaid: '0.00',
  tickets: [],
  runId: null,
  soldPackId: null,
  candidates: [],
  heldOut: [],
  releasing: [],
  issuing: null,
  issued: null,
  credits: null,
  creditNotes: [],
  payments: [],
} as const satisfies Partial<InvoiceDocument>

export function prestationIds(lines: readonly StoredLine[]): string[] {
  return [...new Set(lines.flatMap(({ prestationId }) => prestationId ?? []))]
}

export function feeCharges(lines: readonly StoredLine[]): FeeCharge[] {
  return lines.flatMap(({ charge }) => charge ?? [])
}

/** Something was taken off the draft that others cannot have yet. */
export function isReleasing({
  releasing,
  givingBack = [],
}: Pick<InvoiceDocument, 'releasing' | 'givingBack'>): boolean {
  return releasing.length > 0 || givingBack.length > 0
}

export function totals(invoice: Pick<InvoiceDocument, 'lines' | 'allowances' | 'prepaid'>): InvoiceTotals {
  return totalsOf(
    invoice.lines.map(({ net, vatRate, vatCategory }) => ({ amount: net, vatRate, vatCategory })),
    invoice.allowances,
    invoice.prepaid,
  )
}

export function paidAmount(invoice: InvoiceDocument) {
  return sum(invoice.payments.map(({ amount }) => decimal(amount)))
}

export function creditedGross(invoice: InvoiceDocument) {
  return sum(invoice.creditNotes.filter(({ number }) => number !== null).map(({ gross }) => decimal(gross)))
}

/** What is still to be paid; below 0 where too much was. */
export function openAmount(invoice: InvoiceDocument) {
  return decimal(totals(invoice).payable).minus(creditedGross(invoice)).minus(paidAmount(invoice))
}

/** Of a line, what credit notes (reserved ones too) have left. */
export function uncredited(invoice: InvoiceDocument, line: StoredLine) {
  const taken = invoice.creditNotes.flatMap(({ lines }) => lines).filter(({ line: id }) => id === line.id)
  return decimal(line.quantity).minus(sum(taken.map(({ quantity }) => decimal(quantity))))
}

export function isFullyCredited(invoice: InvoiceDocument): boolean {
  return (
    invoice.creditNotes.length > 0 &&
    invoice.creditNotes.every(({ number }) => number !== null) &&
    invoice.lines.every((line) => uncredited(invoice, line).eq(ZERO))
  )
}

export function statusOf(invoice: InvoiceDocument): InvoiceStatus {
  if (invoice.stage !== 'issued') return 'draft'
  if (invoice.kind === 'credit-note') return 'issued'
  if (isFullyCredited(invoice)) return 'credited'
  if (openAmount(invoice).lte(ZERO)) return 'paid'
  return paidAmount(invoice).gt(ZERO) ? 'partly-paid' : 'issued'
}
