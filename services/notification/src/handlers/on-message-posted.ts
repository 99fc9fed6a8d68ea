import type { Envelope } from '@guichet/contracts/envelope'
import { messagePosted } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { NOBODY, onPosted } from '../domain/telling.ts'
import type { Context } from './context.ts'

/** As the ticket's timeline names it: `<version>-<n>` of its event. */
const entryOf = ({ id }: Envelope): string => id.slice(id.lastIndexOf('@') + 1).replace('.', '-')

/** A message's mail carries its text. */
export function onMessagePosted({ facts, tell }: Context) {
  return on(messagePosted, async (posted, event) => {
    // An answer to the client concerns nobody at the counter: nobody is asked who is there.
    const answers = posted.fromStaff && !posted.internal
    const tellings = onPosted(posted, answers ? NOBODY : await facts.counter(event.occurredAt))
    if (tellings.length === 0) return
    const authorIds = posted.authorId === null ? [] : [posted.authorId]
    const [ticket, accounts, body] = await Promise.all([
      facts.ticket(posted.number),
      facts.accounts([...tellings.map(({ accountId }) => accountId), ...authorIds]),
      facts.body(posted.bodyBlobId),
    ])
    await tell(tellings, accounts, {
      event,
      who: accounts.get(posted.authorId ?? '')?.name ?? '',
      ticket: posted.number,
      subject: ticket.subject,
      entry: entryOf(event),
      path: `/tickets/${posted.number}#${entryOf(event)}`,
      message: body.text,
      messageAttachmentNames: posted.attachments.map(({ name }) => name),
      inReplyToMailId: posted.mailId,
    })
  })
}
