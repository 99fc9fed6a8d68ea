/** Owned by services/billing: prestations, contracts, packs, invoices, payments. Every amount is a decimal string. */
import { Type, type Static } from 'typebox'
import { event, request } from './definition.ts'
import { PostalAddress } from './identity.ts'
import { DeliveryChannel, DeliveryState } from './invoice-delivery.ts'
import { ChangedField } from './service.ts'
import { Language } from './values/language.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import {
  Amount,
  CalendarDate,
  Currency,
  Decimal,
  EmailAddress,
  Empty,
  GivenAmount,
  Id,
  IdempotencyKey,
  Instant,
  NonNegativeDecimal,
  Nullable,
  TicketNumber,
} from './values/scalars.ts'

export const Unit = Type.Union([
  Type.Literal('minute'),
  Type.Literal('hour'),
  Type.Literal('km'),
  Type.Literal('piece'),
])
export type Unit = Static<typeof Unit>
export const VatCategory = Type.Union([Type.Literal('S'), Type.Literal('AE'), Type.Literal('E')])
export type VatCategory = Static<typeof VatCategory>
export const VatRegime = Type.Union([
  Type.Literal('normal'),
  Type.Literal('franchise'),
  Type.Literal('reverse-charge'),
  Type.Literal('exempt'),
])
export type VatRegime = Static<typeof VatRegime>

export const PrestationState = Type.Union([
  Type.Literal('open'),
  Type.Literal('held-back'),
  Type.Literal('drafted'),
  Type.Literal('invoiced'),
  Type.Literal('credited'),
  Type.Literal('covered'),
  Type.Literal('not-billable'),
])
/** Wall-clock time in the house's zone, `HH:MM`. */
const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

export const Prestation = Type.Object({
  id: Id,
  ticket: TicketNumber,
  companyId: Id,
  workedOn: CalendarDate,
  /** When it began, where that was noted. */
  startedAt: Type.Optional(TimeOfDay),
  /** Worked minutes; null for km and pieces. */
  minutes: Nullable(Type.Integer({ minimum: 1 })),
  quantity: Nullable(NonNegativeDecimal),
  /** What the quantity is of, by the contract of that day; absent for time, and where the kind has no price. */
  unit: Type.Optional(Unit),
  kind: Type.String(),
  description: Type.String(),
  billable: Type.Boolean(),
  agent: Type.Object({ id: Id, name: Type.String() }),
  loggedAt: Instant,
  state: PrestationState,
  invoice: Nullable(Type.String()),
  /** Why no run takes it, and who said so; for staff. */
  heldBack: Type.Optional(
    Type.Object({ reason: Type.String(), by: Type.Object({ id: Id, name: Type.String() }), at: Instant }),
  ),
  /** Where the contract rounds a ticket's day as one, for who sees the cost: what of it this entry was given. */
  billedMinutes: Type.Optional(Type.Integer({ minimum: 0 })),
  /** What it costs by the contract of today; null where the kind has no price yet. */
  cost: Nullable(Amount),
})
export type Prestation = Static<typeof Prestation>

const prestationFields = {
  workedOn: CalendarDate,
  /** When it began, for contracts by time classes; null takes it back. */
  startedAt: Type.Optional(Nullable(TimeOfDay)),
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 * 24 * 31 })),
  quantity: Type.Optional(NonNegativeDecimal),
  kind: Type.String({ minLength: 1, maxLength: 100 }),
  description: Type.String({ maxLength: 2000 }),
  billable: Type.Boolean(),
}
export const logPrestation = request(
  'billing.log-prestation',
  Type.Object({
    ticket: TicketNumber,
    prestation: Type.Object(
      { ...prestationFields, billable: Type.Optional(Type.Boolean()) },
      { additionalProperties: false },
    ),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  Prestation,
)
export const listPrestations = request(
  'billing.list-prestations',
  Type.Object({ ticket: TicketNumber, ...PageQuery }),
  PageOf(Prestation),
)
export const changePrestation = request(
  'billing.change-prestation',
  Type.Object({
    ticket: TicketNumber,
    id: Id,
    changes: Type.Partial(Type.Object(prestationFields), { additionalProperties: false }),
  }),
  Prestation,
)
export const removePrestation = request(
  'billing.remove-prestation',
  Type.Object({ ticket: TicketNumber, id: Id }),
  Empty,
)

export const ContractRate = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 100 }),
    unit: Type.Union([Type.Literal('hour'), Type.Literal('km'), Type.Literal('piece')]),
    price: NonNegativeDecimal,
    vatRate: NonNegativeDecimal,
    /** Off this kind's price, a discount on each of its lines; 0: none. null or absent: what is off the price of time. */
    discountPercent: Type.Optional(Nullable(NonNegativeDecimal)),
  },
  { additionalProperties: false },
)
/** When work is done: office hours, the hours around them, the night, a Saturday or Sunday, a public holiday. */
export const TimeClass = Type.Union([
  Type.Literal('office'),
  Type.Literal('evening'),
  Type.Literal('night'),
  Type.Literal('weekend'),
  Type.Literal('holiday'),
])
export type TimeClass = Static<typeof TimeClass>

