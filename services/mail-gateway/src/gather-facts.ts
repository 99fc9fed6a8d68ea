/** The facts a decision needs: from the mail itself, from who we saw before, from identity and the ticket service. */
import { createHash } from 'node:crypto'
import { isManagerOf, mayReadTicket } from '@guichet/access'
import { findSender, getCompany, type Account } from '@guichet/contracts/identity'
import { Failure } from '@guichet/contracts/failure'
import { getFacts, type TicketFacts } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import { authenticated } from './authenticate.ts'
import type { Collections, ReceivedMail, SeenMessageId } from './collections.ts'
import { messageIdDomain, messageIdKey, threadKey, type Context } from './context.ts'
import type { MailFacts } from './domain/decide-mail.ts'
import { parseMailboxUrl } from './doors/imap/mailbox-url.ts'
import { envelopeOf, isForUs, loops, type Envelope } from './domain/header-envelope.ts'
import { isAutomatic, isBounce, isOurs, referencedIds } from './domain/header-facts.ts'
import { readRecipient } from './domain/mail-tokens.ts'
import { ticketInSubject } from './domain/subject.ts'
import type { ParsedMail } from './parsing/parsed-mail.ts'
import type { RawMail } from './raw-mail.ts'

export interface Gathered {
  facts: MailFacts
  messageId: string
  contentHash: string
  participantIds: string[]
  /** The mail of ours that came back. */
  bouncedId: string | null
}

export async function gatherFacts(
  context: Context,
  mailId: string,
  row: ReceivedMail,
  mail: ParsedMail,
  raw: RawMail,
): Promise<Gathered> {
  const headers = new Map(mail.headers)
  const contentHash = hashOfContent(mail)
  // Row 3: a mail without a Message-ID gets one from what it says.
  const messageId = mail.messageId ?? `<${contentHash}@generated.invalid>`
  const readOurs = (address: string) =>
    readRecipient(threadKey(context), context.parts.config.SUPPORT_ADDRESS, address)
  const isOurAddress = (address: string) => readOurs(address) !== undefined
  const envelope: Envelope = row.door === 'imap' ? envelopeOf(headers, mail.to, mail.cc) : row
  const recipients = envelope.rcptTo.map(readOurs)
  const bounce = recipients.find((recipient) => recipient?.kind === 'bounce')
  const from = mail.from.length === 1 ? (mail.from[0] ?? null) : null
  const ours = isOurs(headers, messageIdDomain(context), context.parts.config.SUPPORT_ADDRESS)
  const bounced = bounce !== undefined || isBounce(headers, envelope.mailFrom)
  const settled = ours || bounced
  const sender = settled || from === null ? null : await senderOf(context, from)
  const thread = sender ? await threadOf(context, sender, recipients, headers, mail.subject) : null
  const facts: MailFacts = {
    readable: true,
    // SMTP refused such mails at the door.
    loops: row.door === 'imap' && loops(headers, isOurAddress),
    forUs: row.door === 'smtp' || isForUs(headers, envelope, isOurAddress, mailboxUser(context)),
    ours,
    // Our own mails that come back to us are dropped whatever we saw; a report that comes twice counts once.
    seenBefore: ours ? 'no' : await seenBefore(context, mailId, messageId, contentHash),
    isBounce: bounced,
    from,
    authentication:
      settled || from === null
        ? null
        : await authenticated(context, { ...row, mailFrom: envelope.mailFrom ?? '' }, from, raw),
    automatic: isAutomatic(headers, mail.subject),
    sender: sender && {
      accountId: sender.id,
      companyId: sender.companyId,
      active: sender.status !== 'inactive',
    },
    hasContent: mail.text.trim() !== '' || mail.attachments.length > 0,
    thread,
  }
  const participantIds = sender ? await colleaguesIn(context, sender, [...mail.to, ...mail.cc]) : []
  return { facts, messageId, contentHash, participantIds, bouncedId: bounce?.outgoingId ?? null }
}

function mailboxUser({ parts }: Context): string {
  const url = parts.config.IMAP_URL
  return url === undefined ? '' : parseMailboxUrl(url).user
}

/** What the mail says, without the traces of its way here. */
function hashOfContent({ from, subject, text, attachments }: ParsedMail): string {
  const hash = createHash('sha256').update(JSON.stringify([from, subject, text]))
  for (const { name, sha256 } of attachments) hash.update(JSON.stringify([name, sha256]))
  return hash.digest('hex')
}

/**
 * The first mail of a Message-ID reserves it; a replay of that same mail is that same mail. One that was never taken in
 * (quarantined, dropped) holds nothing: a forgery that came first must not keep the genuine mail out.
 */
