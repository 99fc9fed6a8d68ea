/** How many notifications a person has not seen: a count, never a counter. */
import type { Live } from '@guichet/bus'
import { unreadChanged } from '@guichet/contracts/notification'
import type { Notifications } from '../collections.ts'

export function countUnread(notifications: Notifications, accountId: string): Promise<number> {
  return notifications.count({ index: 'ofAccount', key: [accountId, 'unread'] })
}

export async function announceUnread(
  live: Live,
  notifications: Notifications,
  accountId: string,
): Promise<void> {
  const unread = await countUnread(notifications, accountId)
  live.announce(unreadChanged, { accountId, unread }, { accounts: [accountId], staff: false })
}
