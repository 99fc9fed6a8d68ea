/** Who is told what, on the portal and by mail. The table of contents. */
import { Failure } from '@guichet/contracts/failure'
import {
  getMailTexts,
  listNotifications,
  mailRequested,
  mailTextsChanged,
  markAllNotificationsViewed,
  markNotificationViewed,
  notificationCreated,
  putMailTexts,
} from '@guichet/contracts/notification'
import {
  admins,
  answer,
  createService,
  signedIn,
  type RequestCall,
  type Service,
  type ServiceParts,
} from '@guichet/service'
import { openCollections } from './collections.ts'
import type { NotificationConfig } from './config.ts'
import { errors } from './errors.ts'
import { createFacts } from './facts.ts'
import { onAccountInvited } from './handlers/on-account-invited.ts'
import { onAddressClaimed } from './handlers/on-address-claimed.ts'
import { onInvoiceIssuedEvent } from './handlers/on-invoice-issued.ts'
import { onInvoiceRemindedEvent } from './handlers/on-invoice-reminded.ts'
import { onMailQuarantined } from './handlers/on-mail-quarantined.ts'
import { onMessagePosted } from './handlers/on-message-posted.ts'
import { onPasswordChanged } from './handlers/on-password-changed.ts'
import { onPasswordResetRequested } from './handlers/on-password-reset-requested.ts'
import { onPrepaidLowEvent } from './handlers/on-prepaid-low.ts'
import { onPriorityChangedEvent } from './handlers/on-priority-changed.ts'
import { onSecondFactorChanged } from './handlers/on-second-factor-changed.ts'
import { onTicketAcceptedEvent } from './handlers/on-ticket-accepted.ts'
import { onTicketAssignedEvent } from './handlers/on-ticket-assigned.ts'
import { onTicketClosedEvent } from './handlers/on-ticket-closed.ts'
import { onTicketOpened } from './handlers/on-ticket-opened.ts'
import { onTicketReopenedEvent } from './handlers/on-ticket-reopened.ts'
import { onTicketWaitingEvent } from './handlers/on-ticket-waiting.ts'
import { answerListNotifications } from './requests/list-notifications.ts'
import { markAllViewed, markViewed } from './requests/mark-viewed.ts'
import { answerPutMailTexts, mailTextsOf } from './requests/mail-texts.ts'
import { createTellStranger } from './tell-stranger.ts'
import { createTell } from './tell.ts'

export function createNotificationService(parts: ServiceParts<NotificationConfig>): Service {
  const collections = openCollections(parts.store)
  const { notifications } = collections
  const { live } = parts.bus
  const context = {
    parts,
    facts: createFacts(parts),
    tell: createTell(parts, collections),
    tellStranger: createTellStranger(parts, collections),
  }
  return createService(
    {
      name: 'notification',
      errors,
      answers: [
        answer(listNotifications, signedIn, (query, call) =>
          answerListNotifications(notifications, query, reader(call)),
        ),
        answer(markNotificationViewed, signedIn, async ({ id }, call) => {
          await markViewed(live, notifications, id, reader(call))
          return {}
        }),
        answer(markAllNotificationsViewed, signedIn, async (_input, call) => {
          await markAllViewed(live, notifications, reader(call))
          return {}
        }),
        answer(getMailTexts, admins, () => mailTextsOf(collections.mailTexts)),
        answer(putMailTexts, admins, ({ texts }, { actor }) =>
          answerPutMailTexts(parts, collections.mailTexts, texts, actor),
        ),
      ],
      consumers: [
        {
          name: 'notification',
          from: 'now',
          handlers: [
            onAccountInvited(context),
            onPasswordResetRequested(context),
            onPasswordChanged(context),
            onAddressClaimed(context),
            onSecondFactorChanged(context),
            onTicketOpened(context),
            onTicketAcceptedEvent(context),
            onMessagePosted(context),
            onTicketWaitingEvent(context),
            onTicketClosedEvent(context),
            onTicketReopenedEvent(context),
            onTicketAssignedEvent(context),
            onPriorityChangedEvent(context),
            onMailQuarantined(context),
            onInvoiceIssuedEvent(context),
            onInvoiceRemindedEvent(context),
            onPrepaidLowEvent(context),
          ],
        },
      ],
      timers: [],
      emits: [notificationCreated, mailRequested, mailTextsChanged],
      audited: [collections.mailTexts],
    },
    parts,
  )
}

/** The rule let only accounts pass. */
function reader({ actor }: RequestCall) {
  if (actor.kind !== 'account') throw new Failure('unauthenticated')
  return actor
}
