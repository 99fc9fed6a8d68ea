/** A pack is taken back, as long as no minute of it is used. */
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'

/** False: time was taken from it. */
export async function withdrawPack(
  { packLedgers }: Context,
  companyId: string,
  packId: string,
): Promise<boolean> {
  return retryOnConflict(async () => {
    const stored = await packLedgers.get(companyId)
    if (!stored?.value.packs.some(({ id }) => id === packId)) return true
    if (Object.values(stored.value.uses).some((uses) => uses.some((use) => use.packId === packId)))
      return false
    const value = { ...stored.value, packs: stored.value.packs.filter(({ id }) => id !== packId) }
    await packLedgers.commit({ id: companyId, expectedVersion: stored.version, value })
    return true
  })
}
