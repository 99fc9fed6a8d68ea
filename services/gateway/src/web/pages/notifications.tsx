/** What the reader was told. */
import {
  listNotifications,
  markAllNotificationsViewed,
  markNotificationViewed,
} from '@guichet/contracts/notification'
import type { Page } from '../page.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Action } from '../parts/forms.tsx'
import { When } from '../parts/time.tsx'
import { notificationTexts } from '../texts/notifications.ts'

const notifications: Page = {
  path: '/notifications',
  access: 'signed-in',
  show: async (call) => {
    const t = notificationTexts(call.language)
    const { items, unread } = await call.ask(listNotifications, { limit: 100 })
    return {
      title: t.title,
      live: 'notification counters',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
            {unread > 0 ? <Action action="/notifications/viewed">{t.markAll}</Action> : null}
          </header>
          {items.length === 0 ? <EmptyState title={t.empty} text={t.emptyNext} /> : null}
          <ul class="feed">
            {items.map(({ id, text, link, at, viewed }) => (
              <li key={id} class={viewed ? undefined : 'unread'}>
                <span class="unread-dot">{viewed ? null : <span class="unseen">{t.unread}</span>}</span>
                <span class="what">
                  <a href={link}>{text}</a>
                  <br />
                  <When at={at} language={call.language} />
                </span>
                {viewed ? (
                  <span />
                ) : (
                  <Action action={`/notifications/${id}/viewed`} kind="plain">
                    {t.mark}
                  </Action>
                )}
              </li>
            ))}
          </ul>
        </>
      ),
    }
  },
}

const back = () => Promise.resolve({ redirect: '/notifications' })

export const notificationPages: readonly Page[] = [
  notifications,
  {
    path: '/notifications/viewed',
    access: 'signed-in',
    show: back,
    act: async ({ ask }) => {
      await ask(markAllNotificationsViewed, {})
      return back()
    },
  },
  {
    path: '/notifications/:id/viewed',
    access: 'signed-in',
    show: back,
    act: async ({ ask, params }) => {
      await ask(markNotificationViewed, { id: params['id'] ?? '' })
      return back()
    },
  },
]
