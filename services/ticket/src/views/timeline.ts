/** What was said and what happened, oldest first, from the ticket's own history. Customers never see a note. */
import { isStaff } from '@guichet/access'
import type { Envelope } from '@guichet/contracts/envelope'
import type { DataOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { OutputOf } from '@guichet/contracts/definition'
import * as contracts from '@guichet/contracts/ticket'
import type { PersonRef, TicketStatus, TimelineEntry } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { decodeMessageBody, type MessageBody } from '@guichet/contracts/values/message-body'
import { BlobMissing } from '@guichet/store'
import type { Context } from '../context.ts'

const REACHED: Record<string, TicketStatus> = {
  [contracts.ticketAccepted.subject]: 'open',
  [contracts.ticketWaiting.subject]: 'waiting',
  [contracts.ticketResumed.subject]: 'open',
  [contracts.ticketClosed.subject]: 'closed',
  [contracts.ticketReopened.subject]: 'open',
}

/** `tickets/1001@3.0` → `3-0`: safe in a link, tells nothing. */
const entryId = (event: Envelope) => event.id.slice(event.id.lastIndexOf('@') + 1).replace('.', '-')

export async function timelineOf(context: Context, number: number, actor: Actor): Promise<TimelineEntry[]> {
  const history: Envelope[] = []
  for await (const event of context.collections.tickets.history(String(number))) history.push(event)
  const shown =
    isStaff(actor) || actor.kind === 'service' ? history : history.filter((event) => !isNote(event))
  const [people, bodies, merged] = await Promise.all([
    context.facts.people(shown.flatMap(idsIn)),
    bodiesOf(context, shown),
    mergedHere(context, number),
  ])
  const entries = shown.flatMap((event) => entryOf(event, people, bodies, isStaff(actor)))
  return [...entries, ...merged].sort((a, b) => a.at.localeCompare(b.at))
}

/** The message that this version of the ticket posted. */
export async function messageAt(
  context: Context,
  number: number,
  version: number,
): Promise<OutputOf<typeof contracts.postMessage>> {
  for await (const event of context.collections.tickets.history(
    String(number),
    `tickets/${number}@${version - 1}.9999`,
  )) {
    if (event.subject !== contracts.messagePosted.subject) continue
    const [people, bodies] = await Promise.all([
      context.facts.people(idsIn(event)),
      bodiesOf(context, [event]),
    ])
    const [entry] = entryOf(event, people, bodies, true)
    if (entry && 'text' in entry) return entry
  }
  throw new Failure('not-found')
}

function isNote(event: Envelope): boolean {
  return (
    event.subject === contracts.messagePosted.subject &&
    (event.data as DataOf<typeof contracts.messagePosted>).internal
  )
}

function bodyIdOf(event: Envelope): string | undefined {
  return (event.data as { bodyBlobId?: string }).bodyBlobId
}

function idsIn({ actor, data }: Envelope): string[] {
  const { openedById, authorId, people } = data as {
    openedById?: string
    authorId?: string | null
    people?: { assigneeId: string | null }
  }
  return [actor.kind === 'account' ? actor.accountId : null, openedById, authorId, people?.assigneeId].filter(
    (id): id is string => typeof id === 'string',
  )
}

/** An erased content leaves its message empty; the fact that something was said stays. */
async function bodiesOf({ parts }: Context, events: readonly Envelope[]): Promise<Map<string, MessageBody>> {
  const ids = events.map(bodyIdOf).filter((id) => id !== undefined)
  const bodies = await Promise.all(
    ids.map(async (id) => {
      try {
        return [id, decodeMessageBody(await parts.store.blobs.read(id))] as const
      } catch (error) {
        if (error instanceof BlobMissing) return [id, { text: '', quoted: null, html: null }] as const
        throw error
      }
    }),
  )
  return new Map(bodies)
}

const publicAttachment = ({ id, name, size, type }: StoredAttachment) => ({ id, name, size, type })

function entryOf(
  event: Envelope,
  people: ReadonlyMap<string, PersonRef>,
  bodies: ReadonlyMap<string, MessageBody>,
  staff: boolean,
): TimelineEntry[] {
  const data = event.data as Record<string, unknown>
  const person = (id: unknown): PersonRef | null =>
    typeof id === 'string' ? (people.get(id) ?? { id, name: '—', staff: false }) : null
  const base = {
    id: entryId(event),
    at: event.occurredAt,
    by: person(event.actor.kind === 'account' ? event.actor.accountId : null),
  }
  const body = bodies.get(bodyIdOf(event) ?? '') ?? { text: '', quoted: null, html: null }
  const to = REACHED[event.subject]
  if (to !== undefined) return [{ ...base, kind: 'status', from: data['from'] as TicketStatus, to }]
  switch (event.subject) {
    case contracts.ticketOpened.subject: {
      const opened = event.data as DataOf<typeof contracts.ticketOpened>
      const mail = staff ? { mailId: opened.mailId } : {}
      const { via, attachments } = opened
      const by = person(via === 'mail' ? opened.people.requesterId : opened.openedById)
      return [
        {
          ...base,
          ...body,
          ...mail,
          by,
          kind: 'message',
          via,
          automatic: false,
          attachments: attachments.map(publicAttachment),
        },
      ]
    }
    case contracts.messagePosted.subject: {
      const posted = event.data as DataOf<typeof contracts.messagePosted>
      const { via, automatic, attachments } = posted
      const mail = staff ? { mailId: posted.mailId } : {}
      const kind = posted.internal ? 'note' : 'message'
      return [
        {
          ...base,
          ...body,
          ...mail,
          by: person(posted.authorId),
          kind,
          via,
          automatic,
          attachments: attachments.map(publicAttachment),
        },
      ]
    }
    case contracts.priorityChanged.subject: {
      const { from, to: priority } = event.data as DataOf<typeof contracts.priorityChanged>
      return [{ ...base, kind: 'priority', from, to: priority }]
    }
    case contracts.ticketAssigned.subject: {
      const { people: now } = event.data as DataOf<typeof contracts.ticketAssigned>
      return [{ ...base, kind: 'assignment', assignee: person(now.assigneeId) }]
    }
    case contracts.ticketMerged.subject:
      return [
        {
          ...base,
          kind: 'merge',
          into: (event.data as DataOf<typeof contracts.ticketMerged>).into,
          from: null,
        },
      ]
    case contracts.ticketArchived.subject:
      return [{ ...base, kind: 'status', from: 'closed', to: 'archived' }]
    default:
      return []
  }
}

/** Tickets that were merged into this one: shown by link, written once, on their own side. */
async function mergedHere({ collections }: Context, number: number): Promise<TimelineEntry[]> {
  const { items } = await collections.tickets.find({ index: 'mergedInto', key: [number], limit: 100 })
  return items.map(({ id, value }) => ({
    id: `merged-${id}`,
    at: value.mergedAt ?? value.updatedAt,
    by: null,
    kind: 'merge' as const,
    into: null,
    from: Number(id),
  }))
}
