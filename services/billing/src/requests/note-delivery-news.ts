import { createHash, timingSafeEqual } from 'node:crypto'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { noteDeliveryNews } from '@guichet/contracts/invoice-delivery'
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { hastened } from '../domain/delivery.ts'

/**
 * What the access point tells is not believed: it is asked, at once. So whoever knows the secret can make us ask, and
 * no more. A submission that is not ours is nobody's business.
 */
export async function answerNoteDeliveryNews(
  { deliveries, parts, timestamp }: Context,
  { submissionId, secret }: InputOf<typeof noteDeliveryNews>,
): Promise<Record<string, never>> {
  const { ACCESS_POINT_WEBHOOK_SECRET: expected } = parts.config
  if (expected === '' || !sameSecret(secret, expected)) throw new Failure('not-found')
  await retryOnConflict(async () => {
    const { items } = await deliveries.find({ index: 'submission', key: [submissionId], limit: 1 })
    const [delivery] = items
    if (!delivery) return
    const value = hastened(delivery.value, timestamp())
    if (value === delivery.value) return
    await deliveries.commit({ id: delivery.id, expectedVersion: delivery.version, value })
  })
  return {}
}

function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
