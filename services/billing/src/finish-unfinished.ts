/**
 * What a crash left half done is completed without anybody asking: each story is ordered so that this is always
 * possible, and every step may be done twice.
 */
import { Failure } from '@guichet/contracts/failure'
import { VersionConflict, type Collection } from '@guichet/store'
import type { Context } from './context.ts'
import { completeCredits } from './crediting/credit-invoice.ts'
import { finishDiscarding } from './drafting/discard-draft.ts'
import { continueRun } from './drafting/run-invoices.ts'
import { settleDraft } from './drafting/settle-draft.ts'
import { completeNumber } from './issuing/complete-number.ts'
import { finishSales } from './selling/sell-pack.ts'

/** Also goes on with runs that are longer than an answer may take. */
export const FINISH_EVERY_MS = 2000
const AT_ONCE = 100

export async function finishUnfinished(context: Context): Promise<void> {
  const { value: series } = await context.readSeries()
  for (const { pending } of [series.invoice, series.creditNote]) {
    if (pending) await attempt(context, () => completeNumber(context, pending))
  }
  for (const { id } of await unfinished(context.packLedgers)) {
    await attempt(context, () => finishSales(context, id))
  }
  for (const stored of await unfinished(context.invoices)) {
    await attempt(context, async () => {
      if (stored.value.stage === 'discarding') await finishDiscarding(context, stored)
      else if (stored.value.stage === 'issued') await completeCredits(context, stored.id)
      else await settleDraft(context, stored.id)
    })
  }
  for (const { id } of await unfinished(context.runs)) {
    await attempt(context, () => continueRun(context, id))
  }
}

async function unfinished<T>(collection: Collection<T, 'unfinished' | never>) {
  const page = await collection.find({
    index: 'unfinished',
    key: ['unfinished'],
    order: 'asc',
    limit: AT_ONCE,
  })
  return page.items
}

/** One story that cannot go on now (another service is away, another copy is at it) does not hold up the others. */
async function attempt({ parts }: Context, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof VersionConflict) return
    if (!(error instanceof Failure)) throw error
    parts.log.warn({ code: error.code }, 'billing could not finish something yet and will try again')
  }
}
