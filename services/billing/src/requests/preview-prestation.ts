import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { previewPrestation } from '@guichet/contracts/service-time'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { coverageWishes } from '../domain/gathered.ts'
import { NO_PACKS } from '../domain/packs.ts'
import { prestationFields } from '../domain/prestation.ts'
import { preview } from '../domain/preview.ts'
import { openWork } from '../drafting/open-work.ts'
import { ticketForStaff } from './visible-prestation.ts'

/** Nothing is written; the same fields are refused as when it is logged. */
export async function answerPreviewPrestation(
  context: Context,
  input: InputOf<typeof previewPrestation>,
  actor: Actor,
): Promise<OutputOf<typeof previewPrestation>> {
  const { companyId } = await ticketForStaff(context, input.ticket, actor)
  if (companyId === null) throw new Failure('ticket-without-company', { params: { ticket: input.ticket } })
  const { fields, faults } = prestationFields(undefined, input.prestation, context.today())
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  const [terms, ledger] = await Promise.all([
    context.termsByDay(companyId),
    context.packLedgers.get(companyId),
  ])
  const open = ledger ? await openWork(context, companyId) : []
  return preview(fields, terms(fields.workedOn), ledger?.value ?? NO_PACKS, coverageWishes(open, terms))
}
