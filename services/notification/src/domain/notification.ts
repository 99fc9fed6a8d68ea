import type { NotificationKind } from './telling.ts'

/** What the portal shows to one person. Its words are made when it is read, in the reader's language of then. */
export interface StoredNotification {
  accountId: string
  kind: NotificationKind
  /** ISO 8601. */
  at: string
  viewed: boolean
  ticket: number | null
  invoice: string | null
  /** Where a click leads, when neither a ticket nor an invoice says it. */
  path?: string
  /** The entry of the ticket's timeline that it is about. */
  entry?: string
  /** What the words need: subject, who. Content: may be erased, the fact remains. */
  params: Record<string, string>
}

/** Where a click leads. */
export function linkOf({
  kind,
  ticket,
  invoice,
  entry,
  path,
}: Pick<StoredNotification, 'kind' | 'ticket' | 'invoice' | 'entry' | 'path'>): string {
  if (ticket !== null) return `/tickets/${ticket}${entry === undefined ? '' : `#${entry}`}`
  if (invoice !== null) return `/invoices/${encodeURIComponent(invoice)}`
  if (path !== undefined) return path
  return kind === 'mail-quarantined' ? '/mail/quarantine' : '/'
}
