/** How far an invoice is on its way, as finance sees it. */
import type { InvoiceDelivery } from '@guichet/contracts/invoice-delivery'
import type { Context } from '../context.ts'
import type { Stored } from '@guichet/store'
import type { StoredDelivery } from '../domain/delivery.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'

export function deliveryView({ id, value }: Stored<StoredDelivery>): InvoiceDelivery {
  const { number, companyId, companyName, state, channel, recipient, attempts, nextAt, reason, history } =
    value
  return {
    invoiceId: id,
    number,
    company: { id: companyId, name: companyName },
    state,
    channel,
    recipient,
    attempts,
    nextAttemptAt: nextAt,
    reason,
    history,
  }
}

/** One whose delivery has not begun: a draft, or issued this very moment. */
export function undelivered({ id, value }: Stored<InvoiceDocument>): InvoiceDelivery {
  return {
    invoiceId: id,
    number: value.issued?.number ?? null,
    company: { id: value.companyId, name: value.companyName },
    state: value.issued ? 'validated' : 'draft',
    channel: null,
    recipient: null,
    attempts: 0,
    nextAttemptAt: null,
    reason: null,
    history: [],
  }
}

export type Delivered = Pick<InvoiceDelivery, 'state' | 'channel'>

/** By invoice, of those that are issued: what a list shows of it. */
export async function deliveriesOf(
  { deliveries }: Pick<Context, 'deliveries'>,
  invoices: readonly Stored<InvoiceDocument>[],
): Promise<Map<string, Delivered>> {
  const ids = invoices.filter(({ value }) => value.issued).map(({ id }) => id)
  const found = await deliveries.getMany(ids)
  return new Map(found.map(({ id, value: { state, channel } }) => [id, { state, channel }]))
}
