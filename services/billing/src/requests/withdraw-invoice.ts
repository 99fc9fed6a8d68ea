import type { withdrawInvoice } from '@guichet/contracts/receivables'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { invoiceForFinance } from './visible-invoice.ts'

/** What this house issued is never deleted; what was taken over by mistake is, until something was done with it. */
export async function answerWithdrawInvoice(
  context: Context,
  { id: given }: InputOf<typeof withdrawInvoice>,
  actor: Actor,
): Promise<Record<string, never>> {
  return await retryOnConflict(async () => {
    const { id, version, value } = await invoiceForFinance(context, given, actor)
    if (!value.takenOver) throw new Failure('invoice-not-taken-over')
    const paidHere = value.payments.some((payment) => payment.id !== 'before')
    if (paidHere || (value.reminders ?? []).length > 0) throw new Failure('invoice-has-history')
    await context.invoices.commit({ id, expectedVersion: version, value: null })
    return {}
  })
}
