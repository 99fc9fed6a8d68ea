/** From a row of the ledger to its decision. Called by the event, by a replay, by staff who overrule; idempotent. */
import { randomUUID } from 'node:crypto'
import {
  mailAccepted,
  mailBounced,
  mailDropped,
  mailQuarantined,
  mailSettled,
  type MailContent,
  type MailReason,
} from '@guichet/contracts/mail'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import { newBlobId, type NewBlob, type NewEvent, type Stored } from '@guichet/store'
import type { ReceivedMail } from './collections.ts'
import { SELF, type Context } from './context.ts'
import { decideMail, ended, noticeTo, type MailDecision } from './domain/decide-mail.ts'
import { cleanedSubject } from './domain/subject.ts'
import { gatherFacts, takeMessageId, type Gathered } from './gather-facts.ts'
import { attachmentNames, typeOf } from './parsing/attachment-name.ts'
import { withAttachmentIds } from './parsing/harmless-html.ts'
import type { ParsedMail } from './parsing/parsed-mail.ts'
import { Unreadable } from './parsing/reader.ts'
import { rawOf, type RawMail } from './raw-mail.ts'

/** Staff decide in place of the rules: a ticket for this person, whatever the facts say. */
export interface Overruling {
  accountId: string
  companyId: string | null
}

export async function processMail(context: Context, mailId: string, overruling?: Overruling): Promise<void> {
  const stored = await context.collections.received.get(mailId)
  if (stored && !isDone(stored.value)) await processStored(context, stored, overruling)
}

async function processStored(
  context: Context,
  stored: Stored<ReceivedMail>,
  overruling?: Overruling,
): Promise<void> {
  // 2a, for doors that cannot refuse. What is that large is not read; staff can have it raw.
  if (stored.value.size > context.parts.config.MAIL_MAX_BYTES)
    return await settle(context, stored, ended('too-large'), {})
  await readAndDecide(context, stored, overruling)
}

async function readAndDecide(
  context: Context,
  stored: Stored<ReceivedMail>,
  overruling?: Overruling,
): Promise<void> {
  const raw = await rawOf(context, stored.value)
  const mail = await readable(context, raw)
  if (!mail) return await settle(context, stored, ended('unparseable'), {})
  const gathered = await gatherFacts(context, stored.id, stored.value, mail, raw)
  const decision = overruling ? overruled(overruling) : decideMail(gathered.facts)
  const seen = {
    messageId: gathered.messageId,
    from: mail.from.join(', ') || null,
    subject: mail.subject.slice(0, 1000) || null,
  }
  const replayed = !overruling && stored.value.outcome !== 'pending'
  if (decision.outcome === 'accepted' && replayed && !(await takeMessageId(context, stored.id, gathered)))
    // Another was faster: what it says now is what that one said.
    return await readAndDecide(context, stored)
  if (decision.outcome === 'accepted') await accept(context, stored, decision, mail, gathered, seen)
  else await settle(context, stored, decision, seen, { mail, gathered })
}

/** As the event says it. That comes again after a crash: what staff or the rules decided since stays decided. */
export async function processReceived(context: Context, mailId: string): Promise<void> {
  const stored = await context.collections.received.get(mailId)
  if (stored?.value.outcome === 'pending' && !isDone(stored.value)) await processStored(context, stored)
}

/** A ticket is waited for, or the row has ended: nothing is decided twice. */
export function isDone({ outcome, accepted }: ReceivedMail): boolean {
  return accepted || outcome === 'ticketed' || outcome === 'threaded'
}

async function readable({ reader, parts }: Context, raw: RawMail): Promise<ParsedMail | undefined> {
  try {
    if ('bytes' in raw) return await reader.read(raw.bytes)
    // Its files are kept before it is known what the mail is: of those that nothing comes of, none is kept for long.
    return await reader.readLarge(await raw.open(), (id, content) => parts.store.blobs.put(id, content))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    parts.log.warn({ why: error.message }, 'a mail could not be read; it is in quarantine')
    return undefined
  }
}

function overruled({ accountId, companyId }: Overruling): Extract<MailDecision, { outcome: 'accepted' }> {
  return { outcome: 'accepted', accountId, companyId, ticket: null, refusedThread: null, automatic: false }
}

type Seen = Partial<Pick<ReceivedMail, 'messageId' | 'from' | 'subject'>>

