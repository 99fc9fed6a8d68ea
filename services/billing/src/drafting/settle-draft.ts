/**
 * Finishes what a crash may have left of a draft: prestations to claim, prestations to free. Idempotent; whoever
 * needs the draft next does it first.
 */
import { Failure } from '@guichet/contracts/failure'
import { retryOnConflict } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { dueFees } from '../domain/due-fees.ts'
import { gatheredLines, coverageWishes } from '../domain/gathered.ts'
import type { HeldPrestation } from '../domain/held-prestation.ts'
import { isReleasing, type InvoiceDocument } from '../domain/invoice.ts'
import { periodOf } from '../domain/lines.ts'
import { claim, free } from './claim.ts'
import { takeFromDays } from './day-uses.ts'
import { chargeFees, giveBackFees } from './fee-charges.ts'
import { inBatches } from './in-batches.ts'
import { giveBack } from './give-back.ts'
import { contractForDraft } from './past-versions.ts'
import { takeFromPacks } from './pack-uses.ts'

/** @throws Failure not-found, also for one that is being thrown away. */
export async function settleDraft(context: Context, id: string): Promise<Stored<InvoiceDocument>> {
  return retryOnConflict(async () => {
    const stored = await context.invoices.get(id)
    if (!stored || stored.value.stage === 'discarding') throw new Failure('not-found')
    if (stored.value.stage === 'gathering') return gathered(context, stored)
    if (isReleasing(stored.value)) return withReleased(context, stored)
    return stored
  })
}

async function gathered(context: Context, { id, version, value: draft }: Stored<InvoiceDocument>) {
  const { companyId, candidates, period } = draft
  const claimed = await inBatches(candidates, async (candidate) => {
    const value = await claim(context.prestations, candidate, id)
    return value && { id: candidate.id, value }
  })
  const held = claimed.filter((one): one is HeldPrestation => one !== undefined)
  const contract = await contractForDraft(context, companyId, period?.to ?? context.today())
  const terms = context.termsOf(contract)
  const { billed, days } = await takeFromDays(context, id, held, terms)
  const wishes = coverageWishes(held, terms, billed)
  const ledger = await takeFromPacks(context.packLedgers, companyId, id, wishes)
  const due = period === null ? [] : dueFees(contract, period)
  const fees = await chargeFees(context.feeLedgers, companyId, id, due)
  const { lines, withoutPrice } = gatheredLines(held, {
    fees,
    terms,
    billed,
    regime: await context.regime(terms(context.today())),
    packs: ledger.packs,
    uses: ledger.uses[id] ?? [],
  })
  const value: InvoiceDocument = {
    ...draft,
    stage: 'draft',
    lines,
    tickets: await context.facts.labels(
      lines.flatMap(({ ticket }) => ticket ?? []),
      companyId,
    ),
    period: periodOf(lines, period),
    candidates: [],
    ...(days.length > 0 ? { roundedDays: days } : {}),
    heldOut: [...new Set([...draft.heldOut, ...withoutPrice.map((one) => one.value.kind)])],
    releasing: withoutPrice.map((one) => one.id),
  }
  const committed = await context.invoices.commit({ id, expectedVersion: version, value })
  const settled = { id, version: committed.version, value }
  return isReleasing(value) ? withReleased(context, settled) : settled
}

async function withReleased(context: Context, { id, version, value: draft }: Stored<InvoiceDocument>) {
  await giveBack(context.packLedgers, draft.companyId, id, draft.releasing)
  for (const day of draft.roundedDays ?? []) await giveBack(context.dayLedgers, day, id, draft.releasing)
  if (draft.givingBack?.length) await giveBackFees(context.feeLedgers, draft.companyId, id, draft.givingBack)
  await inBatches(draft.releasing, (prestation) => free(context.prestations, prestation, id))
  const value = { ...draft, releasing: [], givingBack: [] }
  const committed = await context.invoices.commit({ id, expectedVersion: version, value })
  return { id, version: committed.version, value }
}
