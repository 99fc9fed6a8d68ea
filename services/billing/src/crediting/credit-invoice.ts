/**
 * A credit note: first the invoice says what is taken of it (so that parallel calls never take more than there is),
 * then the note is made and issued, then the invoice learns its number. A crash between leaves a reservation that
 * whoever comes next completes.
 */
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { creditedContent, planCredit, type CreditInput } from '../domain/credit.ts'
import { NEW_INVOICE, type CreditTaken, type InvoiceDocument } from '../domain/invoice.ts'
import { periodOf } from '../domain/lines.ts'
import { missingOfSeller } from '../domain/seller.ts'
import { issueDocument } from '../issuing/issue-document.ts'

export interface CreditOrder extends CreditInput {
  invoiceId: string
  creditNoteId: string
  by: Actor
}

/** The issued credit note. The same id again gives the same one. */
export async function creditInvoice(context: Context, order: CreditOrder): Promise<Stored<InvoiceDocument>> {
  await completeCredits(context, order.invoiceId)
  const missing = missingOfSeller(await context.seller())
  if (missing.length > 0) throw new Failure('seller-missing', { params: { fields: missing.join(', ') } })
  await reserve(context, order)
  await completeCredits(context, order.invoiceId)
  const note = await context.invoices.get(order.creditNoteId)
  if (!note) throw new Error(`credit note ${order.creditNoteId} was not made`)
  return note
}

async function reserve(
  context: Context,
  { invoiceId, creditNoteId, by, ...input }: CreditOrder,
): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await context.invoices.get(invoiceId)
    if (!stored) throw new Failure('not-found')
    if (stored.value.creditNotes.some((taken) => taken.creditNoteId === creditNoteId)) return
    const reason = input.reason.trim()
    if (reason === '') throw new Failure('invalid-input', { fields: [{ path: 'reason', code: 'required' }] })
    const taken: CreditTaken = {
      ...planCredit(stored.value, input),
      creditNoteId,
      reason,
      by,
      at: context.timestamp(),
      number: null,
    }
    const value = { ...stored.value, creditNotes: [...stored.value.creditNotes, taken] }
    await context.invoices.commit({ id: invoiceId, expectedVersion: stored.version, value })
  })
}

/** Every reservation of this invoice becomes an issued credit note, oldest first. Idempotent. */
export async function completeCredits(context: Context, invoiceId: string): Promise<void> {
  const stored = await context.invoices.get(invoiceId)
  for (const taken of stored?.value.creditNotes ?? []) {
    if (taken.number !== null || !stored) continue
    await makeNote(context, stored, taken)
    const note = await issueDocument(context, taken.creditNoteId, taken.by)
    await recordNumber(context, invoiceId, taken.creditNoteId, note.value.issued?.number ?? null)
  }
}

async function makeNote(
  context: Context,
  { id: invoiceId, value: invoice }: Stored<InvoiceDocument>,
  taken: CreditTaken,
): Promise<void> {
  if (!invoice.issued) throw new Error(`invoice ${invoiceId} was credited before it was issued`)
  const { lines, allowances } = creditedContent(invoice, taken)
  const value: InvoiceDocument = {
    ...NEW_INVOICE,
    kind: 'credit-note',
    companyId: invoice.companyId,
    companyName: invoice.companyName,
    createdAt: context.timestamp(),
    period: periodOf(lines),
    reference: invoice.reference,
    lines,
    allowances,
    tickets: invoice.tickets,
    credits: {
      invoiceId,
      number: invoice.issued.number,
      issuedOn: invoice.issued.issuedOn,
      reason: taken.reason,
    },
  }
  try {
    await context.invoices.commit({ id: taken.creditNoteId, expectedVersion: 0, value })
  } catch (error) {
    // Made before, by an attempt that was cut off or by another copy.
    if (!(error instanceof VersionConflict)) throw error
  }
}

async function recordNumber(
  { invoices }: Context,
  invoiceId: string,
  creditNoteId: string,
  number: string | null,
): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await invoices.get(invoiceId)
    if (!stored) return
    const creditNotes = stored.value.creditNotes.map((taken) =>
      taken.creditNoteId === creditNoteId ? { ...taken, number } : taken,
    )
    await invoices.commit({
      id: invoiceId,
      expectedVersion: stored.version,
      value: { ...stored.value, creditNotes },
    })
  })
}
