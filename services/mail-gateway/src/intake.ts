/**
 * Every door hands its mails here. When this resolves, raw bytes and ledger row are on disk: only then may a door say
 * 250. Nothing has been parsed.
 */
import { mailReceived } from '@guichet/contracts/mail'
import { newEvent, STAFF_ONLY } from '@guichet/service'
import { newBlobId } from '@guichet/store'
import { nowOf, SELF, type Context } from './context.ts'

/** Bytes. Up to here a door keeps a mail in memory until it is whole; beyond, it is streamed to a blob. */
export const SMALL_BYTES = 48 * 1024

/** Small mails go into the very commit that says they came; larger ones were streamed before. */
export interface Delivery {
  door: 'smtp' | 'imap'
  clientAddress: string | null
  helo: string | null
  mailFrom: string
  rcptTo: string[]
  raw: { bytes: Uint8Array } | { blobId: string; size: number }
}

/**
 * The id of the ledger row: a new one, or that which the door derives from where the mail lies, so that one taken
 * twice is one. @throws StoreBusy when the mail is not on disk: the sender keeps it.
 */
export async function takeIn(
  context: Context,
  delivery: Delivery,
  id: string = newBlobId(),
): Promise<string> {
  const { raw, door, clientAddress, helo, mailFrom, rcptTo } = delivery
  const small = 'bytes' in raw ? { id: newBlobId(), bytes: raw.bytes } : undefined
  const size = 'bytes' in raw ? raw.bytes.length : raw.size
  const value = {
    receivedAt: nowOf(context),
    door,
    clientAddress,
    helo,
    mailFrom,
    rcptTo,
    size,
    rawBlobId: 'bytes' in raw ? (small?.id ?? '') : raw.blobId,
    messageId: null,
    from: null,
    subject: null,
    outcome: 'pending' as const,
    reason: null,
    accepted: false,
    ticket: null,
    bounce: null,
  }
  const facts = { actor: SELF, audience: STAFF_ONLY, at: context.parts.clock.now() }
  const events = [newEvent(mailReceived, { mailId: id, size }, facts)]
  await context.collections.received.commit({
    id,
    expectedVersion: 0,
    value,
    events,
    blobs: small ? [small] : [],
    keeps: [value.rawBlobId],
  })
  return id
}
