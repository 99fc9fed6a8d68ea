import type { runInvoices } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { VersionConflict } from '@guichet/store'
import { newId } from '../account-of.ts'
import type { Context } from '../context.ts'
import { isRealDay } from '../domain/days.ts'
import { continueRun } from '../drafting/run-invoices.ts'
import { runView } from '../views/run-view.ts'

/** An answer waits no longer than this; the run goes on by itself and is looked at by its id. */
const ANSWER_WITHIN_MS = 3000

export async function answerRunInvoices(
  context: Context,
  { from, to, companyId, idempotencyKey }: InputOf<typeof runInvoices>,
  actor: Actor,
): Promise<OutputOf<typeof runInvoices>> {
  const faults = [
    ...(isRealDay(from) ? [] : [{ path: 'from', code: 'no-such-day' }]),
    ...(isRealDay(to) ? [] : [{ path: 'to', code: 'no-such-day' }]),
    ...(from > to ? [{ path: 'to', code: 'ends-before-it-begins' }] : []),
  ]
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  if (companyId !== undefined) await context.facts.company(companyId)

  const id = newId(actor, 'invoice run', idempotencyKey)
  await begun(context, id, {
    from,
    to,
    companyId: companyId ?? null,
    startedAt: context.timestamp(),
    state: 'running',
    skipped: [],
  })
  const deadline = performance.now() + ANSWER_WITHIN_MS
  await continueRun(context, id, () => performance.now() < deadline)
  return runView(context, id)
}

async function begun(
  { runs }: Context,
  id: string,
  value: Parameters<Context['runs']['commit']>[0]['value'],
) {
  try {
    await runs.commit({ id, expectedVersion: 0, value })
  } catch (error) {
    // The same key again: the same run.
    if (!(error instanceof VersionConflict)) throw error
  }
}
