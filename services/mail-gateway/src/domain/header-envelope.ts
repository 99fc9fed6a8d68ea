/** Over IMAP there is no envelope: what the delivering server wrote into the headers stands in for it. */
import type { Headers } from './header-facts.ts'

export interface Envelope {
  /** '' is the null return path; null: nobody said. */
  mailFrom: string | null
  rcptTo: string[]
}

/** Written by the server that put the mail into the mailbox (Postfix, Exim, Dovecot, Gmail). */
const DELIVERED = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to']

export function envelopeOf(headers: Headers, to: readonly string[], cc: readonly string[]): Envelope {
  const returnPath = headers.get('return-path')?.[0]
  const delivered = DELIVERED.flatMap((name) => headers.get(name) ?? []).map(bare)
  return {
    mailFrom: returnPath === undefined ? null : bare(returnPath),
    rcptTo: [...new Set([...delivered, ...to, ...cc])].filter((address) => address !== ''),
  }
}

/**
 * Whether a mail in our mailbox is for us. `isOurs` knows our addresses; the mailbox's own name is one too. Without a
 * word of the delivering server (a blind copy) it is: it lies in our mailbox.
 */
export function isForUs(
  headers: Headers,
  { rcptTo }: Envelope,
  isOurs: (address: string) => boolean,
  mailboxUser: string,
): boolean {
  if (!DELIVERED.some((name) => headers.has(name))) return true
  return rcptTo.some((address) => isOurs(address) || address.toLowerCase() === mailboxUser.toLowerCase())
}

/** Row "over 50 Received headers, or our own Delivered-To" of 2a; the mailbox's server wrote one of the latter itself. */
export function loops(headers: Headers, isOurs: (address: string) => boolean): boolean {
  const own = (headers.get('delivered-to') ?? []).filter((address) => isOurs(bare(address)))
  return (headers.get('received')?.length ?? 0) > MOST_HOPS || own.length > 1
}

const MOST_HOPS = 50

const bare = (value: string) => value.trim().replace(/^<|>$/g, '')