async function seenBefore(
  { collections }: Context,
  mailId: string,
  messageId: string,
  contentHash: string,
): Promise<MailFacts['seenBefore']> {
  const id = messageIdKey(messageId)
  const known = await collections.messageIds.get(id)
  if (known && known.value.mailId === mailId) return 'no'
  if (known && (await isHeld(collections, known.value)))
    return known.value.contentHash === contentHash ? 'same-content' : 'other-content'
  try {
    const expectedVersion = known?.version ?? 0
    await collections.messageIds.commit({ id, expectedVersion, value: { mailId, contentHash } })
    return 'no'
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
    return await seenBefore({ collections } as Context, mailId, messageId, contentHash)
  }
}

async function isHeld({ received }: Collections, { mailId, taken }: SeenMessageId): Promise<boolean> {
  const outcome = (await received.get(mailId))?.value.outcome
  return outcome === 'quarantined' ? taken === true : outcome !== 'dropped'
}

/**
 * A mail leaves the quarantine for a ticket: it alone has its Message-ID from here on. False: another that says the same
 * was faster. What arrives needs it not, its row is pending and holds what it reserved.
 */
export async function takeMessageId(
  { collections }: Context,
  mailId: string,
  { messageId, contentHash }: Pick<Gathered, 'messageId' | 'contentHash'>,
): Promise<boolean> {
  const id = messageIdKey(messageId)
  return await retryOnConflict(async () => {
    const known = await collections.messageIds.get(id)
    if (known && known.value.mailId !== mailId && (await isHeld(collections, known.value))) return false
    const value = { mailId, contentHash, taken: true as const }
    await collections.messageIds.commit({ id, expectedVersion: known?.version ?? 0, value })
    return true
  })
}

async function senderOf({ parts }: Context, address: string): Promise<Account | null> {
  const { account } = await parts.bus.requests.ask(
    findSender,
    { address: address.slice(0, 320) },
    { token: await parts.actors.own() },
  )
  return account
}

/** Token in the recipient, then references, then the subject's tag; the first that leads to a ticket counts. */
async function threadOf(
  context: Context,
  sender: Account,
  recipients: readonly ReturnType<typeof readRecipient>[],
  headers: ReadonlyMap<string, readonly string[]>,
  subject: string,
): Promise<MailFacts['thread']> {
  const token = recipients.find((recipient) => recipient?.kind === 'ticket')
  const ticket = token?.ticket ?? (await referencedTicket(context, headers)) ?? ticketInSubject(subject)
  if (ticket === null) return null
  const { bus, actors } = context.parts
  try {
    const facts = await bus.requests.ask(getFacts, { number: ticket }, { token: await actors.own() })
    return { ticket, allowed: await mayWrite(context, sender, facts) }
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return null
    throw error
  }
}

/** By mail as on the portal: staff any ticket, a customer theirs, a manager the company's where the house allows it. */
async function mayWrite({ parts }: Context, sender: Account, ticket: TicketFacts): Promise<boolean> {
  const { id: accountId, companyId, roles, name, email, language } = sender
  const writer: AccountActor = { kind: 'account', accountId, companyId, roles, name, email, language }
  if (mayReadTicket(writer, { ...ticket, companyManagersSeeAll: false })) return true
  // Only a manager of that very company may more by the company's setting: nobody else costs a question.
  if (ticket.companyId === null || !isManagerOf(writer, ticket.companyId)) return false
  const token = await parts.actors.own()
  const { managersSeeAll } = await parts.bus.requests.ask(getCompany, { id: ticket.companyId }, { token })
  return mayReadTicket(writer, { ...ticket, companyManagersSeeAll: managersSeeAll })
}

async function referencedTicket(
  { collections }: Context,
  headers: ReadonlyMap<string, readonly string[]>,
): Promise<number | null> {
  for (const id of referencedIds(headers)) {
    const known = await collections.threads.get(messageIdKey(id))
    if (known) return known.value.ticket
  }
  return null
}

/** Registered people of the sender's company in To and Cc take part; others are shown, never mailed. */
async function colleaguesIn(
  context: Context,
  sender: Account,
  addresses: readonly string[],
): Promise<string[]> {
  if (sender.companyId === null) return []
  const others = [...new Set(addresses)].filter(
    (address) => !readRecipient(threadKey(context), context.parts.config.SUPPORT_ADDRESS, address),
  )
  const accounts = await Promise.all(others.slice(0, 20).map((address) => senderOf(context, address)))
  return accounts
    .filter(
      (account) =>
        account?.companyId === sender.companyId && account.status !== 'inactive' && account.id !== sender.id,
    )
    .map((account) => account?.id ?? '')
}
