import { ticketOpened } from '@guichet/contracts/ticket'
import { on } from '@guichet/service'
import { onOpened } from '../domain/telling.ts'
import type { Context } from './context.ts'

/** Support is told; the sender of a mail gets a receipt with the number. */
export function onTicketOpened({ facts, tell }: Context) {
  return on(ticketOpened, async (opened, event) => {
    const tellings = onOpened(opened, await facts.counter(event.occurredAt))
    if (tellings.length === 0) return
    const [ticket, accounts, body] = await Promise.all([
      facts.ticket(opened.number),
      facts.accounts([...tellings.map(({ accountId }) => accountId), opened.people.requesterId]),
      facts.body(opened.bodyBlobId),
    ])
    await tell(tellings, accounts, {
      event,
      who: accounts.get(opened.people.requesterId)?.name ?? '',
      ticket: opened.number,
      subject: ticket.subject,
      path: `/tickets/${opened.number}`,
      priority: opened.priority,
      message: body.text,
      messageAttachmentNames: opened.attachments.map(({ name }) => name),
      inReplyToMailId: opened.mailId,
    })
  })
}
