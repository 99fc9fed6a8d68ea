/** Owned by services/billing: what finance reads off all that was issued, and off what is owed. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { Amount, CalendarDate, Id, Nullable } from './values/scalars.ts'

/** `2026-11` */
const Month = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })
const Span = { from: Month, to: Month }

/** Where revenue comes from: work by its kind, monthly fees, prepaid hours sold, lines by hand, discounts of a document. */
export const RevenueSource = Type.Union([
  Type.Literal('work'),
  Type.Literal('fee'),
  Type.Literal('pack'),
  Type.Literal('other'),
  Type.Literal('allowance'),
])
export type RevenueSource = Static<typeof RevenueSource>

/**
 * Excl. VAT, credit notes taken off, by the month of issue. Months, clients and sources each add up to `net`; agents
 * and null to what was billed of their work.
 */
export const RevenueReport = Type.Object({
  ...Span,
  net: Amount,
  documents: Type.Integer(),
  /** Each month of the span, also one in which nothing was issued. */
  months: Type.Array(
    Type.Object({
      month: Month,
      net: Amount,
      documents: Type.Integer(),
      /** What `net` is made of; only what there was. */
      sources: Type.Optional(Type.Array(Type.Object({ source: RevenueSource, net: Amount }))),
    }),
  ),
  /** The one that brought most first; so for the others. */
  companies: Type.Array(Type.Object({ id: Id, name: Type.String(), net: Amount })),
  sources: Type.Array(
    Type.Object({
      source: RevenueSource,
      /** The kind of the work; null for what is none. */
      kind: Nullable(Type.String()),
      net: Amount,
      /** As billed, those covered by prepaid hours too. */
      minutes: Type.Integer(),
    }),
  ),
  agents: Type.Array(Type.Object({ name: Nullable(Type.String()), net: Amount, minutes: Type.Integer() })),
})
export type RevenueReport = Static<typeof RevenueReport>
/** Three years at most. @throws Failure invalid-input */
export const getRevenue = request(
  'billing.get-revenue',
  Type.Object(Span, { additionalProperties: false }),
  RevenueReport,
)

const ageing = {
  /** Not due yet. */
  notDue: Amount,
  /** Days after the due day. */
  to30: Amount,
  to60: Amount,
  to90: Amount,
  over90: Amount,
  total: Amount,
}
export const Ageing = Type.Object({
  on: CalendarDate,
  /** Who owes most first. */
  companies: Type.Array(Type.Object({ id: Id, name: Type.String(), ...ageing })),
  ...ageing,
})
export type Ageing = Static<typeof Ageing>
/** What is open of what was issued, by how late it is. */
export const getAgeing = request(
  'billing.get-ageing',
  Type.Object({}, { additionalProperties: false }),
  Ageing,
)

export const ReportTable = Type.Union([
  Type.Literal('months'),
  Type.Literal('companies'),
  Type.Literal('sources'),
  Type.Literal('agents'),
  Type.Literal('ageing'),
])
export type ReportTable = Static<typeof ReportTable>
/** As CSV for a spreadsheet; the span is of no matter to `ageing`. @throws Failure invalid-input */
export const exportReport = request(
  'billing.export-report',
  Type.Object({ table: ReportTable, ...Span }, { additionalProperties: false }),
  Type.Object({ blobId: Id, name: Type.String(), type: Type.String(), size: Type.Integer() }),
)
