import type { getContract } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { Context } from '../context.ts'
import { contractView } from '../views/contract-view.ts'

/** A company with which nothing was agreed has the default terms; one that does not exist is not found. */
export async function answerGetContract(
  context: Context,
  { companyId }: InputOf<typeof getContract>,
): Promise<OutputOf<typeof getContract>> {
  const stored = await context.contracts.get(companyId)
  if (!stored) await context.facts.company(companyId)
  return contractView(companyId, stored?.value, context.today())
}
