/**
 * Somebody who wrote and is not known here is told so: once a day and address at most (spec/mail.md 2b, row 9), because
 * two machines that answer one another would never end. The day and address make the document's id.
 */
import type { Envelope } from '@guichet/contracts/envelope'
import { mailRequested } from '@guichet/contracts/notification'
import type { Actor } from '@guichet/contracts/values/actor'
import { dayIn } from '@guichet/contracts/values/day'
import { idFromKey } from '@guichet/contracts/values/id'
import { newEvent, NO_ONE, type ServiceParts } from '@guichet/service'
import { newBlobId, VersionConflict } from '@guichet/store'
import type { MailTextsSetting, RequestedMails } from './collections.ts'
import type { NotificationConfig } from './config.ts'
import { renderMail } from './mails/render-mail.ts'
import { mailTextsOf } from './requests/mail-texts.ts'

const SELF: Actor = { kind: 'service', service: 'notification' }
/** The house's own; the mail says it in the other two as well. */
const LANGUAGE = 'fr'

export type TellStranger = (address: string, event: Envelope) => Promise<void>

export function createTellStranger(
  { config, clock }: ServiceParts<NotificationConfig>,
  collections: { requestedMails: RequestedMails; mailTexts: MailTextsSetting },
): TellStranger {
  return async (address, { occurredAt }) => {
    const day = dayIn(Temporal.Instant.from(occurredAt), config.TZ)
    const mailId = idFromKey('mail-not-accepted', `${address.toLowerCase()} ${day}`)
    const { signature } = await mailTextsOf(collections.mailTexts)
    const content = renderMail(
      {
        kind: 'mail-not-accepted',
        language: LANGUAGE,
        name: '',
        brand: config.BRAND,
        supportAddress: config.SUPPORT_ADDRESS,
        address,
        link: new URL('/', config.PUBLIC_URL).href,
        who: '',
        ticket: null,
        subject: '',
        priority: null,
        invoice: null,
        amount: null,
        dueOn: null,
        left: '',
        of: '',
        communication: null,
        until: null,
        message: null,
        attachmentNames: [],
      },
      { signature: signature[LANGUAGE], receipt: '' },
    )
    const blob = { id: newBlobId(), bytes: new TextEncoder().encode(JSON.stringify(content)) }
    const data = {
      mailId,
      kind: 'mail-not-accepted',
      accountId: null,
      address,
      contentBlobId: blob.id,
      attachments: [],
      ticket: null,
      inReplyToMailId: null,
      secret: false,
    }
    const events = [newEvent(mailRequested, data, { actor: SELF, at: clock.now(), audience: NO_ONE })]
    const value = { accountId: null, kind: data.kind, at: occurredAt }
    try {
      await collections.requestedMails.commit({
        id: mailId,
        expectedVersion: 0,
        value,
        events,
        blobs: [blob],
      })
    } catch (error) {
      // Told today already.
      if (!(error instanceof VersionConflict)) throw error
    }
  }
}
