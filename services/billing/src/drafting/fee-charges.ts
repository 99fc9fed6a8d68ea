/** Which draft charges which month of a fixed fee. One ledger document per company, so that no month is charged twice. */
import { retryOnConflict } from '@guichet/service'
import type { FeeLedgers } from '../collections.ts'
import { notCharged, type DueFee, type FeeCharge } from '../domain/due-fees.ts'

/** Decided once per draft: a second call gives what the first one took. */
export async function chargeFees(
  ledgers: FeeLedgers,
  companyId: string,
  draftId: string,
  due: readonly DueFee[],
): Promise<DueFee[]> {
  if (due.length === 0) return []
  return retryOnConflict(async () => {
    const stored = await ledgers.get(companyId)
    const charges = stored?.value.charges ?? {}
    const before = charges[draftId]
    if (before !== undefined)
      return due.filter((fee) => before.some((one) => one.feeId === fee.feeId && one.month === fee.month))
    const taken = notCharged(stored?.value, due)
    if (taken.length === 0) return []
    const entry = taken.map(({ feeId, name, month }): FeeCharge => ({ feeId, name, month }))
    await ledgers.commit({
      id: companyId,
      expectedVersion: stored?.version ?? 0,
      value: { charges: { ...charges, [draftId]: entry } },
    })
    return taken
  })
}

/** The months are due again: these, or all of the draft's. An empty entry stays, so that a slow copy charges nothing anew. */
export async function giveBackFees(
  ledgers: FeeLedgers,
  companyId: string,
  draftId: string,
  given?: readonly FeeCharge[],
): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await ledgers.get(companyId)
    // No ledger: nothing was ever charged, and a slow copy that still would is stopped by the entry made here.
    const charges = stored?.value.charges ?? {}
    const before = charges[draftId]
    const kept = (before ?? []).filter(
      (one) => given && !given.some(({ feeId, month }) => feeId === one.feeId && month === one.month),
    )
    if (before !== undefined && kept.length === before.length) return
    const value = { charges: { ...charges, [draftId]: kept } }
    await ledgers.commit({ id: companyId, expectedVersion: stored?.version ?? 0, value })
  })
}
