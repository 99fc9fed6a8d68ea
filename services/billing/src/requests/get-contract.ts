import type { getContract } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { Context } from '../context.ts'
import { DEFAULT_TERMS } from '../domain/contract.ts'

/** A company with which nothing was agreed has the default terms; one that does not exist is not found. */
export async function answerGetContract(
  context: Context,
  { companyId }: InputOf<typeof getContract>,
): Promise<OutputOf<typeof getContract>> {
  const stored = await context.contracts.get(companyId)
  if (!stored) await context.facts.company(companyId)
  return { companyId, ...(stored?.value.terms ?? DEFAULT_TERMS), updatedAt: stored?.value.updatedAt ?? null }
}
