/** Owned by services/ticket: tickets, their messages, their state. */
import { Type, type Static } from 'typebox'
import { event, live, request } from './definition.ts'
import { ChangedField } from './service.ts'
import { Attachment, StoredAttachment } from './values/attachment.ts'
import { LocalizedText } from './values/language.ts'
import { MessageBody } from './values/message-body.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import { Empty, Id, IdempotencyKey, Instant, Nullable, TicketNumber } from './values/scalars.ts'

export const TicketStatus = Type.Union([
  Type.Literal('new'),
  Type.Literal('open'),
  Type.Literal('waiting'),
  Type.Literal('closed'),
  Type.Literal('archived'),
])
export type TicketStatus = Static<typeof TicketStatus>
export const Priority = Type.Union([
  Type.Literal('low'),
  Type.Literal('normal'),
  Type.Literal('high'),
  Type.Literal('urgent'),
])
export type Priority = Static<typeof Priority>
export const Via = Type.Union([
  Type.Literal('web'),
  Type.Literal('mail'),
  Type.Literal('phone'),
  Type.Literal('api'),
])
export type Via = Static<typeof Via>

/** A person as shown beside what they did. */
export const PersonRef = Type.Object({ id: Id, name: Type.String(), staff: Type.Boolean() })
export type PersonRef = Static<typeof PersonRef>

export const TicketSummary = Type.Object({
  number: TicketNumber,
  subject: Type.String(),
  status: TicketStatus,
  priority: Priority,
  requester: PersonRef,
  company: Nullable(Type.Object({ id: Id, name: Type.String() })),
  assignee: Nullable(PersonRef),
  openedAt: Instant,
  updatedAt: Instant,
  unread: Type.Boolean(),
  /** Staff only: since when its customer waits for an answer; null when nobody does. */
  waitsSince: Type.Optional(Nullable(Instant)),
})
export type TicketSummary = Static<typeof TicketSummary>

const entry = { id: Type.String(), at: Instant, by: Nullable(PersonRef) }
export const MessageEntry = Type.Object({
  ...entry,
  kind: Type.Union([Type.Literal('message'), Type.Literal('note')]),
  ...MessageBody.properties,
  via: Via,
  automatic: Type.Boolean(),
  attachments: Type.Array(Attachment),
  /** The mail it came by (staff only): `GET /mail/{id}/raw`. */
  mailId: Type.Optional(Nullable(Id)),
})
export const StatusEntry = Type.Object({
  ...entry,
  kind: Type.Literal('status'),
  from: TicketStatus,
  to: TicketStatus,
})
export const PriorityEntry = Type.Object({
  ...entry,
  kind: Type.Literal('priority'),
  from: Priority,
  to: Priority,
})
export const AssignmentEntry = Type.Object({
  ...entry,
  kind: Type.Literal('assignment'),
  assignee: Nullable(PersonRef),
})
export const MergeEntry = Type.Object({
  ...entry,
  kind: Type.Literal('merge'),
  into: Nullable(TicketNumber),
  from: Nullable(TicketNumber),
})
export const TimelineEntry = Type.Union([
  MessageEntry,
  StatusEntry,
  PriorityEntry,
  AssignmentEntry,
  MergeEntry,
])
export type TimelineEntry = Static<typeof TimelineEntry>

export const TicketDetail = Type.Object({
  ...TicketSummary.properties,
  participants: Type.Array(PersonRef),
  mergedInto: Nullable(TicketNumber),
  /** Follow-up of an archived ticket. */
  linkedTo: Nullable(TicketNumber),
  via: Via,
  closedAt: Nullable(Instant),
  archivedAt: Nullable(Instant),
  /** What this reader may do now: `accept`, `wait`, `resume`, `close`, `reopen`, `assign`, `merge`, `note`, `prioritise`, `post`. */
  may: Type.Array(Type.String()),
  timeline: Type.Array(TimelineEntry),
})
export type TicketDetail = Static<typeof TicketDetail>

