/** `imaps://user:password@host:993/INBOX`: which mailbox is read, and how to get there. */
export interface MailboxUrl {
  host: string
  port: number
  /** TLS from the first byte; `imap://` uses STARTTLS where the server offers it. */
  secure: boolean
  user: string
  /** null: an access token is used instead (XOAUTH2). */
  password: string | null
  /** Default INBOX. */
  mailbox: string
}

/** @throws TypeError for what is no such URL; the message says what is missing, never the password. */
export function parseMailboxUrl(text: string): MailboxUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'imap:' && url.protocol !== 'imaps:'))
    throw new TypeError('it begins with imap:// or imaps://')
  if (url.hostname === '' || url.username === '') throw new TypeError('it names a user and a host')
  const secure = url.protocol === 'imaps:'
  return {
    host: url.hostname,
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    user: decodeURIComponent(url.username),
    password: url.password === '' ? null : decodeURIComponent(url.password),
    mailbox: decodeURIComponent(url.pathname.slice(1)) || 'INBOX',
  }
}
