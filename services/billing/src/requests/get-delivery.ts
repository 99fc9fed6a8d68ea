import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { getDelivery } from '@guichet/contracts/invoice-delivery'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { deliveryView, undelivered } from '../views/delivery-view.ts'
import { invoiceForFinance } from './visible-invoice.ts'

export async function answerGetDelivery(
  context: Context,
  { id }: InputOf<typeof getDelivery>,
  actor: Actor,
): Promise<OutputOf<typeof getDelivery>> {
  const invoice = await invoiceForFinance(context, id, actor)
  // What another system issued left by its own ways.
  if (invoice.value.takenOver) throw new Failure('not-found')
  const delivery = await context.deliveries.get(invoice.id)
  return delivery ? deliveryView(delivery) : undelivered(invoice)
}
