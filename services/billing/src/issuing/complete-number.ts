/** A number that was taken is given to its document by whoever comes next: everything is decided and printed already. */
import { invoiceIssued } from '@guichet/contracts/billing'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { totals, type InvoiceDocument } from '../domain/invoice.ts'
import type { PendingNumber } from '../domain/series.ts'

/** Idempotent. */
export async function completeNumber(
  { invoices, now }: Pick<Context, 'invoices' | 'now'>,
  { draftId, issued, by }: PendingNumber,
): Promise<Stored<InvoiceDocument>> {
  return retryOnConflict(async () => {
    const stored = await invoices.get(draftId)
    if (!stored) throw new Error(`number ${issued.number} was taken for a draft that is gone`)
    if (stored.value.stage === 'issued') return stored
    const value: InvoiceDocument = { ...stored.value, stage: 'issued', issuing: null, issued }
    const { pdf, ubl } = issued.documents
    const event = newEvent(
      invoiceIssued,
      {
        invoiceId: draftId,
        number: issued.number,
        companyId: value.companyId,
        kind: value.kind,
        payable: totals(value).payable,
        dueOn: issued.dueOn,
        pdfBlobId: pdf.blobId,
        ublBlobId: ubl?.blobId ?? null,
        tickets: [...new Set(value.lines.flatMap(({ ticket }) => ticket ?? []))],
      },
      { actor: by, audience: STAFF_ONLY, at: now() },
    )
    const { version } = await invoices.commit({
      id: draftId,
      expectedVersion: stored.version,
      value,
      events: [event],
    })
    return { id: draftId, version, value }
  })
}
