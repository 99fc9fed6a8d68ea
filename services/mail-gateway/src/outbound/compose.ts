/** What goes over the wire: headers that machines understand, an envelope that cannot be broken out of. */
import type { RenderedMail } from '@guichet/contracts/mail'
import type { SendMailOptions } from 'nodemailer'
import { ticketAddress, bounceAddress } from '../domain/mail-tokens.ts'

export interface Outgoing {
  id: string
  to: { name: string; address: string }
  content: RenderedMail
  ticket: number | null
  /** Message-IDs of the ticket's mails, oldest first. */
  references: readonly string[]
  attachments: SendMailOptions['attachments']
}

export interface House {
  brand: string
  supportAddress: string
  messageIdDomain: string
  key: Uint8Array
}

/** RFC 5321 addresses of people: nothing that could end the command it stands in (spec/security.md line 13). */
const ENVELOPE_SAFE = /^[^\s<>"\\,;:\p{Cc}]+@[^\s<>"\\,;:\p{Cc}@]+$/u

export const isSafeAddress = (address: string): boolean =>
  address.length <= 320 && ENVELOPE_SAFE.test(address)

/** The same for the same mail: clients and we ourselves know a repeat by it. */
export const messageIdOf = (id: string, { messageIdDomain }: House): string => `<${id}@${messageIdDomain}>`

/** @throws TypeError for an address that must not reach a wire */
export function compose(mail: Outgoing, house: House): SendMailOptions {
  if (!isSafeAddress(mail.to.address)) throw new TypeError('this address cannot be mailed to')
  const { brand, supportAddress, key } = house
  const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim()
  const [local = 'support', domain = 'localhost'] = supportAddress.split('@')
  const replyTo = mail.ticket === null ? supportAddress : ticketAddress(key, supportAddress, mail.ticket)
  return {
    envelope: { from: bounceAddress(key, supportAddress, mail.id), to: [mail.to.address] },
    from: { name: oneLine(brand), address: supportAddress },
    to: { name: oneLine(mail.to.name), address: mail.to.address },
    replyTo,
    subject: oneLine(mail.content.subject),
    text: mail.content.text,
    html: mail.content.html,
    messageId: messageIdOf(mail.id, house),
    inReplyTo: mail.references.at(-1),
    references: [...mail.references],
    attachments: mail.attachments,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Loop': supportAddress,
      'List-Id': `${oneLine(brand)} <${local}.${domain}>`,
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
