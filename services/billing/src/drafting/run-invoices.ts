/**
 * A run drafts what was worked in a period and not invoiced yet, one draft per company. A draft's id derives from run
 * and company, and every step can be done again: a run that was cut off goes on where it was, in whatever copy.
 */
import { Failure } from '@guichet/contracts/failure'
import { idFromKey } from '@guichet/contracts/values/id'
import { VersionConflict, type Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import type { StoredContract } from '../domain/contract.ts'
import { dueFees, notCharged } from '../domain/due-fees.ts'
import { NEW_INVOICE, type InvoiceDocument } from '../domain/invoice.ts'
import type { StoredPrestation } from '../domain/prestation.ts'
import { isPriced } from '../domain/pricing.ts'
import type { SkippedCompany, StoredRun } from '../domain/run.ts'
import { discardDraft } from './discard-draft.ts'
import { settleDraft } from './settle-draft.ts'

const PAGE = 100

/** Goes on until it is done or `mayGoOn` says no; true when done. */
export async function continueRun(context: Context, runId: string, mayGoOn = () => true): Promise<boolean> {
  const stored = await context.runs.get(runId)
  if (!stored || stored.value.state === 'done') return true
  const skipped: SkippedCompany[] = []
  for (const companyId of await companiesOf(context, stored.value)) {
    if (!mayGoOn()) return false
    const reason = await draftCompany(context, stored, companyId)
    if (reason) skipped.push(reason)
  }
  await finish(context, stored, skipped)
  return true
}

async function companiesOf(context: Context, run: StoredRun): Promise<string[]> {
  if (run.companyId !== null) return [run.companyId]
  const found = new Set<string>()
  for await (const { value } of prestationsIn(context, 'open', ['all'], run)) found.add(value.companyId)
  for await (const { id } of contractsWithFees(context)) found.add(id)
  return [...found].sort()
}

async function* contractsWithFees({ contracts }: Context): AsyncGenerator<Stored<StoredContract>> {
  let cursor: string | undefined
  do {
    const page = await contracts.find({ index: 'withFees', key: ['all'], limit: PAGE, cursor })
    yield* page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

/** Whether a month of a fixed fee ends in the run's period that nothing has charged yet. */
async function owesFees(context: Context, companyId: string, run: StoredRun): Promise<boolean> {
  const due = dueFees((await context.contracts.get(companyId))?.value, run)
  if (due.length === 0) return false
  return notCharged((await context.feeLedgers.get(companyId))?.value, due).length > 0
}

async function* prestationsIn(
  { prestations }: Context,
  index: 'open' | 'heldBack',
  key: readonly string[],
  { from, to }: StoredRun,
): AsyncGenerator<Stored<StoredPrestation>> {
  let cursor: string | undefined
  do {
    const page = await prestations.find({ index, key, order: 'asc', limit: PAGE, cursor })
    for (const stored of page.items) {
      if (stored.value.workedOn > to) return
      if (stored.value.workedOn >= from) yield stored
    }
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

export function runDraftId(runId: string, companyId: string): string {
  return idFromKey(`invoice-run/${runId}`, companyId)
}

/** Says why, where the company is left out whole. */
async function draftCompany(
  context: Context,
  { id: runId, value: run }: Stored<StoredRun>,
  companyId: string,
): Promise<SkippedCompany | undefined> {
  const id = runDraftId(runId, companyId)
  // Made before the run was cut off, or thrown away by a person since.
  if ((await context.invoices.get(id)) || (await context.invoices.tombstone(id)) !== undefined)
    return undefined

  const terms = await context.termsByDay(companyId)
  const hasPacks = ((await context.packLedgers.get(companyId))?.value.packs.length ?? 0) > 0
  const candidates: InvoiceDocument['candidates'] = []
  const withoutPrice = new Set<string>()
  for await (const { id: prestation, version, value } of prestationsIn(
    context,
    'open',
    ['company', companyId],
    run,
  )) {
    const covering = hasPacks && value.minutes !== null
    if (covering || isPriced(value, terms(value.workedOn))) candidates.push({ id: prestation, version })
    else withoutPrice.add(value.kind)
  }
  const heldOut = [...withoutPrice]
  if (candidates.length === 0 && !(await owesFees(context, companyId, run))) {
    return heldOut.length > 0 ? { companyId, reason: 'kind-without-price', kinds: heldOut } : undefined
  }
  const name = await companyName(context, companyId)
  if (name === undefined) return { companyId, reason: 'company-unknown' }

  const value: InvoiceDocument = {
    ...NEW_INVOICE,
    stage: 'gathering',
    companyId,
    companyName: name,
    createdAt: context.timestamp(),
    period: { from: run.from, to: run.to },
    runId,
    candidates,
    heldOut,
  }
  try {
    await context.invoices.commit({ id, expectedVersion: 0, value })
  } catch (error) {
    // Another copy drafts the same: its document counts, and is settled below.
    if (!(error instanceof VersionConflict)) throw error
  }
  await settledIfThere(context, id)
  return undefined
}

async function companyName({ facts }: Context, companyId: string): Promise<string | undefined> {
  try {
    return (await facts.company(companyId)).name
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined
    throw error
  }
}

async function settledIfThere(context: Context, id: string): Promise<InvoiceDocument | undefined> {
  return (await ignoringGone(settleDraft(context, id)))?.value
}

/** Another copy may have thrown it away meanwhile. */
async function ignoringGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined
    throw error
  }
}

/** What the drafts could not take is told; drafts that others were faster than hold nothing and go. */
async function finish(context: Context, run: Stored<StoredRun>, skipped: SkippedCompany[]): Promise<void> {
  for (const { id } of await draftsOfRun(context, run.id)) {
    const draft = await settledIfThere(context, id)
    if (!draft) continue
    if (draft.heldOut.length > 0) {
      skipped.push({ companyId: draft.companyId, reason: 'kind-without-price', kinds: draft.heldOut })
    }
    if (draft.stage === 'draft' && draft.lines.length === 0) await ignoringGone(discardDraft(context, id))
  }
  skipped.push(...(await heldBackIn(context, run.value)))
  const value: StoredRun = { ...run.value, state: 'done', skipped }
  try {
    await context.runs.commit({ id: run.id, expectedVersion: run.version, value })
  } catch (error) {
    // Another copy finished it.
    if (!(error instanceof VersionConflict)) throw error
  }
}

async function heldBackIn(context: Context, run: StoredRun): Promise<SkippedCompany[]> {
  const key = run.companyId === null ? ['all'] : ['company', run.companyId]
  const entries = new Map<string, number>()
  for await (const { value } of prestationsIn(context, 'heldBack', key, run))
    entries.set(value.companyId, (entries.get(value.companyId) ?? 0) + 1)
  return [...entries].map(([companyId, count]) => ({ companyId, reason: 'held-back', entries: count }))
}

export async function draftsOfRun(context: Context, runId: string): Promise<Stored<InvoiceDocument>[]> {
  const drafts: Stored<InvoiceDocument>[] = []
  let cursor: string | undefined
  do {
    const page = await context.invoices.find({
      index: 'ofRun',
      key: [runId],
      order: 'asc',
      limit: PAGE,
      cursor,
    })
    drafts.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return drafts
}
