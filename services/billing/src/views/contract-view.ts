import type { Contract } from '@guichet/contracts/billing'
import { termsOn, type StoredContract } from '../domain/contract.ts'

/** The terms of today, and what was agreed for days to come. */
export function contractView(
  companyId: string,
  contract: StoredContract | undefined,
  today: string,
): Contract {
  const coming = (contract?.later ?? []).filter(({ from }) => from > today)
  return {
    companyId,
    ...termsOn(contract, today),
    updatedAt: contract?.updatedAt ?? null,
    coming: coming.map(({ from, terms }) => ({ validFrom: from, terms })),
  }
}
