import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { retryDelivery } from '@guichet/contracts/invoice-delivery'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { retried } from '../domain/delivery.ts'
import { commitDelivery } from '../sending/deliver.ts'
import { answerGetDelivery } from './get-delivery.ts'
import { invoiceForFinance } from './visible-invoice.ts'

export async function answerRetryDelivery(
  context: Context,
  { id: given }: InputOf<typeof retryDelivery>,
  actor: Actor,
): Promise<OutputOf<typeof retryDelivery>> {
  const { id } = await invoiceForFinance(context, given, actor)
  await retryOnConflict(async () => {
    const delivery = await context.deliveries.get(id)
    if (delivery?.value.state !== 'failed') throw new Failure('delivery-not-failed')
    await commitDelivery(context, delivery, retried(delivery.value, context.timestamp()))
  })
  return answerGetDelivery(context, { id }, actor)
}
