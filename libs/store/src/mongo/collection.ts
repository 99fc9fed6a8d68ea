/** Documents in MongoDB: one atomic write of value, version, derived keys and pending events; never two documents. */
import type { Collection as MongoCollection, Db, Filter, UpdateFilter } from 'mongodb'
import { entriesOf, joinKey, requireIndex } from '../index-keys.ts'
import { decodeCursor, encodeCursor, findingOf, limitOf } from '../page-cursor.ts'
import { parseEventId, record } from '../recorded.ts'
import { parseQuery, wordsOf } from '../search.ts'
import {
  QueryRefused,
  StoreBusy,
  VersionConflict,
  type Change,
  type Collection,
  type CollectionDefinition,
  type RecordedEvent,
  type SortRange,
  type Stored,
} from '../store.ts'
import type { MongoBlobs } from './blobs.ts'
import { MOST_PENDING, readEvent, type HistoryRow, type MongoDocument } from './document.ts'
import { nextStamp } from './stamp.ts'

export interface MongoParts {
  db: Db
  blobs: MongoBlobs
  service: string
  onCommitted: () => void
}

const MOST_IDS = 100
const DUPLICATE_KEY = 11_000
const SHOWN = { version: 1, value: 1, sorts: 1, stamp: 1 } as const

export const collectionName = (service: string, name: string) => `${service}.${name}`
/** Of documents; GridFS has its own with a dot. */
export const isCollectionName = (name: string) => name.includes('.') && !name.startsWith('blobFiles.')

