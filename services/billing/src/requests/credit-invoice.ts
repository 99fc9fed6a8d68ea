import type { creditInvoice } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { Actor } from '@guichet/contracts/values/actor'
import { newId } from '../account-of.ts'
import type { Context } from '../context.ts'
import { creditInvoice as credit } from '../crediting/credit-invoice.ts'
import { invoiceView } from '../views/invoice-view.ts'
import { invoiceForFinance } from './visible-invoice.ts'

export async function answerCreditInvoice(
  context: Context,
  { id, creditNote, idempotencyKey }: InputOf<typeof creditInvoice>,
  actor: Actor,
): Promise<OutputOf<typeof creditInvoice>> {
  const invoice = await invoiceForFinance(context, id, actor)
  const creditNoteId = newId(actor, `credit note of ${invoice.id}`, idempotencyKey)
  const note = await credit(context, { ...creditNote, invoiceId: invoice.id, creditNoteId, by: actor })
  return invoiceView(note)
}
