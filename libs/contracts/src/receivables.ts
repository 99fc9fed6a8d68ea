/**
 * Owned by services/billing: what clients owe and are reminded of, what the accountant takes away, what a client asks
 * about a line.
 */
import { Type, type Static } from 'typebox'
import { event, request } from './definition.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import { Amount, CalendarDate, Currency, GivenAmount, Id, Instant, Nullable } from './values/scalars.ts'

/** 1: friendly; 2: firm; 3: the last, which puts the client in default. */
export const ReminderLevel = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)])
export type ReminderLevel = Static<typeof ReminderLevel>

export const Receivable = Type.Object({
  invoiceId: Id,
  number: Type.String(),
  company: Type.Object({ id: Id, name: Type.String() }),
  issuedOn: CalendarDate,
  dueOn: CalendarDate,
  /** 0: not late. */
  daysLate: Type.Integer({ minimum: 0 }),
  payable: Amount,
  credited: Amount,
  paid: Amount,
  open: Amount,
  currency: Currency,
  structuredReference: Nullable(Type.String()),
  reminders: Type.Array(Type.Object({ level: ReminderLevel, at: Instant })),
  /** The house has asked to leave this client in peace about it. */
  remindersPaused: Type.Boolean(),
  /** The level that comes next and the day from which; null: none is left, or they are paused. */
  nextReminder: Nullable(Type.Object({ level: ReminderLevel, from: CalendarDate })),
})
export type Receivable = Static<typeof Receivable>

/** Issued and not paid, the one due first before the others. */
export const listReceivables = request(
  'billing.list-receivables',
  Type.Object({ company: Type.Optional(Id), ...PageQuery }),
  PageOf(Receivable),
)
/** Now, whatever the days; the level that comes next where none is named. */
export const remindOfInvoice = request(
  'billing.remind-of-invoice',
  Type.Object({ id: Id, level: Type.Optional(ReminderLevel) }),
  Receivable,
)
export const pauseReminders = request(
  'billing.pause-reminders',
  Type.Object({ id: Id, paused: Type.Boolean() }),
  Receivable,
)

/** Issued by another system and still to be paid: owed, reminded of and paid here, and never part of our books. */
export const OpeningInvoice = Type.Object(
  {
    number: Type.String({ minLength: 1, maxLength: 40, pattern: '^[^/\\u0000-\\u001f]+$' }),
    issuedOn: CalendarDate,
    dueOn: CalendarDate,
    /** Incl. VAT. */
    amount: GivenAmount,
    /** Before it was taken over. */
    paid: Type.Optional(GivenAmount),
    structuredReference: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  },
  { additionalProperties: false },
)
export type OpeningInvoice = Static<typeof OpeningInvoice>
/** The same number again is the same one. @throws Failure invalid-input, invoice-number-used, not-found */
export const takeOverInvoice = request(
  'billing.take-over-invoice',
  Type.Object({ companyId: Id, invoice: OpeningInvoice }),
  Receivable,
)
export const invoiceTakenOver = event(
  'billing.invoice-taken-over',
  1,
  Type.Object({ invoiceId: Id, number: Type.String(), companyId: Id, amount: Amount }),
)
/** Taken over by mistake. @throws Failure not-found, invoice-has-history, invoice-not-taken-over */
export const withdrawInvoice = request('billing.withdraw-invoice', Type.Object({ id: Id }), Type.Object({}))

export const ReminderSettings = Type.Object(
  {
    /** False: a person sends each. */
    automatic: Type.Boolean(),
    /** Days after the due day from which the first, second and last reminder go. */
    daysLate: Type.Array(Type.Integer({ minimum: 1, maximum: 365 }), { minItems: 3, maxItems: 3 }),
  },
  { additionalProperties: false },
)
export type ReminderSettings = Static<typeof ReminderSettings>
export const getReminderSettings = request('billing.get-reminder-settings', Type.Object({}), ReminderSettings)
export const putReminderSettings = request(
  'billing.put-reminder-settings',
  Type.Object({ settings: ReminderSettings }),
  ReminderSettings,
)

export const ExportFormat = Type.Union([Type.Literal('csv'), Type.Literal('ubl'), Type.Literal('pdf')])
export type ExportFormat = Static<typeof ExportFormat>
/** Everything issued from the first to the last day: a table, or a zip of the files as issued. */
export const exportInvoices = request(
  'billing.export-invoices',
  Type.Object({ from: CalendarDate, to: CalendarDate, format: ExportFormat }),
  Type.Object({ blobId: Id, name: Type.String(), type: Type.String(), size: Type.Integer() }),
)

/** One page of all that was ever issued, read and its hash compared: what is not as it was issued. */
export const verifyDocuments = request(
  'billing.verify-documents',
  Type.Object({ ...PageQuery }),
  Type.Object({
    checked: Type.Integer(),
    broken: Type.Array(
      Type.Object({
        number: Type.String(),
        document: Type.Union([Type.Literal('pdf'), Type.Literal('ubl')]),
        problem: Type.Union([Type.Literal('missing'), Type.Literal('changed')]),
      }),
    ),
    next: Nullable(Type.String()),
  }),
)

/** What a ticket about a line of an invoice says to begin with, for its client's billing contact to open. */
export const phraseQuestion = request(
  'billing.phrase-question',
  Type.Object({ id: Id, line: Id, text: Type.String({ minLength: 1, maxLength: 10_000 }) }),
  Type.Object({ subject: Type.String(), description: Type.String() }),
)

export const invoiceReminded = event(
  'billing.invoice-reminded',
  1,
  Type.Object({
    invoiceId: Id,
    number: Type.String(),
    companyId: Id,
    level: ReminderLevel,
    open: Amount,
    dueOn: CalendarDate,
    structuredReference: Nullable(Type.String()),
    /** Taken over from another system: there is no PDF here. */
    withoutDocument: Type.Optional(Type.Boolean()),
  }),
)
