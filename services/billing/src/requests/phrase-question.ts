import { isBillingContactOf } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { phraseQuestion } from '@guichet/contracts/receivables'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { question } from '../../templates/question.ts'
import { visibleInvoice } from './visible-invoice.ts'

/** For the client's billing contact, in their language; the house does not ask itself. */
export async function answerPhraseQuestion(
  context: Context,
  { id, line: wanted, text }: InputOf<typeof phraseQuestion>,
  actor: Actor,
): Promise<OutputOf<typeof phraseQuestion>> {
  const { value: invoice } = await visibleInvoice(context, id, actor)
  if (actor.kind !== 'account' || !isBillingContactOf(actor, invoice.companyId))
    throw new Failure('forbidden')
  const said = text.trim()
  if (said === '') throw new Failure('invalid-input', { fields: [{ path: 'text', code: 'required' }] })
  const at = invoice.lines.findIndex((line) => line.id === wanted)
  const line = invoice.lines[at]
  if (!invoice.issued || !line) {
    throw new Failure('invalid-input', { fields: [{ path: 'line', code: 'no-such-line' }] })
  }
  return question(actor.language, { number: invoice.issued.number, position: at + 1, line, text: said })
}
