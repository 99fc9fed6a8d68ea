/**
 * A version of a contract from a day that has passed, and drafts of that day made at the same moment: whichever is
 * first, the other goes by it. No write spans both documents, so each says what it is about to do before it looks at
 * the other. A draft is there, gathering, before it reads the contract; a version is announced on the contract before
 * it is looked whether its days are billed. A draft that finds days announced that it may bill takes the announcement
 * back: the version is then not saved on what was seen before, and is looked at again (decision 0064).
 */
import { retryOnConflict } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import type { StoredContract } from '../domain/contract.ts'

/** @returns the contract's version with it. An announcement counts for nothing until the version itself is saved. */
export async function announce(
  { contracts }: Context,
  { id, version, value }: Stored<StoredContract>,
  from: string,
): Promise<number> {
  const after = await contracts.commit({ id, expectedVersion: version, value: { ...value, announced: from } })
  return after.version
}

/** The terms that a draft of work until `to` bills by, for as long as it gathers. To be read once the draft is there. */
export async function contractForDraft(
  { contracts }: Context,
  companyId: string,
  to: string,
): Promise<StoredContract | undefined> {
  return retryOnConflict(async () => {
    const stored = await contracts.get(companyId)
    if (stored?.value.announced === undefined || stored.value.announced > to) return stored?.value
    const { announced: _withdrawn, ...value } = stored.value
    await contracts.commit({ id: companyId, expectedVersion: stored.version, value })
    return value
  })
}