export function createMongoCollection<T, Indexes extends string>(
  { db, blobs, service, onCommitted }: MongoParts,
  definition: CollectionDefinition<T, Indexes>,
): Collection<T, Indexes> {
  const { name } = definition
  const documents = db.collection<MongoDocument>(collectionName(service, name))
  const histories = db.collection<HistoryRow>('events')
  const prepared = prepare()
  // Whoever uses the collection first learns of a failure here.
  prepared.catch(() => undefined)

  async function prepare(): Promise<void> {
    for (const index of Object.keys(definition.indexes ?? {})) {
      await documents.createIndex(
        { [`keys.${index}`]: 1, [`sorts.${index}`]: -1, _id: -1 },
        { name: `by ${index}` },
      )
    }
    if (definition.search) await documents.createIndex({ tokens: 1, stamp: -1 }, { name: 'search' })
    await documents.createIndex({ refs: 1 }, { name: 'refs', sparse: true })
    await documents.createIndex({ 'pending.at': 1 }, { name: 'pending', sparse: true })
    await bringUpToRevision(db, documents, definition, collectionName(service, name))
  }

  const stored = ({ _id, version, value }: Pick<MongoDocument, '_id' | 'version' | 'value'>): Stored<T> => ({
    id: _id,
    version,
    value: JSON.parse(value ?? 'null') as T,
  })

  async function commit(change: Change<T>): Promise<Stored<T | null>> {
    await prepared
    for (const blob of change.blobs ?? []) await blobs.put(blob.id, blob.bytes)
    const refs = [...(change.blobs ?? []).map((blob) => blob.id), ...(change.keeps ?? [])]
    const { id, expectedVersion, value } = change
    const found = expectedVersion === 0 ? await tombstoneVersion(id) : expectedVersion
    const version = found + 1
    const recorded = record(name, id, version, change.events ?? [])
    const pending = recorded.map(({ event, json, n }) => ({
      id: event.id,
      version,
      n,
      at: event.occurredAt,
      envelope: json,
    }))
    const derived = derive(definition, id, value)
    const tokens =
      value === null || !definition.search ? [] : tokensOf(definition, id, value, change.addToSearch ?? '')
    if (found === 0)
      await insert(
        id,
        { version, value: value === null ? null : JSON.stringify(value), ...derived, tokens, refs, pending },
        expectedVersion,
      )
    else await update(id, found, value, derived, { tokens, refs }, pending, expectedVersion)
    if (pending.length > 0) onCommitted()
    // Nobody waits for it: the sweep asks the document before it believes the mark.
    blobs.keep(refs).catch(() => undefined)
    return { id, version, value }
  }

  /** 0: never was, or is there; a document that was deleted goes on from its tombstone. */
  async function tombstoneVersion(id: string): Promise<number> {
    const row = await documents.findOne({ _id: id, value: null }, { projection: { version: 1 } })
    return row?.version ?? 0
  }

  async function insert(id: string, row: Omit<MongoDocument, '_id'>, expectedVersion: number): Promise<void> {
    try {
      await documents.insertOne({ _id: id, ...row })
    } catch (error) {
      if ((error as { code?: number }).code === DUPLICATE_KEY)
        throw new VersionConflict(name, id, expectedVersion)
      throw error
    }
  }

  async function update(
    id: string,
    version: number,
    value: T | null,
    derived: Derived,
    added: { tokens: string[]; refs: string[] },
    pending: MongoDocument['pending'],
    expectedVersion: number,
  ): Promise<void> {
    const filter: Filter<MongoDocument> = { _id: id, version }
    if (expectedVersion === 0) filter.value = null
    if (pending.length > 0) filter[`pending.${MOST_PENDING - pending.length}`] = { $exists: false }
    const set = {
      value: value === null ? null : JSON.stringify(value),
      ...derived,
      ...(value === null ? { tokens: [], refs: [] } : {}),
    }
    const change: UpdateFilter<MongoDocument> = { $set: set, $inc: { version: 1 } }
    if (pending.length > 0) change.$push = { pending: { $each: pending } }
    const sets = Object.entries(value === null ? {} : added).filter(([, each]) => each.length > 0)
    if (sets.length > 0)
      change.$addToSet = Object.fromEntries(sets.map(([field, $each]) => [field, { $each }]))
    const { matchedCount } = await documents.updateOne(filter, change)
    if (matchedCount === 1) return
    const there = await documents.findOne({ _id: id, version }, { projection: { version: 1, value: 1 } })
    const conflict = !there || (expectedVersion === 0 && there.value !== null)
    throw conflict
      ? new VersionConflict(name, id, expectedVersion)
      : new StoreBusy(`${MOST_PENDING} events of ${name} wait for the broker`)
  }

  async function* history(id: string, after?: string): AsyncGenerator<RecordedEvent> {
    await prepared
    const start = after === undefined ? undefined : parseEventId(after)
    if (after !== undefined && (start?.collection !== name || start.doc !== id))
      throw new QueryRefused('that event is not of this document')
    const isAfter = (version: number, n: number) =>
      !start || version > start.version || (version === start.version && n > start.n)
    // The document first: what the relay moves meanwhile is then in both, and told once.
    const row = await documents.findOne({ _id: id }, { projection: { pending: 1 } })
    const told = new Set<string>()
    const from = start ? { version: { $gte: start.version } } : {}
    for await (const past of histories
      .find({ collection: name, doc: id, ...from })
      .sort({ version: 1, n: 1 })) {
      told.add(past._id)
      if (isAfter(past.version, past.n)) yield readEvent(past.envelope)
    }
    for (const event of row?.pending ?? [])
      if (!told.has(event.id) && isAfter(event.version, event.n)) yield readEvent(event.envelope)
  }

  return {
    name,
    get: async (id) => {
      await prepared
      const row = await documents.findOne({ _id: id }, { projection: SHOWN })
      return row && row.value !== null ? stored(row) : undefined
    },
    getMany: async (ids) => {
      await prepared
      if (ids.length > MOST_IDS) throw new QueryRefused(`at most ${MOST_IDS} ids at once`)
      const rows = await documents.find({ _id: { $in: [...ids] } }, { projection: SHOWN }).toArray()
      const byId = new Map(rows.filter(({ value }) => value !== null).map((row) => [row._id, stored(row)]))
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
    find: async ({ index, key, within = {}, order = 'desc', limit, cursor }) => {
      await prepared
      requireIndex<T>(definition, index)
      const joined = joinKey(key)
      const most = limitOf(limit)
      const query = findingOf(name, index, joined, order, within)
      const position = decodeCursor(query, cursor)
      const sort = `sorts.${index}`
      const beyond = order === 'asc' ? '$gt' : '$lt'
      const filter = underKey(index, joined, within)
      if (position) {
        filter.$or = [
          { [sort]: { [beyond]: position.sort } },
          { [sort]: position.sort, _id: { [beyond]: position.id } },
        ]
      }
      const direction = order === 'asc' ? 1 : -1
      const rows = await documents
        .find(filter, { projection: SHOWN })
        .sort({ [sort]: direction, _id: direction })
        .limit(most + 1)
        .toArray()
      const page = rows.slice(0, most)
      const last = page.at(-1)
      const next =
        rows.length > most && last
          ? encodeCursor(query, { sort: last.sorts[index] ?? '', id: last._id })
          : null
      return { items: page.map(stored), next }
    },
    count: async ({ index, key, within, atMost }) => {
      await prepared
      requireIndex<T>(definition, index)
      return await documents.countDocuments(
        underKey(index, joinKey(key), within),
        atMost === undefined ? {} : { limit: atMost },
      )
    },
    search: async ({ text, tags, limit, cursor }) => {
      await prepared
      if (!definition.search) throw new QueryRefused(`${name} cannot be searched`)
      if (tags.length === 0) throw new QueryRefused('a search is narrowed by what its asker may see')
      const query = [name, text, tags]
      const position = decodeCursor(query, cursor)
      const most = limitOf(limit)
      const conditions: Filter<MongoDocument>[] = [
        { tags: { $all: [...tags] } },
        ...parseQuery(text).map(({ word, prefix }) => ({
          tokens: prefix ? new RegExp(`^${escaped(word)}`) : word,
        })),
        ...(position
          ? [
              {
                $or: [{ stamp: { $lt: position.sort } }, { stamp: position.sort, _id: { $lt: position.id } }],
              },
            ]
          : []),
      ]
      const rows = await documents
        .find({ $and: conditions, value: { $ne: null } }, { projection: SHOWN })
        .sort({ stamp: -1, _id: -1 })
        .limit(most + 1)
        .toArray()
      const page = rows.slice(0, most)
      const last = page.at(-1)
      return {
        items: page.map(stored),
        next:
          rows.length > most && last ? encodeCursor(query, { sort: last.stamp ?? '', id: last._id }) : null,
      }
    },
    commit,
    history,
    tombstone: async (id) => {
      await prepared
      return (await tombstoneVersion(id)) || undefined
    },
  }
}

function underKey(index: string, key: string, { from, before }: SortRange = {}): Filter<MongoDocument> {
  const range = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(before === undefined ? {} : { $lt: before }),
  }
  return { [`keys.${index}`]: key, ...(Object.keys(range).length === 0 ? {} : { [`sorts.${index}`]: range }) }
}

