import type { AccountActor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import { visibleTicket, type Context } from '../context.ts'
import { readId } from '../views/summary.ts'

/** A document per reader and ticket: reading never stands in a writer's way. */
export async function answerMarkRead(context: Context, number: number, actor: AccountActor): Promise<void> {
  const ticket = await visibleTicket(context, number, actor)
  const id = readId(actor.accountId, ticket.id)
  await retryOnConflict(async () => {
    const known = await context.collections.reads.get(id)
    if (known && known.value.version >= ticket.version) return
    await context.collections.reads.commit({
      id,
      expectedVersion: known?.version ?? 0,
      value: { version: ticket.version },
    })
  })
}
