/**
 * The store port: versioned documents that change together with their events, or not at all.
 *
 * Guarantees, the same on every adapter and proved by `suite.ts`:
 * - `commit` is one atomic write, durable (fsynced; `w: majority, j: true`) when it resolves.
 * - A document's version rises by one per commit and never restarts, not even after a deletion.
 * - A document's events are recorded in order and for ever; event ids never repeat.
 * - `find` and `count` work on declared indexes only; anything else is refused.
 * - Contents (blobs) named by a commit are durable before the commit that refers to them.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { Envelope } from '@guichet/contracts/envelope'

/** The document changed since it was read: read again, decide again. */
export class VersionConflict extends Error {
  readonly collection: string
  readonly id: string
  readonly expectedVersion: number
  constructor(collection: string, id: string, expectedVersion: number) {
    super(`${collection}/${id} is not at version ${expectedVersion}`)
    this.name = 'VersionConflict'
    this.collection = collection
    this.id = id
    this.expectedVersion = expectedVersion
  }
}

/**
 * Too many events of one document wait for the broker (200), the disk refuses, the database does not answer: try
 * later. Nothing was written, save where the connection broke so that no one can tell: trying again with the same
 * version is right in either case, because then it conflicts.
 */
export class StoreBusy extends Error {
  override name = 'StoreBusy'
}

/** The engine cannot be opened as configured; the message is one plain sentence with its mend. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

/** An event above 64 KB, or over 200 of them: facts and references, never bodies. A defect of the caller; nothing was written. */
export class EventTooLarge extends Error {
  override name = 'EventTooLarge'
}

/** A query that no declared index answers, an unknown index, a cursor of another query. A defect of the caller. */
export class QueryRefused extends Error {
  override name = 'QueryRefused'
}

/** No cursor, or one of another query: it came from outside, so this one is the asker's fault. */
export class CursorRefused extends QueryRefused {
  override name = 'CursorRefused'
}

export interface Stored<T> {
  id: string
  /** 1 after the first commit. */
  version: number
  value: T
}

/** What `commit` is given of an event; the store adds `id` and `key`. */
export type NewEvent = Omit<Envelope, 'id' | 'key'>
/** An event as recorded. */
export type RecordedEvent = Envelope

export interface NewBlob {
  /** From `newBlobId()`: random, never a hash. */
  id: string
  bytes: Uint8Array
}

export interface Change<T> {
  id: string
  /** 0: the document must not exist; it may have existed: its versions then go on from the tombstone's. */
  expectedVersion: number
  /** null deletes: a tombstone keeps the version. */
  value: T | null
  /** In the order they happened; each at most 64 KB as JSON, at most 200. */
  events?: NewEvent[]
  /** Small contents (message bodies, raw mails) written before, on SQLite in the same fsync. */
  blobs?: NewBlob[]
  /** Contents put before, which this change refers to: from now on no sweep takes them. */
  keeps?: readonly string[]
  /** Text whose words find this document from now on, beside those derived from its value. Words are only ever added. */
  addToSearch?: string
}

/** A derived key: equality on every part. Parts are joined by the adapter; no part may be empty. */
export type IndexKey = readonly (string | number)[]

export interface IndexDefinition<T> {
  /** Zero, one or several keys of the document: several for lists (each participant). Pure. */
  keys: (value: T, id: string) => readonly IndexKey[]
  /** Orders the documents under one key; ties by id. ISO times or zero-padded numbers. Pure. */
  sort?: (value: T, id: string) => string
}

export interface CollectionDefinition<T, Indexes extends string = string> {
  /** Unique in the whole product (event ids begin with it): `tickets`, `invoices`. */
  name: string
  indexes?: Readonly<Record<Indexes, IndexDefinition<T>>>
  /** Raise it when `indexes` or `search` change meaning: the adapter rebuilds them at start. */
  indexRevision?: number
  search?: {
    /** Text whose folded words find the document. */
    words: (value: T, id: string) => string
    /** Exact labels a search can be narrowed to (`requester:<id>`, `open`). Replaced at each commit. */
    tags: (value: T, id: string) => readonly string[]
  }
}

/** A part of what lies under a key, by the index's sort: ISO times give a period. Without bounds: all of it. */
export interface SortRange {
  /** Inclusive. */
  from?: string | undefined
  /** Exclusive. */
  before?: string | undefined
}

export interface FindQuery<Indexes extends string = string> {
  index: Indexes
  key: IndexKey
  within?: SortRange
  /** By the index's sort. Default `desc`: newest first. */
  order?: 'asc' | 'desc'
  /** 1 to 100, default 50. */
  limit?: number
  /** `next` of the page before, of the same query. */
  cursor?: string
}

