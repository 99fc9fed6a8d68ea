import { isStaff } from '@guichet/access'
import { Failure } from '@guichet/contracts/failure'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { isVisible, type Context } from '../context.ts'

/** @throws Failure not-found for a file of a ticket, or of a note, that is not the reader's to see. */
export async function answerOpenAttachment(
  context: Context,
  id: string,
  actor: AccountActor,
): Promise<StoredAttachment> {
  const { items } = await context.collections.tickets.find({ index: 'attachment', key: [id], limit: 1 })
  const ticket = items[0]
  if (!ticket || !(await isVisible(context, ticket.value, actor))) throw new Failure('not-found')
  const found = ticket.value.attachments.find((attachment) => attachment.id === id)
  if (!found || (found.internal && !isStaff(actor))) throw new Failure('not-found')
  const { internal: _internal, ...attachment } = found
  return attachment
}
