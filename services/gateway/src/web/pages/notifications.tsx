/** What the reader was told. */
import {
  listNotifications,
  markAllNotificationsViewed,
  markNotificationViewed,
} from '@guichet/contracts/notification'
import type { Page } from '../page.ts'
import { Action } from '../parts/forms.tsx'
import { dateTime } from '../parts/times.ts'
import { textsIn } from '../texts/texts.ts'

const notifications: Page = {
  path: '/notifications',
  access: 'signed-in',
  show: async (call) => {
    const t = textsIn(call.language)
    const { items, unread } = await call.ask(listNotifications, { limit: 100 })
    return {
      title: t.notifications,
      body: (
        <>
          <header class="bar">
            <h1>
              {t.notifications} {unread > 0 ? <span class="count">{unread}</span> : null}
            </h1>
            {unread > 0 ? <Action action="/notifications/viewed">{t.markAllViewed}</Action> : null}
          </header>
          {items.length === 0 ? <p class="empty">{t.nothing}</p> : null}
          <ul class="notifications">
            {items.map(({ id, text, link, at, viewed }) => (
              <li key={id} class={viewed ? undefined : 'unread'}>
                <a href={link}>{text}</a> <time datetime={at}>{dateTime(at, call.language)}</time>
                {viewed ? null : (
                  <Action action={`/notifications/${id}/viewed`} quiet>
                    {t.markViewed}
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
