import type { putSeller } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import { SELLER_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import { numberChecks } from '../documents/number-checks.ts'
import { sellerFaults, withSeller } from '../domain/seller.ts'
import { settingsChanged } from '../settings-changed.ts'

export async function answerPutSeller(
  context: Context,
  { seller: given }: InputOf<typeof putSeller>,
  actor: Actor,
): Promise<OutputOf<typeof putSeller>> {
  const seller = withSeller(given)
  const faults = sellerFaults(seller, await numberChecks())
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  await retryOnConflict(async () => {
    const stored = await context.sellers.get(SELLER_ID)
    await context.sellers.commit({
      id: SELLER_ID,
      expectedVersion: stored?.version ?? 0,
      value: seller,
      events: settingsChanged(context, { setting: 'seller', before: stored?.value, after: seller }, actor),
    })
  })
  return seller
}
