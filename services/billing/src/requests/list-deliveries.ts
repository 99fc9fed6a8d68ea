import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { listDeliveries } from '@guichet/contracts/invoice-delivery'
import type { Context } from '../context.ts'
import { deliveryView } from '../views/delivery-view.ts'

export async function answerListDeliveries(
  { deliveries }: Context,
  { state, limit, cursor }: InputOf<typeof listDeliveries>,
): Promise<OutputOf<typeof listDeliveries>> {
  const key = state === undefined ? ['all'] : ['state', state]
  const page = await deliveries.find({ index: 'list', key, limit, cursor })
  return { items: page.items.map(deliveryView), next: page.next }
}
