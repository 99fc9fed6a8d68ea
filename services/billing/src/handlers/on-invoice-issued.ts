import { invoiceIssued } from '@guichet/contracts/billing'
import { on } from '@guichet/service'
import type { Context } from '../context.ts'
import { beginDelivery } from '../sending/deliver.ts'

/** Our own word: what was issued is on its way. */
export function onInvoiceIssued(context: Context) {
  return on(invoiceIssued, ({ invoiceId }) => beginDelivery(context, invoiceId))
}