const Percent = Type.String({ pattern: '^[0-9]{1,3}([.,][0-9]{1,2})?$' })
export const TimeClasses = Type.Object(
  {
    officeFrom: TimeOfDay,
    officeTo: TimeOfDay,
    /** The night runs over midnight, from here… */
    nightFrom: TimeOfDay,
    /** …to here; what is neither office nor night is evening. */
    nightTo: TimeOfDay,
    /** Percent on the hourly price. */
    surcharges: Type.Object(
      { evening: Percent, night: Percent, weekend: Percent, holiday: Percent },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
export type TimeClasses = Static<typeof TimeClasses>

/** `2026-11` */
const Month = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })
/** What is charged each calendar month, whatever is worked. */
export const FixedFee = Type.Object(
  {
    /** Given when it is first agreed; one of the same description keeps it. */
    id: Type.Optional(Id),
    description: Type.String({ minLength: 1, maxLength: 200 }),
    /** For a whole month, excl. VAT. */
    price: NonNegativeDecimal,
    vatRate: NonNegativeDecimal,
    /** First month and, where there is one, last. */
    from: Month,
    until: Type.Optional(Nullable(Month)),
  },
  { additionalProperties: false },
)
export type FixedFee = Static<typeof FixedFee>

export const ContractTerms = Type.Object(
  {
    rates: Type.Array(ContractRate, { maxItems: 100 }),
    rounding: Type.Object(
      {
        stepMinutes: Type.Integer({ minimum: 1, maximum: 480 }),
        minimumMinutes: Type.Integer({ minimum: 0, maximum: 480 }),
        /** What is rounded as one; absent: each prestation. */
        per: Type.Optional(Type.Union([Type.Literal('prestation'), Type.Literal('ticket-day')])),
      },
      { additionalProperties: false },
    ),
    vatRegime: VatRegime,
    paymentTermDays: Type.Integer({ minimum: 0, maximum: 365 }),
    buyerReference: Nullable(Type.String({ maxLength: 200 })),
    language: Nullable(Language),
    customersSeeTime: Type.Boolean(),
    /** null or absent: one price at any hour. */
    timeClasses: Type.Optional(Nullable(TimeClasses)),
    /** Off the price of time whose kind has no discount of its own, on each line; null or absent: none. */
    timeDiscountPercent: Type.Optional(Nullable(NonNegativeDecimal)),
    /** What may be left of the prepaid hours before the client is told; null or absent: 20. 0: once none is left. */
    prepaidLowPercent: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 100 }))),
    fees: Type.Optional(Type.Array(FixedFee, { maxItems: 50 })),
  },
  { additionalProperties: false },
)
export type ContractTerms = Static<typeof ContractTerms>
export const Contract = Type.Object({
  companyId: Id,
  ...ContractTerms.properties,
  updatedAt: Nullable(Instant),
  /** What was agreed for days to come, earliest first: until then the terms above count. */
  coming: Type.Optional(Type.Array(Type.Object({ validFrom: CalendarDate, terms: ContractTerms }))),
})
export type Contract = Static<typeof Contract>
export const getContract = request('billing.get-contract', Type.Object({ companyId: Id }), Contract)
export const putContract = request(
  'billing.put-contract',
  Type.Object({
    companyId: Id,
    /**
     * From the first of this month on, and after what is on a draft or an invoice: a new version, and work of the
     * days before keeps its terms. Without: the terms of today are corrected.
     */
    validFrom: Type.Optional(CalendarDate),
    terms: Type.Object(
      { ...Type.Partial(ContractTerms).properties, rates: ContractTerms.properties.rates },
      { additionalProperties: false },
    ),
  }),
  Contract,
)

