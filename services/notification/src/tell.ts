/**
 * One telling, one document: its id derives from the event and the receiver, so that an event that comes twice tells
 * once. The mail's content is written in the same commit as the events that ask for it.
 */
import type { Envelope } from '@guichet/contracts/envelope'
import type { Account } from '@guichet/contracts/identity'
import { mailRequested, notificationCreated, type MailTexts } from '@guichet/contracts/notification'
import type { Actor } from '@guichet/contracts/values/actor'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import { effectId, newEvent, NO_ONE, type ServiceParts } from '@guichet/service'
import { newBlobId, VersionConflict, type NewBlob, type NewEvent } from '@guichet/store'
import type { MailTextsSetting, Notifications, RequestedMails } from './collections.ts'
import type { NotificationConfig } from './config.ts'
import { withoutMuted, type Telling } from './domain/telling.ts'
import { mailTextsOf } from './requests/mail-texts.ts'
import { announceUnread } from './views/unread.ts'
import { hours } from './domain/hours.ts'
import { renderMail, type MailFacts } from './mails/render-mail.ts'

export interface Occasion {
  event: Envelope
  who: string
  ticket: number | null
  subject: string
  /** Path on the portal, and what the mail's button leads to. */
  path: string
  invoice?: string
  /** The entry of the ticket's timeline that it is about. */
  entry?: string
  amount?: string
  /** Calendar day. */
  dueOn?: string
  /** Of prepaid hours: what is left, and of how much. */
  minutesLeft?: number
  minutesOf?: number
  communication?: string
  /** Of recovery codes. */
  codesLeft?: number
  priority?: MailFacts['priority']
  until?: Temporal.Instant
  message?: string
  messageAttachmentNames?: readonly string[]
  /** Sent along with the mail. */
  attachments?: readonly StoredAttachment[]
  inReplyToMailId?: string | null
  /** Where the mail goes when that is not the account's own address. */
  address?: string
  /** The path holds a link's secret: the mail's content is erased once it has left. */
  secret?: boolean
}

export type Tell = (
  tellings: readonly Telling[],
  receivers: ReadonlyMap<string, Account>,
  occasion: Occasion,
) => Promise<void>

export function createTell(
  parts: ServiceParts<NotificationConfig>,
  collections: { notifications: Notifications; requestedMails: RequestedMails; mailTexts: MailTextsSetting },
): Tell {
  const { config, clock } = parts
  const actor: Actor = { kind: 'service', service: 'notification' }

  async function tellOne(
    telling: Telling,
    receiver: Account,
    occasion: Occasion,
    house: MailTexts,
  ): Promise<void> {
    const id = effectId(occasion.event.id, telling.accountId)
    const at = clock.now()
    const events: NewEvent[] = []
    const blobs: NewBlob[] = []
    if (telling.notification !== null) {
      const facts = {
        notificationId: id,
        accountId: receiver.id,
        kind: telling.notification,
        ticket: occasion.ticket,
      }
      events.push(
        newEvent(notificationCreated, facts, {
          actor,
          at,
          audience: { accounts: [receiver.id], staff: false },
        }),
      )
    }
    if (telling.mail !== null) {
      const content = renderMail(mailFacts(telling.mail, receiver, occasion), {
        signature: house.signature[receiver.language],
        receipt: house.receipt[receiver.language],
      })
      const blob = { id: newBlobId(), bytes: new TextEncoder().encode(JSON.stringify(content)) }
      blobs.push(blob)
      const data = {
        mailId: id,
        kind: telling.mail,
        accountId: receiver.id,
        address: occasion.address ?? null,
        contentBlobId: blob.id,
        attachments: [...(occasion.attachments ?? [])],
        ticket: occasion.ticket,
        inReplyToMailId: occasion.inReplyToMailId ?? null,
        secret: occasion.secret ?? false,
      }
      events.push(newEvent(mailRequested, data, { actor, at, audience: NO_ONE }))
    }
    // When it happened, not when this service came to it.
    const said = occasion.event.occurredAt
    await once(async () => {
      if (telling.notification === null) {
        const value = { accountId: receiver.id, kind: telling.mail ?? '', at: said }
        await collections.requestedMails.commit({ id, expectedVersion: 0, value, events, blobs })
        return
      }
      const value = {
        accountId: receiver.id,
        kind: telling.notification,
        at: said,
        viewed: false,
        ticket: occasion.ticket,
        invoice: occasion.invoice ?? null,
        ...(occasion.entry === undefined ? {} : { entry: occasion.entry }),
        ...(occasion.minutesLeft === undefined ? {} : { path: occasion.path }),
        params: {
          subject: occasion.subject,
          who: occasion.who,
          ...(occasion.minutesLeft === undefined ? {} : { left: hours(occasion.minutesLeft) }),
        },
      }
      await collections.notifications.commit({ id, expectedVersion: 0, value, events, blobs })
    })
    if (telling.notification !== null)
      await announceUnread(parts.bus.live, collections.notifications, receiver.id)
  }

  function mailFacts(kind: MailFacts['kind'], receiver: Account, occasion: Occasion): MailFacts {
    return {
      kind,
      language: receiver.language,
      name: receiver.name,
      brand: config.BRAND,
      supportAddress: config.SUPPORT_ADDRESS,
      address: occasion.address ?? '',
      link: new URL(occasion.path, config.PUBLIC_URL).href,
      who: occasion.who,
      ticket: occasion.ticket,
      subject: occasion.subject,
      priority: occasion.priority ?? null,
      invoice: occasion.invoice ?? null,
      amount: occasion.amount ?? null,
      dueOn: occasion.dueOn ?? null,
      left: leftOf(occasion),
      of: occasion.minutesOf === undefined ? '' : hours(occasion.minutesOf),
      communication: occasion.communication ?? null,
      until: occasion.until ?? null,
      message: occasion.message ?? null,
      attachmentNames: occasion.messageAttachmentNames ?? [],
    }
  }

  return async (tellings, receivers, occasion) => {
    const house = await mailTextsOf(collections.mailTexts)
    for (const telling of tellings) {
      const receiver = receivers.get(telling.accountId)
      // Gone since, or switched off: nobody is there to be told.
      if (!receiver || receiver.status === 'inactive') continue
      const wanted = withoutMuted(telling, receiver.mutedMails)
      if (wanted) await tellOne(wanted, receiver, occasion, house)
    }
  }
}

function leftOf({ minutesLeft, codesLeft }: Occasion): string {
  if (codesLeft !== undefined) return String(codesLeft)
  return minutesLeft === undefined ? '' : hours(minutesLeft)
}

/** The document exists: this event was told before, and its events are on their way. */
async function once(commit: () => Promise<void>): Promise<void> {
  try {
    await commit()
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
  }
}
