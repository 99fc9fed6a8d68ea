/** A draft is thrown away: what it held is free first, then it is gone. A crash between is completed by the next try. */
import { Failure } from '@guichet/contracts/failure'
import { retryOnConflict } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { hasFees } from '../domain/due-fees.ts'
import { feeCharges, prestationIds, type InvoiceDocument } from '../domain/invoice.ts'
import { released } from '../issuing/hold.ts'
import { free } from './claim.ts'
import { giveBackFees } from './fee-charges.ts'
import { inBatches } from './in-batches.ts'
import { withdrawPack } from '../selling/withdraw-pack.ts'
import { giveBack } from './give-back.ts'
import { settleDraft } from './settle-draft.ts'

/** @throws Failure invoice-issued, credit-note-fixed, pack-in-use, not-found */
export async function discardDraft(context: Context, id: string): Promise<void> {
  const marked = await retryOnConflict(async () => {
    const stored = await released(context, await settleDraft(context, id))
    const { value } = stored
    if (value.stage === 'issued') throw new Failure('invoice-issued')
    if (value.kind === 'credit-note') throw new Failure('credit-note-fixed')
    const discarding: InvoiceDocument = { ...value, stage: 'discarding', issuing: null }
    const { version } = await context.invoices.commit({
      id,
      expectedVersion: stored.version,
      value: discarding,
    })
    return { id, version, value: discarding }
  })
  await finishDiscarding(context, marked)
}

export async function finishDiscarding(
  context: Context,
  { id, version, value }: Stored<InvoiceDocument>,
): Promise<void> {
  if (value.soldPackId !== null && !(await withdrawPack(context, value.companyId, value.soldPackId))) {
    await context.invoices.commit({ id, expectedVersion: version, value: { ...value, stage: 'draft' } })
    throw new Failure('pack-in-use')
  }
  await giveBack(context.packLedgers, value.companyId, id)
  for (const day of value.roundedDays ?? []) await giveBack(context.dayLedgers, day, id)
  // Only a contract by the month has a ledger to mark: without one there is nothing that a slow copy could charge.
  const contract = value.runId === null ? undefined : (await context.contracts.get(value.companyId))?.value
  if ((contract && hasFees(contract)) || feeCharges(value.lines).length > 0)
    await giveBackFees(context.feeLedgers, value.companyId, id)
  await inBatches(prestationIds(value.lines), (prestation) => free(context.prestations, prestation, id))
  try {
    await context.invoices.commit({ id, expectedVersion: version, value: null })
  } catch (error) {
    // Two at it at once: one of them ended it.
    if (!(error instanceof VersionConflict) || (await context.invoices.get(id))) throw error
  }
}
