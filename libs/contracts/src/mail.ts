/** Owned by services/mail-gateway: every mail that came in (the ledger), every mail that goes out (the queue). */
import { Type, type Static } from 'typebox'
import { event, request } from './definition.ts'
import { StoredAttachment } from './values/attachment.ts'
import { Language } from './values/language.ts'
import { MessageBody } from './values/message-body.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import { CalendarDate, EmailAddress, Id, Instant, Nullable, TicketNumber } from './values/scalars.ts'

/** Where a received mail ended; the balance is received = the sum of all others. */
export const MailOutcome = Type.Union([
  Type.Literal('pending'),
  Type.Literal('ticketed'),
  Type.Literal('threaded'),
  Type.Literal('bounced'),
  Type.Literal('duplicate'),
  Type.Literal('quarantined'),
  Type.Literal('dropped'),
])
export type MailOutcome = Static<typeof MailOutcome>

/** Why a mail ended where it did. Each reason belongs to one outcome. */
export const MailReason = Type.Union([
  Type.Literal('too-large'),
  Type.Literal('mail-loop'),
  Type.Literal('not-for-us'),
  Type.Literal('own-mail'),
  Type.Literal('duplicate'),
  Type.Literal('same-id-other-content'),
  Type.Literal('bounce'),
  Type.Literal('from-unreadable'),
  Type.Literal('sealer-untrusted'),
  Type.Literal('dmarc-refused'),
  Type.Literal('signature-broken'),
  Type.Literal('not-authenticated'),
  Type.Literal('automatic'),
  Type.Literal('sender-unknown'),
  Type.Literal('sender-inactive'),
  Type.Literal('empty'),
  Type.Literal('unparseable'),
  Type.Literal('dropped-by-staff'),
])
export type MailReason = Static<typeof MailReason>

export const LedgerRow = Type.Object({
  id: Id,
  messageId: Nullable(Type.String()),
  receivedAt: Instant,
  from: Nullable(Type.String()),
  to: Type.Array(Type.String()),
  subject: Nullable(Type.String()),
  outcome: MailOutcome,
  /** In words staff understand, in the reader's language. */
  reason: Nullable(Type.String()),
  ticket: Nullable(TicketNumber),
  bounce: Nullable(Type.Object({ recipient: Nullable(Type.String()), code: Nullable(Type.String()) })),
})
export type LedgerRow = Static<typeof LedgerRow>

export const LedgerTotals = Type.Object({
  received: Type.Integer(),
  ticketed: Type.Integer(),
  threaded: Type.Integer(),
  bounced: Type.Integer(),
  duplicate: Type.Integer(),
  quarantined: Type.Integer(),
  dropped: Type.Integer(),
  pending: Type.Integer(),
})
/** What the ledger can be narrowed to, all at once. */
export const LedgerFilter = Type.Object({
  /** An address, or `@` and a domain: all that came from there. */
  sender: Type.Optional(Type.String({ minLength: 2, maxLength: 254, pattern: '^[^\\u0000-\\u001f]*$' })),
  reason: Type.Optional(MailReason),
  /** First and last day, in the house's zone. */
  since: Type.Optional(CalendarDate),
  until: Type.Optional(CalendarDate),
})
const language = { language: Type.Optional(Language) }
export const listLedger = request(
  'mail-gateway.list-ledger',
  Type.Object({
    outcome: Type.Optional(MailOutcome),
    ...LedgerFilter.properties,
    ...language,
    ...PageQuery,
  }),
  Type.Object({
    ...PageOf(LedgerRow).properties,
    /** Of what this sender sent in this period. */
    totals: LedgerTotals,
    /** Those that occur there (with `outcome`: in it), most frequent first. */
    reasons: Type.Optional(Type.Array(Type.Object({ reason: MailReason, count: Type.Integer() }))),
  }),
)
export const getLedgerRow = request(
  'mail-gateway.get-ledger-row',
  Type.Object({ id: Id, ...language }),
  LedgerRow,
)
export const getRawMail = request(
  'mail-gateway.get-raw-mail',
  Type.Object({ id: Id }),
  Type.Object({ blobId: Id, size: Type.Integer() }),
)
/** Decides the mail again, as if it came now: the sender may be registered since. */
export const replayMail = request('mail-gateway.replay-mail', Type.Object({ id: Id, ...language }), LedgerRow)
/** All that this sender wrote and that lies in quarantine is decided again, oldest first: once they are registered. */
export const replaySender = request(
  'mail-gateway.replay-sender',
  Type.Object({ address: Type.String({ minLength: 3, maxLength: 254 }), ...language }),
  Type.Object({ items: Type.Array(LedgerRow) }),
)
/** Staff overrule the decision: a ticket on behalf of `requesterId`, else of the registered sender. */
export const openTicketFromMail = request(
  'mail-gateway.open-ticket-from-mail',
  Type.Object({ id: Id, requesterId: Type.Optional(Id), ...language }),
  LedgerRow,
)
export const dropMail = request('mail-gateway.drop-mail', Type.Object({ id: Id, ...language }), LedgerRow)

