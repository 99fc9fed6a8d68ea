import type { draftInvoice } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { VersionConflict } from '@guichet/store'
import { newId } from '../account-of.ts'
import type { Context } from '../context.ts'
import { NEW_INVOICE, type InvoiceDocument } from '../domain/invoice.ts'
import { draftContent } from '../drafting/draft-content.ts'
import { invoiceView } from '../views/invoice-view.ts'

export async function answerDraftInvoice(
  context: Context,
  { invoice, idempotencyKey }: InputOf<typeof draftInvoice>,
  actor: Actor,
): Promise<OutputOf<typeof draftInvoice>> {
  const { companyId, ...given } = invoice
  const company = await context.facts.company(companyId)
  const empty: InvoiceDocument = {
    ...NEW_INVOICE,
    companyId,
    companyName: company.name,
    createdAt: context.timestamp(),
  }
  const value = await draftContent(context, empty, given)
  const id = newId(actor, 'invoice', idempotencyKey)
  try {
    const { version } = await context.invoices.commit({ id, expectedVersion: 0, value })
    return invoiceView({ id, version, value })
  } catch (error) {
    const first = error instanceof VersionConflict ? await context.invoices.get(id) : undefined
    if (first) return invoiceView(first)
    // Made under this key before, and thrown away since.
    if (error instanceof VersionConflict) throw new Failure('not-found')
    throw error
  }
}
