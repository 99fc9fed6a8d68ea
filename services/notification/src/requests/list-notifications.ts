import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { listNotifications } from '@guichet/contracts/notification'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import type { Notifications } from '../collections.ts'
import { linkOf, type StoredNotification } from '../domain/notification.ts'
import { words } from '../texts/words.ts'
import { countUnread } from '../views/unread.ts'

/** The reader's own, newest first. */
export async function answerListNotifications(
  notifications: Notifications,
  { unread, limit, cursor }: InputOf<typeof listNotifications>,
  reader: AccountActor,
): Promise<OutputOf<typeof listNotifications>> {
  const key = unread ? [reader.accountId, 'unread'] : [reader.accountId]
  const [page, count] = await Promise.all([
    notifications.find({ index: 'ofAccount', key, limit, cursor }),
    countUnread(notifications, reader.accountId),
  ])
  return {
    items: page.items.map(({ id, value }) => shown(id, value, reader.language)),
    next: page.next,
    unread: count,
  }
}

function shown(id: string, value: StoredNotification, language: Language) {
  const { kind, at, viewed, ticket, invoice, params } = value
  const text = words(language, `notification.${kind}`, {
    ...params,
    ticket: ticket ?? '',
    invoice: invoice ?? '',
  })
  return { id, kind, at, viewed, ticket, invoice, text, link: linkOf(value) }
}
