import type { putSeller } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { retryOnConflict } from '@guichet/service'
import { SELLER_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import { numberChecks } from '../documents/number-checks.ts'
import { sellerFaults, withSeller } from '../domain/seller.ts'

export async function answerPutSeller(
  { sellers }: Context,
  { seller: given }: InputOf<typeof putSeller>,
): Promise<OutputOf<typeof putSeller>> {
  const seller = withSeller(given)
  const faults = sellerFaults(seller, await numberChecks())
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  await retryOnConflict(async () => {
    const stored = await sellers.get(SELLER_ID)
    await sellers.commit({ id: SELLER_ID, expectedVersion: stored?.version ?? 0, value: seller })
  })
  return seller
}