export const Pack = Type.Object({
  id: Id,
  companyId: Id,
  minutes: Type.Integer({ minimum: 1 }),
  remainingMinutes: Type.Integer(),
  price: NonNegativeDecimal,
  vatRate: NonNegativeDecimal,
  validFrom: CalendarDate,
  validUntil: CalendarDate,
  /** The draft (later the invoice) that sells it. */
  invoice: Nullable(Type.String()),
  /** Sold by another system, and paid there. */
  takenOver: Type.Optional(Type.Boolean()),
  /** What the system before called it. */
  reference: Type.Optional(Type.String()),
})
export type Pack = Static<typeof Pack>
export const listPacks = request(
  'billing.list-packs',
  Type.Object({ companyId: Id, ...PageQuery }),
  PageOf(Pack),
)
export const sellPack = request(
  'billing.sell-pack',
  Type.Object({
    companyId: Id,
    pack: Type.Object(
      {
        minutes: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
        price: NonNegativeDecimal,
        vatRate: NonNegativeDecimal,
        validFrom: CalendarDate,
        validUntil: CalendarDate,
        /** What is left of one that another system sold: no draft is made. */
        takenOver: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  Pack,
)

/** One that was taken over by mistake. @throws Failure not-found, pack-in-use, pack-has-invoice */
export const withdrawPack = request('billing.withdraw-pack', Type.Object({ companyId: Id, id: Id }), Empty)

export const Seller = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    legalName: Nullable(Type.String({ maxLength: 200 })),
    legalForm: Nullable(Type.String({ maxLength: 100 })),
    vatNumber: Nullable(Type.String({ maxLength: 20 })),
    enterpriseNumber: Nullable(Type.String({ maxLength: 20 })),
    /** "RPM Bruxelles". */
    registry: Nullable(Type.String({ maxLength: 100 })),
    address: Nullable(PostalAddress),
    iban: Nullable(Type.String({ maxLength: 42 })),
    bic: Nullable(Type.String({ maxLength: 11 })),
    email: Nullable(EmailAddress),
    phone: Nullable(Type.String({ maxLength: 50 })),
    vatRegime: VatRegime,
    /** The legal text's language: the seat decides. */
    invoiceLanguage: Type.Union([
      Type.Literal('fr'),
      Type.Literal('nl'),
      Type.Literal('de'),
      Type.Literal('en'),
    ]),
  },
  { additionalProperties: false },
)
export type Seller = Static<typeof Seller>
export const SellerInput = Type.Object(
  { ...Type.Partial(Seller).properties, name: Seller.properties.name },
  { additionalProperties: false },
)
export const getSeller = request('billing.get-seller', Empty, Nullable(Seller))
export const putSeller = request('billing.put-seller', Type.Object({ seller: SellerInput }), Seller)

const Series = Type.Object(
  {
    prefix: Type.String({ maxLength: 20, pattern: '^[A-Za-z0-9._-]*$' }),
    next: Type.Integer({ minimum: 1, maximum: 99_999_999 }),
  },
  { additionalProperties: false },
)
export const SeriesSettings = Type.Object(
  { invoice: Series, creditNote: Series },
  { additionalProperties: false },
)
export type SeriesSettings = Static<typeof SeriesSettings>
export const getSeries = request('billing.get-series', Empty, SeriesSettings)
export const putSeries = request(
  'billing.put-series',
  Type.Object({ series: Type.Partial(SeriesSettings, { additionalProperties: false }) }),
  SeriesSettings,
)

export const InvoiceStatus = Type.Union([
  Type.Literal('draft'),
  Type.Literal('issued'),
  Type.Literal('partly-paid'),
  Type.Literal('paid'),
  Type.Literal('credited'),
])
export type InvoiceStatus = Static<typeof InvoiceStatus>
export const InvoiceLineInput = Type.Object(
  {
    /** When a draft is changed: the line that stays, with the prestation it bills. Lines not named are taken off. */
    id: Type.Optional(Id),
    description: Type.String({ minLength: 1, maxLength: 2000 }),
    note: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
    quantity: Decimal,
    unit: Unit,
    /** Never negative (EN 16931 BR-27): a deduction negates the quantity. */
    price: NonNegativeDecimal,
    /** Base quantity of the price: 60 for minutes at an hourly price. */
    per: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    discountPercent: Type.Optional(Nullable(NonNegativeDecimal)),
    vatRate: NonNegativeDecimal,
    vatCategory: Type.Optional(VatCategory),
    ticket: Type.Optional(Nullable(TicketNumber)),
    workedOn: Type.Optional(Nullable(CalendarDate)),
  },
  { additionalProperties: false },
)
export type InvoiceLineInput = Static<typeof InvoiceLineInput>
/** How a ticket is named beside what is billed of it. */
export const LabelledTicket = Type.Object({
  number: TicketNumber,
  subject: Type.String(),
  requester: Type.String(),
})

export const InvoiceLine = Type.Object({
  id: Id,
  description: Type.String(),
  note: Nullable(Type.String()),
  quantity: Decimal,
  unit: Unit,
  price: NonNegativeDecimal,
  per: Type.Integer(),
  discountPercent: Nullable(NonNegativeDecimal),
  vatRate: NonNegativeDecimal,
  vatCategory: VatCategory,
  ticket: Nullable(TicketNumber),
  workedOn: Nullable(CalendarDate),
  /** Time that comes to nothing: what else was worked on the ticket that day has paid for it, by its rounding. */
  withinDay: Type.Optional(Type.Literal(true)),
  /** The prestation it bills, with what was worked before rounding. */
  prestationId: Nullable(Id),
  minutesWorked: Nullable(Type.Integer()),
  agent: Nullable(Type.String()),
  kind: Nullable(Type.String()),
  /** Of a fixed fee: the month it is for. */
  period: Type.Optional(Type.Object({ from: CalendarDate, to: CalendarDate })),
  /** Time at a surcharge that the price holds already. */
  surcharge: Type.Optional(Type.Object({ timeClass: TimeClass, percent: NonNegativeDecimal })),
  net: Amount,
})
export type InvoiceLine = Static<typeof InvoiceLine>
export const InvoiceTotals = Type.Object({
  net: Amount,
  vat: Type.Array(
    Type.Object({ rate: NonNegativeDecimal, category: VatCategory, taxable: Amount, amount: Amount }),
  ),
  gross: Amount,
  prepaid: Amount,
  payable: Amount,
})
export type InvoiceTotals = Static<typeof InvoiceTotals>
export const Allowance = Type.Object(
  {
    amount: Amount,
    vatRate: NonNegativeDecimal,
    vatCategory: Type.Optional(VatCategory),
    reason: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
)
export const Invoice = Type.Object({
  id: Id,
  /** null while a draft. No slash; ends in the running number. */
  number: Nullable(Type.String()),
  kind: Type.Union([Type.Literal('invoice'), Type.Literal('credit-note')]),
  status: InvoiceStatus,
  company: Type.Object({ id: Id, name: Type.String() }),
  issuedOn: Nullable(CalendarDate),
  dueOn: Nullable(CalendarDate),
  period: Nullable(Type.Object({ from: CalendarDate, to: CalendarDate })),
  /** The invoice a credit note corrects. */
  credits: Nullable(Type.Object({ number: Type.String(), issuedOn: CalendarDate, reason: Type.String() })),
  lines: Type.Array(InvoiceLine),
  /** What the tickets of the lines were called when they were drafted. */
  tickets: Type.Optional(Type.Array(LabelledTicket)),
  allowances: Type.Array(Allowance),
  totals: InvoiceTotals,
  paid: Amount,
  currency: Currency,
  /** `+++202/6000/00192+++`; none on credit notes. */
  structuredReference: Nullable(Type.String()),
  reference: Nullable(Type.String()),
  /** Issued by another system: no papers here, and no credit notes. */
  takenOver: Type.Optional(Type.Boolean()),
  /** One by one; for staff. */
  payments: Type.Optional(
    Type.Array(
      Type.Object({
        id: Id,
        amount: Amount,
        paidOn: CalendarDate,
        reference: Nullable(Type.String()),
        recordedAt: Instant,
      }),
    ),
  ),
  /** How far it is on its way to the client's books; for staff. */
  delivery: Type.Optional(Type.Object({ state: DeliveryState, channel: Nullable(DeliveryChannel) })),
})
export type Invoice = Static<typeof Invoice>
export const InvoiceSummary = Type.Omit(Invoice, ['lines', 'tickets', 'allowances', 'credits', 'payments'])
export type InvoiceSummary = Static<typeof InvoiceSummary>

const draftFields = {
  lines: Type.Array(InvoiceLineInput, { minItems: 1, maxItems: 2000 }),
  allowances: Type.Optional(
    Type.Array(
      Type.Object({ ...Allowance.properties, amount: GivenAmount }, { additionalProperties: false }),
      {
        maxItems: 50,
      },
    ),
  ),
  prepaid: Type.Optional(GivenAmount),
  reference: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
}
export const InvoiceRun = Type.Object({
  id: Id,
  from: CalendarDate,
  to: CalendarDate,
  state: Type.Union([Type.Literal('running'), Type.Literal('done')]),
  drafts: Type.Array(InvoiceSummary),
  /**
   * Companies left out, wholly or in part, each with the reason's code. `kind-without-price`: the prestations of
   * these kinds stay open. `held-back`: finance keeps them from the run.
   */
  skipped: Type.Array(
    Type.Object({
      companyId: Id,
      reason: Type.String(),
      kinds: Type.Optional(Type.Array(Type.String())),
      /** `held-back`: so many. */
      entries: Type.Optional(Type.Integer()),
    }),
  ),
})
export type InvoiceRun = Static<typeof InvoiceRun>
export const runInvoices = request(
  'billing.run-invoices',
  Type.Object({
    from: CalendarDate,
    to: CalendarDate,
    companyId: Type.Optional(Id),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  InvoiceRun,
)
export const getInvoiceRun = request('billing.get-invoice-run', Type.Object({ id: Id }), InvoiceRun)
export const draftInvoice = request(
  'billing.draft-invoice',
  Type.Object({
    invoice: Type.Object({ companyId: Id, ...draftFields }, { additionalProperties: false }),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  Invoice,
)
export const changeDraft = request(
  'billing.change-draft',
  Type.Object({ id: Id, changes: Type.Partial(Type.Object(draftFields), { additionalProperties: false }) }),
  Invoice,
)
/** Its prestations are open again. */
export const discardDraft = request('billing.discard-draft', Type.Object({ id: Id }), Empty)
export const issueInvoice = request('billing.issue-invoice', Type.Object({ id: Id }), Invoice)
export const listInvoices = request(
  'billing.list-invoices',
  Type.Object({ company: Type.Optional(Id), status: Type.Optional(InvoiceStatus), ...PageQuery }),
  PageOf(InvoiceSummary),
)
/** By id or number. */
export const getInvoice = request('billing.get-invoice', Type.Object({ id: Id }), Invoice)
/** The document as issued: bytes that never change. */
export const getInvoiceDocument = request(
  'billing.get-invoice-document',
  Type.Object({ id: Id, format: Type.Union([Type.Literal('pdf'), Type.Literal('ubl')]) }),
  Type.Object({
    blobId: Id,
    name: Type.String(),
    type: Type.String(),
    size: Type.Integer(),
    sha256: Type.String(),
  }),
)
export const recordPayment = request(
  'billing.record-payment',
  Type.Object({
    id: Id,
    payment: Type.Object(
      {
        amount: GivenAmount,
        paidOn: CalendarDate,
        reference: Type.Optional(Type.String({ maxLength: 200 })),
      },
      { additionalProperties: false },
    ),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  Invoice,
)
export const creditInvoice = request(
  'billing.credit-invoice',
  Type.Object({
    id: Id,
    creditNote: Type.Object(
      {
        reason: Type.String({ minLength: 1, maxLength: 500 }),
        lines: Type.Optional(
          Type.Array(
            Type.Object({ line: Id, quantity: Type.Optional(Decimal) }, { additionalProperties: false }),
            { minItems: 1 },
          ),
        ),
      },
      { additionalProperties: false },
    ),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  Invoice,
)

export const prestationLogged = event(
  'billing.prestation-logged',
  1,
  Type.Object({ prestationId: Id, ticket: TicketNumber, companyId: Id }),
)
export const prestationChanged = event(
  'billing.prestation-changed',
  1,
  Type.Object({ prestationId: Id, ticket: TicketNumber, companyId: Id, fields: Type.Array(Type.String()) }),
)
export const prestationRemoved = event(
  'billing.prestation-removed',
  1,
  Type.Object({ prestationId: Id, ticket: TicketNumber, companyId: Id }),
)
export const contractChanged = event(
  'billing.contract-changed',
  1,
  Type.Object({
    companyId: Id,
    /** The first day of these terms. */
    validFrom: Type.Optional(CalendarDate),
    changes: Type.Optional(Type.Array(ChangedField)),
  }),
)
export const packSold = event(
  'billing.pack-sold',
  1,
  Type.Object({ packId: Id, companyId: Id, minutes: Type.Integer() }),
)
export const invoiceIssued = event(
  'billing.invoice-issued',
  1,
  Type.Object({
    invoiceId: Id,
    number: Type.String(),
    companyId: Id,
    kind: Type.Union([Type.Literal('invoice'), Type.Literal('credit-note')]),
    payable: Amount,
    dueOn: Nullable(CalendarDate),
    pdfBlobId: Id,
    ublBlobId: Nullable(Id),
    tickets: Type.Array(TicketNumber),
  }),
)
export const invoicePaid = event(
  'billing.invoice-paid',
  1,
  Type.Object({
    invoiceId: Id,
    number: Type.String(),
    companyId: Id,
    amount: Amount,
    settled: Type.Boolean(),
  }),
)
/** The seller, the logo, the series or the reminders were changed, so that the audit log can tell. */
export const billingSettingsChanged = event(
  'billing.settings-changed',
  1,
  Type.Object({ setting: Type.String(), changes: Type.Array(ChangedField) }),
)