const number = TicketNumber
export const openTicket = request(
  'ticket.open-ticket',
  Type.Object({
    subject: Type.String({ minLength: 1, maxLength: 250 }),
    description: Type.String({ maxLength: 200_000 }),
    priority: Type.Optional(Priority),
    /** Staff: on behalf of this customer. */
    requesterId: Type.Optional(Id),
    via: Type.Optional(Via),
    attachments: Type.Optional(Type.Array(StoredAttachment, { maxItems: 50 })),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  TicketSummary,
)
export const listTickets = request(
  'ticket.list-tickets',
  Type.Object({
    view: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('recent'), Type.Literal('archive')])),
    status: Type.Optional(TicketStatus),
    /** Account id, `me` or `none`. */
    assignee: Type.Optional(Id),
    company: Type.Optional(Id),
    q: Type.Optional(Type.String({ maxLength: 500 })),
    /**
     * `updatedAt` (default) or `openedAt`, newest first; with a leading `-`… oldest first. `waiting` is the queue of
     * staff, of tickets not closed: who waits longest for an answer first, then what was left alone longest.
     */
    sort: Type.Optional(
      Type.Union([
        Type.Literal('waiting'),
        Type.Literal('updatedAt'),
        Type.Literal('-updatedAt'),
        Type.Literal('openedAt'),
        Type.Literal('-openedAt'),
      ]),
    ),
    ...PageQuery,
  }),
  PageOf(TicketSummary),
)
/** No further than this is a queue counted: it means so many or more. */
export const COUNTED_TICKETS = 1000
/** How many tickets are in each part of the queue, each counted up to COUNTED_TICKETS. Staff. */
export const countQueue = request(
  'ticket.count-queue',
  Empty,
  Type.Object({
    new: Type.Integer(),
    mine: Type.Integer(),
    unassigned: Type.Integer(),
    /** All that are not closed. */
    open: Type.Integer(),
    waiting: Type.Integer(),
  }),
)
export const getTicket = request('ticket.get-ticket', Type.Object({ number }), TicketDetail)
export const getTimeline = request(
  'ticket.get-timeline',
  Type.Object({ number, after: Type.Optional(Type.String({ maxLength: 100 })) }),
  PageOf(TimelineEntry),
)
export const changeTicket = request(
  'ticket.change-ticket',
  Type.Object({
    number,
    changes: Type.Object(
      {
        priority: Type.Optional(Priority),
        subject: Type.Optional(Type.String({ minLength: 1, maxLength: 250 })),
      },
      { additionalProperties: false },
    ),
  }),
  TicketSummary,
)
export const postMessage = request(
  'ticket.post-message',
  Type.Object({
    number,
    text: Type.String({ maxLength: 200_000 }),
    internal: Type.Optional(Type.Boolean()),
    /** The step taken with it, in the same commit; nothing when the ticket is there already. */
    afterwards: Type.Optional(Type.Union([Type.Literal('wait'), Type.Literal('close')])),
    /** Id of the newest message or note that staff had before them: one that came since refuses it (`newer-message`). */
    seen: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}-[0-9]{1,4}$' })),
    attachments: Type.Optional(Type.Array(StoredAttachment, { maxItems: 50 })),
    idempotencyKey: Type.Optional(IdempotencyKey),
  }),
  MessageEntry,
)
const step = <Name extends string>(name: Name) =>
  request(`ticket.${name}`, Type.Object({ number }), TicketSummary)
export const acceptTicket = step('accept-ticket')
export const waitTicket = step('wait-ticket')
export const resumeTicket = step('resume-ticket')
export const closeTicket = step('close-ticket')
export const reopenTicket = step('reopen-ticket')
export const assignTicket = request(
  'ticket.assign-ticket',
  Type.Object({ number, accountId: Nullable(Id) }),
  TicketSummary,
)
export const mergeTicket = request(
  'ticket.merge-ticket',
  Type.Object({ number, into: number }),
  TicketSummary,
)
/** The reader has the ticket before them: it is read up to here. */
export const markRead = request('ticket.mark-read', Type.Object({ number }), Empty)
/** Only to who may see the ticket; the blob id never leaves the house. */
export const openAttachment = request('ticket.open-attachment', Type.Object({ id: Id }), StoredAttachment)
/**
 * What support writes often, by name. Places in the text: `{{client}}` (the requester's first name), `{{number}}`,
 * `{{agent}}` (who writes). Staff read them, agents and admins keep them.
 */
export const CannedReply = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1, maxLength: 80 }),
    text: Type.String({ minLength: 1, maxLength: 10_000 }),
  },
  { additionalProperties: false },
)
export type CannedReply = Static<typeof CannedReply>
export const listCannedReplies = request(
  'ticket.list-canned-replies',
  Empty,
  Type.Object({ items: Type.Array(CannedReply) }),
)
/** A new one, or the one of this id anew. At most 200. */
export const putCannedReply = request(
  'ticket.put-canned-reply',
  Type.Object({
    id: Type.Optional(Id),
    name: CannedReply.properties.name,
    text: CannedReply.properties.text,
  }),
  CannedReply,
)
export const removeCannedReply = request('ticket.remove-canned-reply', Type.Object({ id: Id }), Empty)
export const getPriorities = request('ticket.get-priorities', Empty, Type.Record(Priority, LocalizedText))
const meaning = Type.String({ minLength: 1, maxLength: 500 })
const Meaning = Type.Object({ fr: meaning, nl: meaning, en: meaning }, { additionalProperties: false })
export const putPriorities = request(
  'ticket.put-priorities',
  Type.Object({
    priorities: Type.Object(
      { low: Meaning, normal: Meaning, high: Meaning, urgent: Meaning },
      { additionalProperties: false },
    ),
  }),
  Type.Record(Priority, LocalizedText),
)

