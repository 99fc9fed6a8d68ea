/** What the caller was told. */
import {
  getMailTexts,
  listNotifications,
  markAllNotificationsViewed,
  markNotificationViewed,
  MailTexts,
  putMailTexts,
} from '@guichet/contracts/notification'
import { Id } from '@guichet/contracts/values/scalars'
import { route } from '@guichet/http'
import { Type } from 'typebox'
import { done, ok } from './replies.ts'

const tag = 'Notifications'

export const notificationRoutes = [
  route({
    method: 'GET',
    path: '/notifications',
    access: 'signed-in',
    tag,
    summary: 'Own notifications with the count of unread ones',
    query: listNotifications.input,
    answers: { 200: listNotifications.output },
    handle: async ({ ask, query }) => ok(await ask(listNotifications, query)),
  }),
  route({
    method: 'POST',
    path: '/notifications/:id/viewed',
    access: 'signed-in',
    tag,
    summary: 'Mark one as viewed',
    params: Type.Object({ id: Id }),
    answers: { 204: null },
    handle: async ({ ask, params }) => {
      await ask(markNotificationViewed, params)
      return done()
    },
  }),
  route({
    method: 'POST',
    path: '/notifications/viewed',
    access: 'signed-in',
    tag,
    summary: 'Mark all as viewed',
    answers: { 204: null },
    handle: async ({ ask }) => {
      await ask(markAllNotificationsViewed, {})
      return done()
    },
  }),
  route({
    method: 'GET',
    path: '/settings/mail-texts',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'What the house says in its mails in its own words; admins',
    answers: { 200: MailTexts },
    handle: async ({ ask }) => ok(await ask(getMailTexts, {})),
  }),
  route({
    method: 'PUT',
    path: '/settings/mail-texts',
    access: 'signed-in',
    tag: 'Settings',
    summary: 'Set them, in three languages; an empty one leaves the product’s own text',
    body: MailTexts,
    answers: { 200: MailTexts },
    handle: async ({ ask, body }) => ok(await ask(putMailTexts, { texts: body })),
  }),
]
