/** How full the queue of staff is; its list is `list.ts` in the order `waiting`. */
import { isStaff } from '@guichet/access'
import type { OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { COUNTED_TICKETS, type countQueue } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { IndexKey } from '@guichet/store'
import type { Context } from '../context.ts'

/** @throws Failure forbidden for customers: whom support lets wait is not theirs to know. */
export async function answerCountQueue(
  { collections }: Context,
  actor: AccountActor,
): Promise<OutputOf<typeof countQueue>> {
  if (!isStaff(actor)) throw new Failure('forbidden')
  const count = (key: IndexKey) => collections.tickets.count({ index: 'queue', key, atMost: COUNTED_TICKETS })
  const [isNew, mine, unassigned, open, waiting] = await Promise.all([
    count(['status', 'new']),
    count(['assignee', actor.accountId]),
    count(['assignee', 'none']),
    count(['all']),
    count(['status', 'waiting']),
  ])
  return { new: isNew, mine, unassigned, open, waiting }
}