async function commit(
  { collections }: Context,
  stored: Stored<ReceivedMail>,
  change: Partial<ReceivedMail>,
  events: NewEvent[],
  contents: { blobs?: NewBlob[]; keeps?: string[] } = {},
): Promise<void> {
  await retryOnConflict(async () => {
    const current = await collections.received.get(stored.id)
    // Somebody else decided meanwhile (a second copy, a person): theirs counts.
    if (!current || current.version !== stored.version) return
    const value = { ...current.value, ...change }
    await collections.received.commit({
      id: stored.id,
      expectedVersion: stored.version,
      value,
      events,
      ...contents,
    })
  })
}

async function accept(
  context: Context,
  stored: Stored<ReceivedMail>,
  decision: Extract<MailDecision, { outcome: 'accepted' }>,
  mail: ParsedMail,
  { participantIds }: Gathered,
  seen: Seen,
): Promise<void> {
  const names = attachmentNames(mail.attachments.map(({ name }) => name))
  const blobs: NewBlob[] = []
  const keeps: string[] = []
  const attachments: StoredAttachment[] = mail.attachments.map(({ type, size, content }, index) => {
    const blobId = 'blobId' in content ? content.blobId : newBlobId()
    if ('bytes' in content) blobs.push({ id: blobId, bytes: content.bytes })
    else keeps.push(blobId)
    return { id: randomUUID(), name: names[index] ?? 'document', type: typeOf(type), size, blobId }
  })
  const html =
    mail.html === null
      ? null
      : withAttachmentIds(
          mail.html,
          attachments.map(({ id }) => id),
        )
  const content: MailContent = {
    subject: cleanedSubject(mail.subject),
    body: { text: mail.said, quoted: mail.quoted, html },
  }
  const contentBlob = { id: newBlobId(), bytes: new TextEncoder().encode(JSON.stringify(content)) }
  const facts = { actor: SELF, audience: STAFF_ONLY, at: context.parts.clock.now() }
  const event = newEvent(
    mailAccepted,
    {
      mailId: stored.id,
      accountId: decision.accountId,
      companyId: decision.companyId,
      contentBlobId: contentBlob.id,
      attachments,
      ticket: decision.ticket,
      refusedThread: decision.refusedThread,
      automatic: decision.automatic,
      participantIds,
      receivedAt: stored.value.receivedAt,
    },
    facts,
  )
  const change = { ...seen, outcome: 'pending' as const, reason: null, accepted: true }
  await commit(context, stored, change, [event], { blobs: [contentBlob, ...blobs], keeps })
}

async function settle(
  context: Context,
  stored: Stored<ReceivedMail>,
  { outcome, reason }: Exclude<MailDecision, { outcome: 'accepted' }>,
  seen: Seen,
  about?: { mail: ParsedMail; gathered: Gathered },
): Promise<void> {
  // A replay that comes to the same end changes nothing and tells nobody again.
  if (stored.value.outcome === outcome && stored.value.reason === reason) return
  const bounce = outcome === 'bounced' ? (about?.mail.bounce ?? { recipient: null, code: null }) : null
  // Dropped and decided again, a report of non-delivery has counted before.
  const counted = stored.value.bounce !== null
  const events = await eventsOf(
    context,
    stored.id,
    outcome,
    reason,
    bounce,
    about?.gathered.bouncedId ?? null,
    about ? noticeTo(about.gathered.facts, reason) : null,
  )
  const kept = counted ? events.filter(({ subject }) => subject !== mailBounced.subject) : events
  await commit(context, stored, { ...seen, outcome, reason, bounce: bounce ?? stored.value.bounce }, kept)
}

async function eventsOf(
  context: Context,
  mailId: string,
  outcome: Exclude<MailDecision['outcome'], 'accepted'>,
  reason: MailReason,
  bounce: ReceivedMail['bounce'],
  outgoingId: string | null,
  notify: string | null,
): Promise<NewEvent[]> {
  const facts = { actor: SELF, audience: STAFF_ONLY, at: context.parts.clock.now() }
  const settled = newEvent(mailSettled, { mailId, outcome, ticket: null }, facts)
  if (outcome === 'quarantined') {
    const data = { mailId, reason, ...(notify === null ? {} : { notify }) }
    return [newEvent(mailQuarantined, data, facts), settled]
  }
  if (outcome === 'dropped') return [newEvent(mailDropped, { mailId, reason }, facts), settled]
  if (outcome !== 'bounced') return [settled]
  const outgoing = outgoingId === null ? undefined : await context.collections.outgoing.get(outgoingId)
  const data = {
    mailId,
    accountId: outgoing?.value.accountId ?? null,
    outgoingId: outgoing?.id ?? null,
    code: bounce?.code ?? null,
    permanent: bounce?.code?.startsWith('5.') ?? false,
  }
  return [newEvent(mailBounced, data, facts), settled]
}
