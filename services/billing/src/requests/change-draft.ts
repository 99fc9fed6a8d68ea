import type { changeDraft } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { draftContent } from '../drafting/draft-content.ts'
import { settleDraft } from '../drafting/settle-draft.ts'
import { released } from '../issuing/hold.ts'
import { invoiceView } from '../views/invoice-view.ts'
import { invoiceForFinance } from './visible-invoice.ts'

/** Lines not named by their id are taken off; their prestations are open again. */
export async function answerChangeDraft(
  context: Context,
  { id: given, changes }: InputOf<typeof changeDraft>,
  actor: Actor,
): Promise<OutputOf<typeof changeDraft>> {
  const { id } = await invoiceForFinance(context, given, actor)
  await retryOnConflict(async () => {
    const stored = await settleDraft(context, id)
    if (stored.value.kind === 'credit-note') throw new Failure('credit-note-fixed')
    if (stored.value.stage === 'issued') throw new Failure('invoice-issued')
    const draft = await released(context, stored)
    const value = { ...(await draftContent(context, draft.value, changes)), issuing: null }
    await context.invoices.commit({ id, expectedVersion: draft.version, value })
  })
  return invoiceView(await settleDraft(context, id))
}
