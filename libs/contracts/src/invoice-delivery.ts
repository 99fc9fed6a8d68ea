/**
 * Owned by services/billing: how an issued invoice reaches its client's books. Nothing is called delivered without
 * proof: a folder or a mail is handed over, no more. Source: spec/invoicing.md section 6.
 */
import { Type, type Static } from 'typebox'
import { event, request } from './definition.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import { Empty, Id, Instant, Nullable } from './values/scalars.ts'

/**
 * - `draft`: not issued yet. `validated`: issued, its route not known yet. `queued`: about to be handed over.
 * - `submitted`: handed over; for `folder` and `mail` nothing more is ever known.
 * - `delivered`: the access point says that the client's one has it. `failed`: with its reason; a person acts.
 */
export const DeliveryState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('validated'),
  Type.Literal('queued'),
  Type.Literal('submitted'),
  Type.Literal('delivered'),
  Type.Literal('failed'),
])
export type DeliveryState = Static<typeof DeliveryState>
/**
 * `peppol`: through the access point. `folder`: put where the house's own software fetches it. `mail`: the client is
 * not on the network; the billing contacts' mail, with PDF and XML, is all there is.
 */
export const DeliveryChannel = Type.Union([
  Type.Literal('peppol'),
  Type.Literal('folder'),
  Type.Literal('mail'),
])
export type DeliveryChannel = Static<typeof DeliveryChannel>

export const DeliveryReason = Type.Object({
  /** Worded by billing's error table. */
  code: Type.String(),
  /** What the access point said, as it said it. */
  said: Nullable(Type.String()),
})
export const InvoiceDelivery = Type.Object({
  invoiceId: Id,
  number: Nullable(Type.String()),
  company: Type.Object({ id: Id, name: Type.String() }),
  state: DeliveryState,
  channel: Nullable(DeliveryChannel),
  /** `0208:0417497106`; null for who has no electronic address. */
  recipient: Nullable(Type.String()),
  /** Of the step it is at, since that last went well. */
  attempts: Type.Integer(),
  /** null: nothing more happens by itself. */
  nextAttemptAt: Nullable(Instant),
  reason: Nullable(DeliveryReason),
  history: Type.Array(Type.Object({ at: Instant, state: DeliveryState, reason: Nullable(DeliveryReason) })),
})
export type InvoiceDelivery = Static<typeof InvoiceDelivery>

/** By id or number. */
export const getDelivery = request('billing.get-delivery', Type.Object({ id: Id }), InvoiceDelivery)
/** Newest first. */
export const listDeliveries = request(
  'billing.list-deliveries',
  Type.Object({ state: Type.Optional(DeliveryState), ...PageQuery }),
  PageOf(InvoiceDelivery),
)
/** One that failed is tried again. */
export const retryDelivery = request('billing.retry-delivery', Type.Object({ id: Id }), InvoiceDelivery)
/** The access point says that something is new: it is asked what. Says nothing itself, and needs the shared secret. */
export const noteDeliveryNews = request(
  'billing.note-delivery-news',
  Type.Object({ submissionId: Type.String({ maxLength: 200 }), secret: Type.String({ maxLength: 200 }) }),
  Empty,
)

export const deliveryChanged = event(
  'billing.delivery-changed',
  1,
  Type.Object({
    invoiceId: Id,
    number: Type.String(),
    companyId: Id,
    state: DeliveryState,
    channel: Nullable(DeliveryChannel),
    reason: Nullable(Type.String()),
  }),
)
