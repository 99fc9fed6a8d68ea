/**
 * A draft is held still while its number is taken, so that what is numbered is what was printed. The hold is a mark
 * on the draft; whoever wants the draft next may take it over, in this order: own mark first, then the series moved on
 * by one version. An attempt that still runs then either finds another's mark on the draft, or finds that its series
 * has moved on and looks at the draft again: it cannot take a number any more.
 */
import { randomUUID } from 'node:crypto'
import { Failure } from '@guichet/contracts/failure'
import { retryOnConflict } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import { SERIES_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import type { InvoiceDocument } from '../domain/invoice.ts'
import { completeNumber } from './complete-number.ts'

type Holding = Pick<Context, 'invoices' | 'series' | 'readSeries' | 'now'>

export const seriesKindOf = ({ kind }: InvoiceDocument) => (kind === 'invoice' ? 'invoice' : 'creditNote')

/** Marks the draft as being issued. @throws Failure invoice-being-discarded */
export async function hold(
  context: Holding,
  id: string,
): Promise<{ attempt: string; draft: Stored<InvoiceDocument> }> {
  const attempt = randomUUID()
  const draft = await mark(context, id, attempt)
  return { attempt, draft }
}

async function mark({ invoices }: Holding, id: string, attempt: string): Promise<Stored<InvoiceDocument>> {
  return retryOnConflict(async () => {
    const stored = await invoices.get(id)
    if (!stored) throw new Failure('not-found')
    if (stored.value.stage === 'issued') return stored
    if (stored.value.stage === 'discarding') throw new Failure('not-found')
    const value = { ...stored.value, issuing: attempt }
    const { version } = await invoices.commit({ id, expectedVersion: stored.version, value })
    return { id, version, value }
  })
}

/** The draft, free to be changed at the version returned. @throws Failure invoice-issued when it got its number. */
export async function released(
  context: Holding,
  stored: Stored<InvoiceDocument>,
): Promise<Stored<InvoiceDocument>> {
  if (stored.value.issuing === null) return stored
  const own = await mark(context, stored.id, randomUUID())
  if (own.value.stage === 'issued') throw new Failure('invoice-issued')
  await moveSeriesOn(context, own)
  return own
}

async function moveSeriesOn(context: Holding, { id, value }: Stored<InvoiceDocument>): Promise<void> {
  await retryOnConflict(async () => {
    const series = await context.readSeries()
    const { pending } = series.value[seriesKindOf(value)]
    if (pending?.draftId === id) {
      await completeNumber(context, pending)
      throw new Failure('invoice-issued')
    }
    await context.series.commit({ id: SERIES_ID, expectedVersion: series.version, value: series.value })
  })
}

/** An attempt that came to nothing lets go; if it cannot, the next one takes over. */
export async function letGo({ invoices }: Holding, id: string, attempt: string): Promise<void> {
  const stored = await invoices.get(id)
  if (stored?.value.issuing !== attempt || stored.value.stage === 'issued') return
  try {
    await invoices.commit({ id, expectedVersion: stored.version, value: { ...stored.value, issuing: null } })
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
  }
}
