/** The ticket is known: the row ends, and answers to that mail find the ticket by its Message-ID. */
import { mailSettled } from '@guichet/contracts/mail'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import { messageIdKey, SELF, type Context } from '../context.ts'

export async function settleRow(
  context: Context,
  mailId: string,
  outcome: 'ticketed' | 'threaded',
  ticket: number,
): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await context.collections.received.get(mailId)
    if (!stored || stored.value.ticket !== null) return
    if (stored.value.messageId !== null) await rememberThread(context, stored.value.messageId, ticket)
    const facts = { actor: SELF, audience: STAFF_ONLY, at: context.parts.clock.now() }
    await context.collections.received.commit({
      id: mailId,
      expectedVersion: stored.version,
      value: { ...stored.value, outcome, ticket, reason: null, accepted: true },
      events: [newEvent(mailSettled, { mailId, outcome, ticket }, facts)],
    })
  })
}

export async function rememberThread(
  { collections }: Context,
  messageId: string,
  ticket: number,
): Promise<void> {
  try {
    await collections.threads.commit({ id: messageIdKey(messageId), expectedVersion: 0, value: { ticket } })
  } catch (error) {
    // Known already: a mail belongs to one ticket.
    if (!(error instanceof VersionConflict)) throw error
  }
}