export interface SearchQuery {
  /** What the person typed: words (all must occur), `"a phrase"` as its words, `impri*` as a prefix. */
  text: string
  /** All of these tags. At least one: a search is always narrowed by what its asker may see. */
  tags: readonly string[]
  limit?: number
  cursor?: string
}

export interface Page<T> {
  items: Stored<T>[]
  /** null at the end. */
  next: string | null
}

export interface Collection<T, Indexes extends string = string> {
  readonly name: string
  get(id: string): Promise<Stored<T> | undefined>
  /** Those that exist, in the order asked. At most 100 ids. */
  getMany(ids: readonly string[]): Promise<Stored<T>[]>
  find(query: FindQuery<Indexes>): Promise<Page<T>>
  /** With `atMost`: counts no further than that, so that a count costs the same however many there are. */
  count(query: { index: Indexes; key: IndexKey; within?: SortRange; atMost?: number }): Promise<number>
  /** Most recently changed first. */
  search(query: SearchQuery): Promise<Page<T>>
  /** @throws VersionConflict, StoreBusy */
  commit(change: Change<T>): Promise<Stored<T | null>>
  /** The document's events, oldest first, `after` an event id. Deleted documents keep theirs. */
  history(id: string, after?: string): AsyncIterable<RecordedEvent>
  /** The version at which the document was deleted, else undefined. */
  tombstone(id: string): Promise<number | undefined>
}

/**
 * Contents beside the documents: message bodies, raw mails, files, PDFs. Written once, never changed. What was put and
 * no commit has named (`blobs`, `keeps`) is loose: a crash or a refusal came between, and a sweep takes it.
 */
export interface Blobs {
  /** Durable when it resolves. Streams of any size: memory stays flat. `sha256` in hex. */
  put(id: string, content: Uint8Array | AsyncIterable<Uint8Array>, options?: PutOptions): Promise<BlobInfo>
  /** @throws BlobMissing */
  read(id: string): Promise<Uint8Array>
  /** @throws BlobMissing */
  open(id: string): Promise<BlobInfo & { stream: AsyncIterable<Uint8Array> }>
  info(id: string): Promise<BlobInfo | undefined>
  remove(id: string): Promise<void>
  /** Removes what was put before that time (ms since 1970) and is loose still; how many. */
  sweepLoose(before: number): Promise<number>
}

export interface PutOptions {
  /** @throws BlobTooLarge beyond */
  maxBytes?: number
  /** A commit that `keeps` it follows at once: until then it need not be found by its id, which saves a commit. */
  keptNext?: boolean
}

export interface BlobInfo {
  id: string
  size: number
  sha256: string
}

export class BlobMissing extends Error {
  override name = 'BlobMissing'
}

/** `put` with `maxBytes` was given more; nothing was kept. */
export class BlobTooLarge extends Error {
  override name = 'BlobTooLarge'
}

/** Events that the engine has not handed to the bus yet. Nothing to do where store and bus are one log. */
export interface Outbox {
  /** Calls back soon after a commit with events in this process; adapters also find what other copies left. */
  onPending(wake: () => void): () => void
  /** Pending events of up to `limit` documents, each document's in order. */
  pending(limit: number): Promise<PendingEvents[]>
  /** Recorded in the history and handed to the bus: no longer pending. Idempotent. */
  acknowledge(pending: PendingEvents, eventIds: readonly string[]): Promise<void>
  /** Age in ms of the oldest pending event, 0 when none: the metric operators watch. */
  oldestAge(): Promise<number>
}

export interface PendingEvents {
  collection: string
  documentId: string
  events: RecordedEvent[]
}

/** One service's part of the store. Nobody reads another's. */
export interface Store {
  readonly service: string
  collection<T, Indexes extends string>(definition: CollectionDefinition<T, Indexes>): Collection<T, Indexes>
  readonly blobs: Blobs
  readonly outbox: Outbox
  /** Every event of this service since the beginning, each document's in order: how an owner replays history. */
  recorded(after?: string): AsyncIterable<{ position: string; event: RecordedEvent }>
}

/** An engine: a SQLite file or a MongoDB, shared by the services of one process. */
export interface StoreEngine {
  readonly kind: 'sqlite' | 'mongo'
  service(name: string): Store
  /** Resolves when the engine answers a trivial write; rejects with the reason. For `/readyz`. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Time-ordered and random: sorts by age, tells nothing of the content. */
export function newBlobId(): string {
  return randomUUIDv7()
}
