/** Owned by services/billing: work that no invoice names yet, and what finance keeps from the next run. */
import { Type, type Static } from 'typebox'
import { InvoiceLine, InvoiceTotals, LabelledTicket, Prestation } from './billing.ts'
import { request } from './definition.ts'
import { Amount, CalendarDate, Id, Nullable, TicketNumber } from './values/scalars.ts'

const OnePrestation = { ticket: TicketNumber, id: Id }

/**
 * Finance: no run drafts it until it is released. Held again: the reason is replaced.
 * @throws Failure not-found, prestation-invoiced, prestation-drafted, prestation-not-billable
 */
export const holdPrestation = request(
  'billing.hold-prestation',
  Type.Object(
    { ...OnePrestation, reason: Type.String({ minLength: 1, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  Prestation,
)
/** Finance: the next run drafts it again. Released twice is released. @throws Failure not-found */
export const releasePrestation = request(
  'billing.release-prestation',
  Type.Object(OnePrestation, { additionalProperties: false }),
  Prestation,
)

export const UnbilledCompany = Type.Object({
  id: Id,
  name: Type.String(),
  /** The first day of work that waits. */
  oldest: CalendarDate,
  entries: Type.Integer(),
  minutes: Type.Integer(),
  /** By the contracts of those days; what has no price counts nothing. */
  cost: Amount,
  heldBack: Type.Integer(),
  withoutPrice: Type.Integer(),
})
export type UnbilledCompany = Static<typeof UnbilledCompany>

/**
 * Finance: what was worked up to a day and is on no draft and no invoice, held back or not, by client, the longest
 * waiting first; with a client, its entries too, oldest first (at most 500).
 */
export const listUnbilled = request(
  'billing.list-unbilled',
  Type.Object({ until: CalendarDate, companyId: Type.Optional(Id) }),
  Type.Object({
    companies: Type.Array(UnbilledCompany),
    items: Type.Array(Prestation),
    more: Nullable(Type.Integer()),
  }),
)

/**
 * What an invoice of today would hold, were one made: the work that is open, prepaid hours taken off, and the monthly
 * fees of this month. Nothing is written, no number taken. Finance, and the client's billing contacts where the
 * contract shows time. @throws Failure not-found, forbidden
 */
export const foreseeInvoice = request(
  'billing.foresee-invoice',
  Type.Object({ companyId: Id }),
  Type.Object({
    companyId: Id,
    /** The day it is foreseen on. */
    on: CalendarDate,
    lines: Type.Array(InvoiceLine),
    tickets: Type.Array(LabelledTicket),
    totals: InvoiceTotals,
    /** Kinds of work that the contract names no price for: they are on no line. */
    withoutPrice: Type.Array(Type.String()),
  }),
)
