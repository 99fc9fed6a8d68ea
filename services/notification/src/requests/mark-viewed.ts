import type { Live } from '@guichet/bus'
import { Failure } from '@guichet/contracts/failure'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import type { Notifications } from '../collections.ts'
import { announceUnread } from '../views/unread.ts'

/** @throws Failure not-found for one that is not the reader's. */
export async function markViewed(
  live: Live,
  notifications: Notifications,
  id: string,
  reader: AccountActor,
): Promise<void> {
  await view(notifications, id, reader)
  await announceUnread(live, notifications, reader.accountId)
}

export async function markAllViewed(
  live: Live,
  notifications: Notifications,
  reader: AccountActor,
): Promise<void> {
  for (;;) {
    const { items } = await notifications.find({
      index: 'ofAccount',
      key: [reader.accountId, 'unread'],
      limit: 100,
    })
    if (items.length === 0) break
    await Promise.all(items.map(({ id }) => view(notifications, id, reader)))
  }
  await announceUnread(live, notifications, reader.accountId)
}

async function view(notifications: Notifications, id: string, reader: AccountActor): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await notifications.get(id)
    if (!stored || stored.value.accountId !== reader.accountId) throw new Failure('not-found')
    if (stored.value.viewed) return
    await notifications.commit({
      id,
      expectedVersion: stored.version,
      value: { ...stored.value, viewed: true },
    })
  })
}
