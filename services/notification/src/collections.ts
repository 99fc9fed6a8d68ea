/** What notification owns. */
import type { MailTexts } from '@guichet/contracts/notification'
import type { Collection, Store } from '@guichet/store'
import type { StoredNotification } from './domain/notification.ts'

/** A mail that goes with no notification: the receiver has no portal yet, or needs none. */
export interface RequestedMail {
  /** null: somebody without an account. */
  accountId: string | null
  kind: string
  at: string
}

export type MailTextsSetting = Collection<MailTexts, never>
export type Notifications = Collection<StoredNotification, 'ofAccount'>
export type RequestedMails = Collection<RequestedMail, never>

export function openCollections(store: Store): {
  notifications: Notifications
  requestedMails: RequestedMails
  mailTexts: MailTextsSetting
} {
  return {
    notifications: store.collection<StoredNotification, 'ofAccount'>({
      name: 'notifications',
      indexes: {
        ofAccount: {
          keys: ({ accountId, viewed }) => (viewed ? [[accountId]] : [[accountId], [accountId, 'unread']]),
          sort: ({ at }) => at,
        },
      },
    }),
    requestedMails: store.collection<RequestedMail, never>({ name: 'requested-mails' }),
    mailTexts: store.collection<MailTexts, never>({ name: 'mail-texts' }),
  }
}
