import type { InvoiceRun } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import type { Context } from '../context.ts'
import { draftsOfRun } from '../drafting/run-invoices.ts'
import { invoiceSummary } from './invoice-view.ts'

/** With what became of its drafts: also those issued since. */
export async function runView(context: Context, id: string): Promise<InvoiceRun> {
  const run = await context.runs.get(id)
  if (!run) throw new Failure('not-found')
  const { from, to, state, skipped } = run.value
  const drafts = (await draftsOfRun(context, id)).filter(
    ({ value }) => value.stage === 'draft' || value.stage === 'issued',
  )
  return { id, from, to, state, skipped, drafts: drafts.map(invoiceSummary) }
}
