import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { pauseReminders } from '@guichet/contracts/receivables'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { receivableView } from '../views/receivable-view.ts'
import { invoiceForFinance } from './visible-invoice.ts'

export async function answerPauseReminders(
  context: Context,
  { id: given, paused }: InputOf<typeof pauseReminders>,
  actor: Actor,
): Promise<OutputOf<typeof pauseReminders>> {
  const { id } = await invoiceForFinance(context, given, actor)
  return retryOnConflict(async () => {
    const stored = await context.invoices.get(id)
    if (!stored?.value.issued) throw new Failure('invoice-not-issued')
    if (stored.value.kind === 'credit-note') throw new Failure('credit-note-not-payable')
    const value = { ...stored.value, remindersPaused: paused }
    const { version } = await context.invoices.commit({ id, expectedVersion: stored.version, value })
    return receivableView({ id, version, value }, await context.reminderSettings(), context.today())
  })
}
