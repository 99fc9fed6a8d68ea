/** What stands before every request about one invoice. */
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import { numberKey } from '../collections.ts'
import type { Context } from '../context.ts'
import { maySeeInvoice, requireFinance } from '../domain/access.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'

/** By id or number. @throws Failure not-found, also for what this reader may not see */
export async function visibleInvoice(
  { invoices }: Context,
  idOrNumber: string,
  actor: Actor,
): Promise<Stored<InvoiceDocument>> {
  const stored =
    (await invoices.get(idOrNumber)) ??
    (await invoices.find({ index: 'number', key: [numberKey(idOrNumber)], limit: 1 })).items[0]
  if (!stored || stored.value.stage === 'discarding' || !maySeeInvoice(actor, stored.value)) {
    throw new Failure('not-found')
  }
  return stored
}

/** @throws Failure not-found, forbidden */
export async function invoiceForFinance(
  context: Context,
  idOrNumber: string,
  actor: Actor,
): Promise<Stored<InvoiceDocument>> {
  const stored = await visibleInvoice(context, idOrNumber, actor)
  requireFinance(actor, true)
  return stored
}
