import { isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { postMessage } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { encodeMessageBody } from '@guichet/contracts/values/message-body'
import { newBlobId } from '@guichet/store'
import { changeTicket, type Context } from '../context.ts'
import { post } from '../domain/decide.ts'
import { mentionedIn } from '../domain/mentions.ts'
import { isAgent } from '../domain/ticket.ts'
import { followMerges } from '../merges.ts'
import { messageAt } from '../views/timeline.ts'

export async function answerPostMessage(
  context: Context,
  input: InputOf<typeof postMessage>,
  actor: AccountActor,
): Promise<OutputOf<typeof postMessage>> {
  const { text, internal = false, attachments = [] } = input
  const staff = isStaff(actor)
  const { number } = await followMerges(context, input.number, actor)
  if (internal ? !staff : staff && !isAgent(actor)) throw new Failure('forbidden')
  if (text.trim() === '' && attachments.length === 0) {
    throw new Failure('invalid-fields', { fields: [{ path: 'text', code: 'nothing-said' }] })
  }
  // Customers call nobody: who works here is not theirs to try out.
  const mentionedIds = staff && text.includes('@') ? mentionedIn(text, await context.facts.staff()) : []
  const key = input.idempotencyKey ? idFromKey(actor.accountId, `message:${input.idempotencyKey}`) : null
  const blob = { id: newBlobId(), bytes: encodeMessageBody({ text, quoted: null, html: null }) }
  const posted = await changeTicket(
    context,
    number,
    actor,
    (state, occasion) => {
      if (key !== null && key in state.postedUnder) return { state, events: [] }
      return post(
        state,
        {
          authorId: actor.accountId,
          fromStaff: staff,
          internal,
          automatic: false,
          via: 'web',
          bodyBlobId: blob.id,
          attachments,
          mailId: null,
          participantIds: [],
          mentionedIds,
          postedUnder: key,
          afterwards: input.afterwards,
          seenVersion: staff && input.seen !== undefined ? Number(input.seen.split('-')[0]) : undefined,
        },
        occasion,
      )
    },
    // What is in a note must not let a customer find the ticket by it.
    {
      blobs: [blob],
      keeps: attachments.map(({ blobId }) => blobId),
      addToSearch: internal ? undefined : text,
    },
  )
  const version = key === null ? posted.version : (posted.value.postedUnder[key] ?? posted.version)
  return await messageAt(context, number, version)
}
