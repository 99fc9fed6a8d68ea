/** Owned by services/notification: who is told what, on the portal and by mail, in their language. */
import { Type, type Static } from 'typebox'
import { event, live, request } from './definition.ts'
import { ChangedField } from './service.ts'
import { StoredAttachment } from './values/attachment.ts'
import { PageQuery } from './values/paging.ts'
import { Empty, EmailAddress, Id, Instant, Nullable, TicketNumber } from './values/scalars.ts'

export const Notification = Type.Object({
  id: Id,
  kind: Type.String(),
  at: Instant,
  viewed: Type.Boolean(),
  /** In the reader's language. */
  text: Type.String(),
  ticket: Nullable(TicketNumber),
  invoice: Nullable(Type.String()),
  /** Path on the portal. */
  link: Type.String(),
})
export type Notification = Static<typeof Notification>

export const listNotifications = request(
  'notification.list-notifications',
  Type.Object({ unread: Type.Optional(Type.Boolean()), ...PageQuery }),
  Type.Object({ items: Type.Array(Notification), next: Nullable(Type.String()), unread: Type.Integer() }),
)
export const markNotificationViewed = request('notification.mark-viewed', Type.Object({ id: Id }), Empty)
export const markAllNotificationsViewed = request('notification.mark-all-viewed', Empty, Empty)

const houseText = Type.String({ maxLength: 500 })
const HouseText = Type.Object(
  { fr: houseText, nl: houseText, en: houseText },
  { additionalProperties: false },
)
/** What the house says in its mails in its own words, by language of the reader. Empty: the product's words. */
export const MailTexts = Type.Object(
  {
    /** Under every mail: name, phone, opening hours. */
    signature: HouseText,
    /** To who opened a ticket by mail: when they are answered, what to do when it cannot wait. */
    receipt: HouseText,
  },
  { additionalProperties: false },
)
export type MailTexts = Static<typeof MailTexts>
export const getMailTexts = request('notification.get-mail-texts', Empty, MailTexts)
export const putMailTexts = request(
  'notification.put-mail-texts',
  Type.Object({ texts: MailTexts }),
  MailTexts,
)
export const mailTextsChanged = event(
  'notification.mail-texts-changed',
  1,
  Type.Object({ changes: Type.Array(ChangedField) }),
)

/** A mail is due; mail-gateway queues and sends it. The id of its queue entry is `mailId`. */
export const mailRequested = event(
  'mail.requested',
  1,
  Type.Object({
    mailId: Id,
    /** `welcome`, `ticket-accepted`, `message-posted`, `ticket-closed`, `receipt`, `support-ticket`, `support-reply`, `password-reset`, `invoice-issued`, `credit-note-issued`, `invoice-reminder-1` to `-3`, `mail-not-accepted`. */
    kind: Type.String(),
    /** An account's own address is looked up when the mail leaves; `address` is for those without an account. */
    accountId: Nullable(Id),
    address: Nullable(EmailAddress),
    /** RenderedMail as JSON. */
    contentBlobId: Id,
    attachments: Type.Array(StoredAttachment),
    ticket: Nullable(TicketNumber),
    /** The inbound mail it answers (receipts): In-Reply-To. */
    inReplyToMailId: Nullable(Id),
    /** Holds a link's secret: the content is erased once it has left. */
    secret: Type.Boolean(),
  }),
)
export const notificationCreated = event(
  'notification.created',
  1,
  Type.Object({ notificationId: Id, accountId: Id, kind: Type.String(), ticket: Nullable(TicketNumber) }),
)
export const unreadChanged = live(
  'notification.unread-changed',
  Type.Object({ accountId: Id, unread: Type.Integer() }),
)
