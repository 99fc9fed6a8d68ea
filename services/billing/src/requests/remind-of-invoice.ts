import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { remindOfInvoice } from '@guichet/contracts/receivables'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { remind } from '../reminding/remind.ts'
import { receivableView } from '../views/receivable-view.ts'
import { invoiceForFinance } from './visible-invoice.ts'

export async function answerRemindOfInvoice(
  context: Context,
  { id: given, level }: InputOf<typeof remindOfInvoice>,
  actor: Actor,
): Promise<OutputOf<typeof remindOfInvoice>> {
  const { id } = await invoiceForFinance(context, given, actor)
  const reminded = await remind(context, id, { level, by: actor, onlyIfDue: false })
  return receivableView(reminded, await context.reminderSettings(), context.today())
}
