import type { takeOverInvoice } from '@guichet/contracts/receivables'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { openingFaults } from '../domain/opening-invoice.ts'
import { documentOf, sellerOfOld, takeOver } from '../taking-over/open-invoice.ts'
import { receivableView } from '../views/receivable-view.ts'

/** Under its number there is one: said again it is the same, unless another amount is said. */
export async function answerTakeOverInvoice(
  context: Context,
  { companyId, invoice }: InputOf<typeof takeOverInvoice>,
  actor: Actor,
): Promise<OutputOf<typeof takeOverInvoice>> {
  const company = await context.facts.company(companyId)
  const faults = openingFaults(invoice, context.today())
  if (invoice.number.trim() === '') faults.push({ path: 'number', code: 'required' })
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  const value = documentOf(context, invoice, company, await sellerOfOld(context))
  const { kept } = await takeOver(context, value, actor)
  return receivableView(kept, await context.reminderSettings(), context.today())
}
