/** A registered person's mail opens a ticket, or is a message on one. Once, however often the event comes. */
import type { DataOf } from '@guichet/contracts/definition'
import type { Envelope } from '@guichet/contracts/envelope'
import { Failure } from '@guichet/contracts/failure'
import { mailAccepted, type MailContent } from '@guichet/contracts/mail'
import { messagePosted } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'
import { encodeMessageBody } from '@guichet/contracts/values/message-body'
import { effectId, on } from '@guichet/service'
import { newBlobId } from '@guichet/store'
import { changeTicket, type Context } from '../context.ts'
import { post } from '../domain/decide.ts'
import { followMerges, type Followed } from '../merges.ts'
import { openNewTicket } from '../open.ts'

type Accepted = DataOf<typeof mailAccepted>
/** The mail door decided who writes; here that person's mail is put where it belongs. */
const SELF: Actor = { kind: 'service', service: 'ticket' }

export function onMailAccepted(context: Context) {
  return on(mailAccepted, async (mail, event) => {
    const content = JSON.parse(
      new TextDecoder().decode(await context.parts.store.blobs.read(mail.contentBlobId)),
    ) as MailContent
    const target = mail.ticket === null ? undefined : await targetOf(context, mail.ticket)
    // On whichever ticket it was put before that one was merged or archived.
    for (const number of target?.chain ?? []) if (await isPosted(context, number, mail.mailId)) return
    if (target && target.state.status !== 'archived') await postMail(context, target, mail, content)
    else await openFromMail(context, mail, content, event, target?.number ?? null)
  })
}

/** The ticket that the thread leads to today: merges followed. undefined: there is none. */
async function targetOf(context: Context, number: number): Promise<Followed | undefined> {
  try {
    return await followMerges(context, number, SELF)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

async function postMail(
  context: Context,
  { number }: Followed,
  mail: Accepted,
  content: MailContent,
): Promise<void> {
  const author = (await context.facts.accounts([mail.accountId])).get(mail.accountId)
  const blob = { id: newBlobId(), bytes: encodeMessageBody(content.body) }
  await changeTicket(
    context,
    number,
    SELF,
    async (state, occasion) => {
      if (await isPosted(context, number, mail.mailId)) return { state, events: [] }
      return post(
        state,
        {
          authorId: mail.accountId,
          fromStaff: author?.companyId === null,
          internal: false,
          automatic: mail.automatic,
          via: 'mail',
          bodyBlobId: blob.id,
          attachments: mail.attachments,
          mailId: mail.mailId,
          participantIds: mail.participantIds,
          postedUnder: null,
        },
        occasion,
      )
    },
    {
      blobs: [blob],
      keeps: mail.attachments.map(({ blobId }) => blobId),
      addToSearch: content.body.text,
    },
  )
}

/** The history remembers for ever which mails became messages. */
async function isPosted({ collections }: Context, number: number, mailId: string): Promise<boolean> {
  for await (const event of collections.tickets.history(String(number))) {
    if (
      event.subject === messagePosted.subject &&
      (event.data as DataOf<typeof messagePosted>).mailId === mailId
    )
      return true
  }
  return false
}

async function openFromMail(
  context: Context,
  mail: Accepted,
  content: MailContent,
  event: Envelope,
  linkedTo: number | null,
): Promise<void> {
  const sender = (await context.facts.accounts([mail.accountId])).get(mail.accountId)
  const company = mail.companyId === null ? undefined : await context.facts.freshCompany(mail.companyId)
  await openNewTicket(
    context,
    {
      subject: content.subject || '—',
      requesterId: mail.accountId,
      companyId: mail.companyId,
      participantIds: mail.participantIds,
      openedById: mail.accountId,
      // A ticket opened by mail has priority Normal (spec/mail.md).
      priority: 'normal',
      via: 'mail',
      body: content.body,
      attachments: mail.attachments,
      // By the mail, not by the event: a mail that is replayed is the same mail.
      openedUnder: effectId(`mail:${mail.mailId}`),
      mailId: mail.mailId,
      linkedTo,
      refusedThread: mail.refusedThread,
      searchable: `${sender?.name ?? ''} ${sender?.email ?? ''} ${company?.name ?? ''}`,
    },
    event.actor,
  )
}
