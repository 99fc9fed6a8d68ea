/**
 * A draft becomes an invoice (or credit note) with the next number: dense, unique, in date order, under kills and
 * parallel issuers. In this order:
 *
 *   1. the draft is held still (hold.ts);
 *   2. everything is checked and both documents are printed, with the number that would be next, and stored;
 *   3. the series takes the number, together with all that completes the invoice (`pending`);
 *   4. the draft becomes the invoice.
 *
 * A crash after 1 leaves a held draft that the next attempt takes over; after 2, blobs that nobody refers to; after
 * 3, a pending number that whoever comes next completes before taking another.
 */
import { VersionConflict, type Stored } from '@guichet/store'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { numberKey, SERIES_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import { numberChecks } from '../documents/number-checks.ts'
import { issuedFacts, type IssueFacts } from '../domain/issue.ts'
import type { InvoiceDocument, PrintedIssue } from '../domain/invoice.ts'
import { compact } from '../domain/seller.ts'
import { candidateOf, taken, type Candidate, type SeriesKind, type StoredSeries } from '../domain/series.ts'
import { settleDraft } from '../drafting/settle-draft.ts'
import { completeNumber } from './complete-number.ts'
import { hold, letGo, seriesKindOf } from './hold.ts'
import { createIssueLine, type IssueLine, type Turn } from './print-ahead.ts'
import { blobIdsOf, forget, printOrderOf } from './printed-documents.ts'

const issueLines = new WeakMap<Context['series'], IssueLine>()

function issueLineOf(context: Context): IssueLine {
  const line = issueLines.get(context.series) ?? createIssueLine(context)
  issueLines.set(context.series, line)
  return line
}

/** Issuing what is issued gives it back: a repeat after a lost answer. */
export function issueDocument(context: Context, id: string, by: Actor): Promise<Stored<InvoiceDocument>> {
  const waiting = {
    kind: async () => {
      const stored = await context.invoices.get(id)
      return stored && seriesKindOf(stored.value)
    },
    prepare: async (candidate: Candidate) => {
      const { value } = await settleDraft(context, id)
      if (value.stage === 'issued') return undefined
      const facts = issuedFacts(value, candidate, await factsFor(context, value))
      return printOrderOf(context, id, value, facts)
    },
  }
  return issueLineOf(context).inTurn(waiting, (turn) => attempted(context, { id, by, turn }))
}

async function attempted(
  context: Context,
  { id, by, turn }: Pick<Attempt, 'id' | 'by' | 'turn'>,
): Promise<Stored<InvoiceDocument>> {
  const before = await settleDraft(context, id)
  if (before.value.stage === 'issued') return before
  const facts = await factsFor(context, before.value)
  // What is wrong is said before anything is touched.
  const { value: series } = await context.readSeries()
  issuedFacts(before.value, candidateOf(series, seriesKindOf(before.value), context.today()), facts)

  const { attempt, draft } = await hold(context, id)
  if (draft.value.stage === 'issued') return draft
  return numbered(context, { id, attempt, facts, by, turn })
}

interface Attempt {
  id: string
  attempt: string
  facts: IssueFacts
  by: Actor
  turn: Turn
}

/** More copies than this do not issue at once. */
const MOST_RACES = 100

async function numbered(context: Context, attempt: Attempt): Promise<Stored<InvoiceDocument>> {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const series = await context.readSeries()
    const ready = await readied(context, series.value, attempt)
    if ('done' in ready) return ready.done
    const { kind, candidate, issued } = ready
    const next = { number: candidate.number, draftId: attempt.id, issued, by: attempt.by }
    const value = taken(series.value, kind, candidate, next)
    try {
      await context.series.commit({
        id: SERIES_ID,
        expectedVersion: series.version,
        value,
        keeps: blobIdsOf(issued.documents),
      })
    } catch (error) {
      // Anything but a lost race may have taken the number all the same: the draft stays held until someone looks.
      if (!(error instanceof VersionConflict)) throw error
      await forget(context, issued.documents)
      continue
    }
    return completeNumber(context, next)
  }
  await letGo(context, attempt.id, attempt.attempt)
  throw new Failure('busy', { retryable: true })
}

type Ready =
  { done: Stored<InvoiceDocument> } | { kind: SeriesKind; candidate: Candidate; issued: PrintedIssue }

/** All but the taking. Nothing is numbered yet, so whatever fails here lets the draft go. */
async function readied(
  context: Context,
  series: StoredSeries,
  { id, attempt, facts, turn }: Attempt,
): Promise<Ready> {
  try {
    const draft = await context.invoices.get(id)
    if (!draft) throw new Failure('not-found')
    const kind = seriesKindOf(draft.value)
    const { pending } = series[kind]
    if (pending) {
      const completed = await completeNumber(context, pending)
      if (pending.draftId === id) return { done: completed }
    }
    if (draft.value.stage === 'issued') return { done: draft }
    // Read after the series: if this mark is ours and the series does not move on, nobody else had the draft.
    if (draft.value.issuing !== attempt) throw new Failure('invoice-changed-meanwhile', { retryable: true })
    const candidate = candidateOf(series, kind, context.today())
    await requireFree(context, candidate.number)
    const ready = issuedFacts(draft.value, candidate, facts)
    const order = await printOrderOf(context, id, draft.value, ready)
    const documents = await turn.documents(order, taken(series, kind, candidate, null))
    const issued: PrintedIssue = { ...ready, documents }
    return { kind, candidate, issued }
  } catch (error) {
    await letGo(context, id, attempt)
    throw error
  }
}

/** An old system's open invoice may have that number: two documents of one house must not share it. */
async function requireFree({ invoices }: Context, number: string): Promise<void> {
  const { items } = await invoices.find({ index: 'number', key: [numberKey(number)], limit: 1 })
  if (items.some(({ value }) => value.takenOver))
    throw new Failure('number-taken-over', { params: { number } })
}

async function factsFor(context: Context, { companyId }: InvoiceDocument): Promise<IssueFacts> {
  const { name, legalName, vatNumber, enterpriseNumber, address } = await context.facts.company(companyId)
  const contract = await context.contracts.get(companyId)
  return {
    seller: await context.seller(),
    buyer: {
      name,
      legalName,
      vatNumber: compact(vatNumber),
      enterpriseNumber: compact(enterpriseNumber),
      address,
    },
    contract: contract?.value,
    law: context.law,
    checks: await numberChecks(),
  }
}
