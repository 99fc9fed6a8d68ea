/** What the mail gateway owns. */
import type { TraceContext } from '@guichet/contracts/envelope'
import type { MailOutcome, MailReason, OutgoingMail } from '@guichet/contracts/mail'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import type { Collection, Store } from '@guichet/store'
import { senderKeys } from './domain/ledger-keys.ts'

/** One row per received mail: the ledger. */
export interface ReceivedMail {
  receivedAt: string
  /** Over IMAP there is no envelope: it is read off the headers when the mail is decided on. */
  door: 'smtp' | 'imap'
  clientAddress: string | null
  helo: string | null
  /** The envelope's sender; '' is the null return path. */
  mailFrom: string
  rcptTo: string[]
  size: number
  rawBlobId: string
  messageId: string | null
  from: string | null
  subject: string | null
  outcome: MailOutcome
  reason: MailReason | null
  /** `mail.accepted` was said: pending until its ticket is known. */
  accepted: boolean
  ticket: number | null
  bounce: { recipient: string | null; code: string | null } | null
}

/** How far a mailbox has been read. */
export interface MailboxPosition {
  /** UIDVALIDITY: the UIDs below mean nothing under another (RFC 9051 §2.3.1.1). */
  validity: string
  lastUid: number
  /** False: of what lies up to `lastUid`, what was unread at the first start is still being taken. */
  hasBegun: boolean
}

/** Which mail bore a Message-ID first, and what it said. */
export interface SeenMessageId {
  mailId: string
  contentHash: string
  /** Taken in from the quarantine, before its row says so: no other replay may be it too. */
  taken?: true
}

/** What took the place of a refresh token of the settings. */
export interface KeptRefreshToken {
  /** null: nothing has yet. */
  sealed: string | null
  /** A copy asks the provider with it, and may come back with the next. */
  askedBy: string | null
}

/** A mail to be sent, until it is. */
export interface StoredOutgoing {
  kind: string
  accountId: string | null
  /** Looked up when it leaves, for those with an account. */
  address: string | null
  subject: string
  contentBlobId: string | null
  attachments: StoredAttachment[]
  ticket: number | null
  inReplyToMailId: string | null
  secret: boolean
  status: OutgoingMail['status']
  answer: string | null
  /** What it waits for is our sign-in at the relay. */
  loginRefused?: boolean
  attempts: number
  requestedAt: string
  nextAttemptAt: string
  sentAt: string | null
  /** Of the work that asked for it: the sending goes on in that trace. Absent in what was queued untraced. */
  trace?: TraceContext
}

export type LedgerIndex = 'all' | 'byOutcome' | 'byReason' | 'bySender'

export interface Collections {
  received: Collection<ReceivedMail, LedgerIndex>
  mailboxes: Collection<MailboxPosition, never>
  messageIds: Collection<SeenMessageId, never>
  /** SHA-256 of a Message-ID → the ticket it belongs to. */
  threads: Collection<{ ticket: number }, never>
  outgoing: Collection<StoredOutgoing, 'all' | 'due' | 'ofTicket'>
  refreshTokens: Collection<KeptRefreshToken, never>
}

export function openCollections(store: Store): Collections {
  return {
    received: store.collection<ReceivedMail, LedgerIndex>({
      name: 'received-mails',
      indexRevision: 2,
      indexes: {
        all: { keys: () => [['all']], sort: ({ receivedAt }) => receivedAt },
        byOutcome: { keys: ({ outcome }) => [[outcome]], sort: ({ receivedAt }) => receivedAt },
        byReason: {
          keys: ({ reason }) => (reason === null ? [] : [[reason]]),
          sort: ({ receivedAt }) => receivedAt,
        },
        bySender: { keys: senderKeys, sort: ({ receivedAt }) => receivedAt },
      },
    }),
    mailboxes: store.collection<MailboxPosition, never>({ name: 'mailboxes' }),
    messageIds: store.collection<SeenMessageId, never>({ name: 'mail-message-ids' }),
    threads: store.collection<{ ticket: number }, never>({ name: 'mail-threads' }),
    refreshTokens: store.collection<KeptRefreshToken, never>({ name: 'mail-refresh-tokens' }),
    outgoing: store.collection<StoredOutgoing, 'all' | 'due' | 'ofTicket'>({
      name: 'outgoing-mails',
      indexes: {
        all: { keys: () => [['all']], sort: ({ requestedAt }) => requestedAt },
        due: {
          keys: ({ status }) => (status === 'queued' ? [['queued']] : []),
          sort: ({ nextAttemptAt }) => nextAttemptAt,
        },
        ofTicket: {
          keys: ({ ticket }) => (ticket === null ? [] : [[ticket]]),
          sort: ({ requestedAt }) => requestedAt,
        },
      },
    }),
  }
}