/** Services only. The facts about a ticket that others decide by: who may see it, whose it is, what it is called. */
export const TicketFacts = Type.Object({
  number,
  subject: Type.String(),
  status: TicketStatus,
  priority: Priority,
  requesterId: Id,
  companyId: Nullable(Id),
  participantIds: Type.Array(Id),
  assigneeId: Nullable(Id),
  mergedInto: Nullable(number),
})
export type TicketFacts = Static<typeof TicketFacts>
export const getFacts = request('ticket.get-facts', Type.Object({ number }), TicketFacts)
/** Services only, for the archiver: everything of one ticket, at the version it is archived at. */
export const getArchiveMaterial = request(
  'ticket.get-archive-material',
  Type.Object({ number }),
  Type.Object({
    /** The ticket document's version: archive.stored names it, a ticket that moved on is archived again later. */
    version: Type.Integer({ minimum: 1 }),
    facts: TicketFacts,
    openedAt: Instant,
    closedAt: Nullable(Instant),
    /** As staff see it, notes included. */
    timeline: Type.Array(TimelineEntry),
    attachments: Type.Array(StoredAttachment),
  }),
)

/** The people of a ticket, in every event of it: notification and the live stream need no question. */
export const TicketPeople = Type.Object({
  requesterId: Id,
  companyId: Nullable(Id),
  participantIds: Type.Array(Id),
  assigneeId: Nullable(Id),
})
const of = { number, people: TicketPeople }
export const ticketOpened = event(
  'ticket.opened',
  1,
  Type.Object({
    ...of,
    priority: Priority,
    via: Via,
    /** Who typed it: the requester, or staff on their behalf. */
    openedById: Id,
    bodyBlobId: Id,
    attachments: Type.Array(StoredAttachment),
    /** The accepted mail it came by. */
    mailId: Nullable(Id),
    /** Follow-up of this archived ticket. */
    linkedTo: Nullable(number),
    /** A mail named another ticket that its sender may not write to: staff are warned. */
    refusedThread: Type.Optional(Nullable(number)),
  }),
)
export const ticketAccepted = event('ticket.accepted', 1, Type.Object({ ...of, from: TicketStatus }))
export const messagePosted = event(
  'ticket.message-posted',
  1,
  Type.Object({
    ...of,
    authorId: Nullable(Id),
    fromStaff: Type.Boolean(),
    internal: Type.Boolean(),
    via: Via,
    automatic: Type.Boolean(),
    bodyBlobId: Id,
    attachments: Type.Array(StoredAttachment),
    mailId: Nullable(Id),
    /** Staff whom its author, of the staff, called by `@`. */
    mentionedIds: Type.Optional(Type.Array(Id)),
  }),
)
export const ticketWaiting = event('ticket.waiting', 1, Type.Object({ ...of, from: TicketStatus }))
export const ticketResumed = event('ticket.resumed', 1, Type.Object({ ...of, from: TicketStatus }))
export const ticketClosed = event('ticket.closed', 1, Type.Object({ ...of, from: TicketStatus }))
export const ticketReopened = event('ticket.reopened', 1, Type.Object({ ...of, from: TicketStatus }))
export const ticketAssigned = event(
  'ticket.assigned',
  1,
  Type.Object({ ...of, previousAssigneeId: Nullable(Id) }),
)
export const priorityChanged = event(
  'ticket.priority-changed',
  1,
  Type.Object({ ...of, from: Priority, to: Priority }),
)
export const subjectChanged = event('ticket.subject-changed', 1, Type.Object({ ...of }))
export const ticketMerged = event('ticket.merged', 1, Type.Object({ ...of, into: number }))
/** Closed for ARCHIVE_AFTER_DAYS: the archiver fetches it. */
export const ticketAged = event(
  'ticket.aged',
  1,
  Type.Object({ ...of, version: Type.Integer({ minimum: 1 }) }),
)
export const ticketArchived = event('ticket.archived', 1, Type.Object({ ...of }))

const Doing = Type.Union([Type.Literal('viewing'), Type.Literal('answering'), Type.Literal('gone')])
/** "Anne est en train de répondre": for staff's eyes alone. Said again while it lasts; not durable. */
/** The house's priorities or ready answers were changed, so that the audit log can tell. */
export const ticketSettingsChanged = event(
  'ticket.settings-changed',
  1,
  Type.Object({ setting: Type.String(), changes: Type.Array(ChangedField) }),
)

export const presence = live('ticket.presence', Type.Object({ number, person: PersonRef, doing: Doing }))
/** Staff who have the ticket before them say so to the others. */
export const showPresence = request('ticket.show-presence', Type.Object({ number, doing: Doing }), Empty)
