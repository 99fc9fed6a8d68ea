/** What is kept of a ticket, and how we know that it is still what we kept. Pure. */
import { createHash } from 'node:crypto'
import type { TicketFacts, TimelineEntry } from '@guichet/contracts/ticket'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'

export interface Archive {
  facts: TicketFacts
  openedAt: string
  closedAt: string | null
  timeline: TimelineEntry[]
  attachments: StoredAttachment[]
}

export function encodeArchive(archive: Archive): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(archive))
}

export function decodeArchive(bytes: Uint8Array): Archive {
  return JSON.parse(new TextDecoder().decode(bytes)) as Archive
}

/** SHA-256 in hex, over the bytes as stored. */
export function checksumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
