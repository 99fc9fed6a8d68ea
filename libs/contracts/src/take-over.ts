/** Owned by services/billing: what another system leaves open, brought over as tables. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { Amount, CalendarDate, Currency, Id, NonNegativeDecimal, Nullable } from './values/scalars.ts'
import { GivenTable, LineFault, LineNumber, LineOutcome } from './values/table.ts'

/** Lines of one table, the header aside. */
export const MOST_TAKEN_OVER = 1000

const ofEveryLine = {
  line: LineNumber,
  /** As the file names it: by name, else by number. */
  client: Type.String(),
  /** Whom that is; null where nobody is, or more than one. */
  company: Nullable(Type.Object({ id: Id, name: Type.String() })),
  /** `known`: it is here already, and stays as it is. */
  outcome: LineOutcome,
  faults: Type.Array(LineFault),
}
const counts = {
  /** Lines; after a commit those that it made. */
  new: Type.Integer({ minimum: 0 }),
  known: Type.Integer({ minimum: 0 }),
  faulty: Type.Integer({ minimum: 0 }),
}

/** What is read of an open invoice; null: missing, or not to be read. */
export const OpeningInvoiceLine = Type.Object({
  ...ofEveryLine,
  number: Type.String(),
  issuedOn: Nullable(CalendarDate),
  dueOn: Nullable(CalendarDate),
  /** Incl. VAT. */
  amount: Nullable(Amount),
  paid: Nullable(Amount),
  open: Nullable(Amount),
  structuredReference: Nullable(Type.String()),
})
export type OpeningInvoiceLine = Static<typeof OpeningInvoiceLine>

/**
 * Finance. Each line by itself, its number being its key: taken again it is known, and another client or amount under
 * it is a fault. At most 1 MiB and 1,000 lines.
 *
 * @throws Failure table-missing, table-too-large, table-unreadable, table-column-missing, seller-missing
 */
export const takeOverInvoices = request(
  'billing.take-over-invoices',
  GivenTable,
  Type.Object({
    lines: Type.Array(OpeningInvoiceLine),
    ...counts,
    /** Of the new lines: what is still to be paid. */
    open: Amount,
    currency: Currency,
  }),
)

export const OpeningPackLine = Type.Object({
  ...ofEveryLine,
  reference: Type.String(),
  /** Left. */
  minutes: Nullable(Type.Integer({ minimum: 1 })),
  validFrom: Nullable(CalendarDate),
  validUntil: Nullable(CalendarDate),
  price: Nullable(NonNegativeDecimal),
})
export type OpeningPackLine = Static<typeof OpeningPackLine>

/**
 * Finance. Each line by itself, its key being the client and its reference, or its last day where it has none: taken
 * again it is known, and other hours under it are a fault. At most 1 MiB and 1,000 lines.
 *
 * @throws Failure table-missing, table-too-large, table-unreadable, table-column-missing
 */
export const takeOverPacks = request(
  'billing.take-over-packs',
  GivenTable,
  Type.Object({
    lines: Type.Array(OpeningPackLine),
    ...counts,
    /** Of the new lines. */
    minutes: Type.Integer({ minimum: 0 }),
  }),
)
