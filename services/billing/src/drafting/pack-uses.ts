/** What a draft takes of the company's packs. One ledger document per company, so that no minute is taken twice. */
import { retryOnConflict } from '@guichet/service'
import type { PackLedgers } from '../collections.ts'
import { coverage, NO_PACKS, type CoverageWish, type PackLedger } from '../domain/packs.ts'

/** Decided once per draft: a second call gives what the first one took. */
export async function takeFromPacks(
  ledgers: PackLedgers,
  companyId: string,
  draftId: string,
  wishes: readonly CoverageWish[],
): Promise<PackLedger> {
  return retryOnConflict(async () => {
    const stored = await ledgers.get(companyId)
    if (!stored) return NO_PACKS
    if (stored.value.uses[draftId] !== undefined) return stored.value
    const uses = coverage(stored.value, wishes)
    if (uses.length === 0) return stored.value
    const value = { ...stored.value, uses: { ...stored.value.uses, [draftId]: uses } }
    await ledgers.commit({ id: companyId, expectedVersion: stored.version, value })
    return value
  })
}
