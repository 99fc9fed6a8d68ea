import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { previewPrestation } from '@guichet/contracts/service-time'
import type { Actor } from '@guichet/contracts/values/actor'
import { accountOf } from '../account-of.ts'
import type { Context } from '../context.ts'
import type { TermsByDay } from '../domain/contract.ts'
import { dayOf, roundedByDay } from '../domain/day-rounding.ts'
import { coverageWishes } from '../domain/gathered.ts'
import type { HeldPrestation } from '../domain/held-prestation.ts'
import { NO_PACKS } from '../domain/packs.ts'
import { notedPrestation, prestationFields } from '../domain/prestation.ts'
import { OWN, preview } from '../domain/preview.ts'
import { foreseenDays } from '../drafting/day-uses.ts'
import { openOnTickets, openWork } from '../drafting/open-work.ts'
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
  const noted = { ticket: input.ticket, companyId, loggedAt: context.timestamp(), by: accountOf(actor) }
  const own = { id: OWN, value: notedPrestation(fields, noted) }
  const open = await openBefore(context, own, ledger !== undefined, terms)
  const { billed, sharesOn } = await foreseenDays(context, fields.billable ? [...open, own] : open, terms)
  const wishes = ledger ? coverageWishes(open, terms, billed) : []
  return preview(fields, terms(fields.workedOn), ledger?.value ?? NO_PACKS, wishes, sharesOn(dayOf(own)))
}

/** What has its turn before it: at prepaid hours all that is open, at the rounding of its day what is open on its ticket. */
async function openBefore(
  context: Context,
  own: HeldPrestation,
  hasPacks: boolean,
  terms: TermsByDay,
): Promise<HeldPrestation[]> {
  const { companyId, ticket } = own.value
  if (hasPacks) return openWork(context, companyId)
  if (!roundedByDay(own, terms)) return []
  return (await openOnTickets(context, new Set([ticket]))).filter(({ value }) => !value.heldBack)
}
