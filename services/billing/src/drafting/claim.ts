/** Whose a prestation is, its own document alone says; so no two drafts bill one, whatever their lines may be. */
import { retryOnConflict } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import type { Prestations } from '../collections.ts'
import type { StoredPrestation } from '../domain/prestation.ts'

/**
 * The prestation, when the draft has it (now or before); undefined when it was changed, removed or claimed by another
 * since. Only at the version that the draft saw: a slow copy cannot claim again what was freed meanwhile.
 */
export async function claim(
  prestations: Prestations,
  { id, version }: { id: string; version: number },
  draftId: string,
): Promise<StoredPrestation | undefined> {
  const stored = await prestations.get(id)
  if (!stored) return undefined
  if (stored.value.invoiceId === draftId) return stored.value
  const { invoiceId, billable, heldBack } = stored.value
  if (stored.version !== version || invoiceId !== null || !billable || heldBack) return undefined
  const value = { ...stored.value, invoiceId: draftId }
  try {
    await prestations.commit({ id, expectedVersion: version, value })
    return value
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
    const now = await prestations.get(id)
    return now?.value.invoiceId === draftId ? now.value : undefined
  }
}

/** Open again, if this draft had it. */
export async function free(prestations: Prestations, id: string, draftId: string): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await prestations.get(id)
    if (stored?.value.invoiceId !== draftId) return
    await prestations.commit({
      id,
      expectedVersion: stored.version,
      value: { ...stored.value, invoiceId: null },
    })
  })
}
