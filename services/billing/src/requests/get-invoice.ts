import type { getInvoice } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { isService } from '@guichet/access'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { isFinance } from '../domain/access.ts'
import { deliveriesOf } from '../views/delivery-view.ts'
import { invoiceView } from '../views/invoice-view.ts'
import { visibleInvoice } from './visible-invoice.ts'

/** By id or number. How it travels and what was paid when is the house's own business. */
export async function answerGetInvoice(
  context: Context,
  { id }: InputOf<typeof getInvoice>,
  actor: Actor,
): Promise<OutputOf<typeof getInvoice>> {
  const invoice = await visibleInvoice(context, id, actor)
  if (!isFinance(actor) && !isService(actor)) return invoiceView(invoice)
  const delivery = (await deliveriesOf(context, [invoice])).get(invoice.id)
  return { ...invoiceView(invoice), payments: invoice.value.payments, ...(delivery && { delivery }) }
}
