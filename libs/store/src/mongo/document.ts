/** What a document looks like in MongoDB: value, version, derived keys, and the events that wait for the relay. */
import type { RecordedEvent } from '../store.ts'

export interface MongoDocument {
  _id: string
  version: number
  /** JSON, so that what is read is exactly what was written; null: a tombstone. */
  value: string | null
  /** Index name → keys, for one compound index each. */
  keys: Record<string, string[]>
  sorts: Record<string, string>
  /** Folded words; only ever added to. */
  tokens?: string[]
  tags?: string[]
  /** Rises with every change: the order of search results. */
  stamp?: string
  /** Contents this document refers to; only ever added to. */
  refs?: string[]
  pending: PendingEvent[]
}

export interface PendingEvent {
  id: string
  version: number
  n: number
  at: string
  envelope: string
}

/** In the `events` collection: what was relayed, for ever. */
export interface HistoryRow {
  _id: string
  service: string
  collection: string
  doc: string
  version: number
  n: number
  envelope: string
}

/** Above this a commit answers busy: the broker is far behind. */
export const MOST_PENDING = 200

export const readEvent = (envelope: string): RecordedEvent => JSON.parse(envelope) as RecordedEvent
