/** Owned by services/billing: service time as an agent plans their day by it, and as finance accounts for it. */
import { Type, type Static } from 'typebox'
import { logPrestation, Prestation, PrestationState, Unit, TimeClass } from './billing.ts'
import { request } from './definition.ts'
import { Amount, CalendarDate, Id, NonNegativeDecimal, Nullable, TicketNumber } from './values/scalars.ts'

/** What a prestation would cost and why, before it is saved. Staff. */
export const PrestationPreview = Type.Object({
  /**
   * `priced`: by the contract's rate. `covered`: by prepaid hours, whole or in part. `not-billable`: as it was marked.
   * `no-price`: the contract names no price for this kind, and nothing can be invoiced.
   */
  why: Type.Union([
    Type.Literal('priced'),
    Type.Literal('covered'),
    Type.Literal('not-billable'),
    Type.Literal('no-price'),
  ]),
  /** After rounding; null for km and pieces. */
  billedMinutes: Nullable(Type.Integer()),
  /**
   * Where the contract rounds the work of a kind on a ticket and day as one: minutes that were worked and counted of it
   * before. `billedMinutes` is what this piece adds; 0 where the others' rounding pays for it.
   */
  dayBefore: Type.Optional(Type.Object({ worked: Type.Integer(), billed: Type.Integer() })),
  quantity: Nullable(NonNegativeDecimal),
  unit: Nullable(Unit),
  /** Per hour for time, per unit else. */
  price: Nullable(NonNegativeDecimal),
  /** What the hours of the work put on top of the price. */
  surcharges: Type.Optional(
    Type.Array(Type.Object({ timeClass: TimeClass, percent: NonNegativeDecimal, minutes: Type.Integer() })),
  ),
  /** Taken off already; `0` where the kind is kept from what is off the price of time. */
  discountPercent: Type.Optional(NonNegativeDecimal),
  /** Whose it is: of this kind of work, or of all time. */
  discountOf: Type.Optional(Type.Union([Type.Literal('kind'), Type.Literal('time')])),
  /** Without what prepaid hours cover; null where there is no price. */
  cost: Nullable(Amount),
  /** Minutes that prepaid hours take over, and what they hold before. */
  coveredMinutes: Type.Integer(),
  packMinutesLeft: Type.Integer(),
})
export type PrestationPreview = Static<typeof PrestationPreview>
export const previewPrestation = request(
  'billing.preview-prestation',
  Type.Object({ ticket: TicketNumber, prestation: logPrestation.input.properties.prestation }),
  PrestationPreview,
)

/** An agent's own days, newest first; anybody's for finance and admins. At most 500 entries; more are cut off. */
export const listAgentPrestations = request(
  'billing.list-agent-prestations',
  Type.Object({ from: CalendarDate, to: CalendarDate, agentId: Type.Optional(Id) }),
  Type.Object({ items: Type.Array(Prestation), minutes: Type.Integer(), complete: Type.Boolean() }),
)

/** Every minute worked in a month is in exactly one state: the sum of the states is the sum of the work. Finance. */
export const getTimeBalance = request(
  'billing.get-time-balance',
  Type.Object({
    month: Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }),
    companyId: Type.Optional(Id),
  }),
  Type.Object({
    minutes: Type.Integer(),
    entries: Type.Integer(),
    states: Type.Array(
      Type.Object({ state: PrestationState, minutes: Type.Integer(), entries: Type.Integer() }),
    ),
    companies: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        minutes: Type.Integer(),
        /** Not on any invoice yet, and to be. */
        openMinutes: Type.Integer(),
      }),
    ),
    /** Down to the entry, newest first, where a company is named. */
    items: Type.Array(Prestation),
  }),
)