export const OutgoingMail = Type.Object({
  id: Id,
  kind: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  /** `kept`: no relay is set, the mail is readable here. */
  status: Type.Union([
    Type.Literal('queued'),
    Type.Literal('sent'),
    Type.Literal('failed'),
    Type.Literal('kept'),
    Type.Literal('suppressed'),
  ]),
  /** The server's words. */
  answer: Nullable(Type.String()),
  /** It waits because the relay, or the provider of its tokens, refuses our sign-in. */
  loginRefused: Type.Optional(Type.Literal(true)),
  attempts: Type.Integer(),
  requestedAt: Instant,
  sentAt: Nullable(Instant),
  ticket: Nullable(TicketNumber),
})
export type OutgoingMail = Static<typeof OutgoingMail>
export const listOutbox = request(
  'mail-gateway.list-outbox',
  Type.Object({ ticket: Type.Optional(TicketNumber), ...PageQuery }),
  PageOf(OutgoingMail),
)
export const getOutgoingMail = request(
  'mail-gateway.get-outgoing-mail',
  Type.Object({ id: Id }),
  Type.Object({ ...OutgoingMail.properties, text: Type.String(), html: Nullable(Type.String()) }),
)

/** One that failed or was held back goes into the queue again, as if it were asked for now. */
export const resendMail = request('mail-gateway.resend-mail', Type.Object({ id: Id }), OutgoingMail)

/** What a received mail says, once read: a blob, written before `mail.accepted` refers to it. */
export const MailContent = Type.Object({
  /** Cleaned of Re/Fwd/TR/WG/Antw and of tags. */
  subject: Type.String(),
  body: MessageBody,
})
export type MailContent = Static<typeof MailContent>

/** What an outgoing mail says, in its receiver's language: a blob (JSON), written before `mail.requested`. */
export const RenderedMail = Type.Object({ subject: Type.String(), text: Type.String(), html: Type.String() })
export type RenderedMail = Static<typeof RenderedMail>

export const mailReceived = event('mail.received', 1, Type.Object({ mailId: Id, size: Type.Integer() }))
/** A mail by a registered sender becomes a ticket or a message on one. */
export const mailAccepted = event(
  'mail.accepted',
  1,
  Type.Object({
    mailId: Id,
    /** The sender. */
    accountId: Id,
    companyId: Nullable(Id),
    /** MailContent as JSON. */
    contentBlobId: Id,
    attachments: Type.Array(StoredAttachment),
    /** The ticket it belongs to; null opens a new one. */
    ticket: Nullable(TicketNumber),
    /** It named this ticket, which its sender may not write to. */
    refusedThread: Nullable(TicketNumber),
    automatic: Type.Boolean(),
    /** Registered people of the same company in Cc. */
    participantIds: Type.Array(Id),
    receivedAt: Instant,
  }),
)
export const mailQuarantined = event(
  'mail.quarantined',
  1,
  Type.Object({
    mailId: Id,
    reason: Type.String(),
    /** A sender whom nobody knows here, and who is proven to be who they say: they may be told. */
    notify: Type.Optional(EmailAddress),
  }),
)
export const mailDropped = event('mail.dropped', 1, Type.Object({ mailId: Id, reason: Type.String() }))
export const mailBounced = event(
  'mail.bounced',
  1,
  Type.Object({
    mailId: Id,
    accountId: Nullable(Id),
    outgoingId: Nullable(Id),
    code: Nullable(Type.String()),
    permanent: Type.Boolean(),
  }),
)
/** Said of the ledger row when its ticket is known, so that the balance closes. */
export const mailSettled = event(
  'mail.settled',
  1,
  Type.Object({ mailId: Id, outcome: MailOutcome, ticket: Nullable(TicketNumber) }),
)
export const mailSent = event(
  'mail.sent',
  1,
  Type.Object({ outgoingId: Id, ticket: Nullable(TicketNumber), accountId: Nullable(Id) }),
)
export const mailFailed = event(
  'mail.failed',
  1,
  Type.Object({
    outgoingId: Id,
    ticket: Nullable(TicketNumber),
    accountId: Nullable(Id),
    code: Type.Integer(),
  }),
)
