/** What a draft took of a ledger (prepaid hours, a day's rounding) is there again. */
import { retryOnConflict } from '@guichet/service'
import type { Collection } from '@guichet/store'

interface Ledger {
  /** By draft or invoice. */
  uses: Record<string, { prestationId: string }[]>
}

/** Of these prestations, or of all (`undefined`). An empty entry stays, so that a slow copy takes nothing anew. */
export async function giveBack<Kept extends Ledger>(
  ledgers: Pick<Collection<Kept, never>, 'get' | 'commit'>,
  id: string,
  draftId: string,
  prestationIds?: readonly string[],
): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await ledgers.get(id)
    if (!stored) return
    const before = stored.value.uses[draftId]
    const kept = (before ?? []).filter(
      (use) => prestationIds !== undefined && !prestationIds.includes(use.prestationId),
    )
    if (before !== undefined && kept.length === before.length) return
    const value = { ...stored.value, uses: { ...stored.value.uses, [draftId]: kept } }
    await ledgers.commit({ id, expectedVersion: stored.version, value })
  })
}