type Derived = Pick<MongoDocument, 'keys' | 'sorts' | 'tags' | 'stamp'>

function derive<T>(definition: CollectionDefinition<T>, id: string, value: T | null): Derived {
  const keys: Record<string, string[]> = {}
  const sorts: Record<string, string> = {}
  for (const { name, key, sort } of value === null ? [] : entriesOf<T>(definition, id, value)) {
    ;(keys[name] ??= []).push(key)
    sorts[name] = sort
  }
  if (!definition.search) return { keys, sorts }
  // Time-ordered: the later commit sorts after, on whichever copy it happened.
  return {
    keys,
    sorts,
    tags: value === null ? [] : [...definition.search.tags(value, id)],
    stamp: nextStamp(),
  }
}

function tokensOf<T>(definition: CollectionDefinition<T>, id: string, value: T, added: string): string[] {
  return wordsOf(`${definition.search?.words(value, id) ?? ''}\n${added}`)
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\#]/g, String.raw`\$&`)
}

/** A definition whose keys changed meaning: every document derives them anew, one compare-and-set each. */
async function bringUpToRevision<T>(
  db: Db,
  documents: MongoCollection<MongoDocument>,
  definition: CollectionDefinition<T>,
  name: string,
): Promise<void> {
  const revisions = db.collection<{ _id: string; revision: number }>('revisions')
  const revision = definition.indexRevision ?? 1
  const known = await revisions.findOne({ _id: name })
  if (known?.revision === revision) return
  if (known) {
    for await (const row of documents.find({ value: { $ne: null } }, { projection: SHOWN })) {
      const value = JSON.parse(row.value ?? 'null') as T
      const tokens = definition.search ? tokensOf(definition, row._id, value, '') : []
      await documents.updateOne(
        { _id: row._id, version: row.version },
        {
          $set: derive(definition, row._id, value),
          ...(tokens.length > 0 ? { $addToSet: { tokens: { $each: tokens } } } : {}),
        },
      )
    }
  }
  await revisions.updateOne({ _id: name }, { $set: { revision } }, { upsert: true })
}
