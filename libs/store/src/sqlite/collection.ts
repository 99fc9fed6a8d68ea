/** Documents of one collection: a row each, index entries beside them, their events in the log. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { entriesOf, joinKey, requireIndex, type IndexEntry } from '../index-keys.ts'
import { decodeCursor, encodeCursor, limitOf } from '../page-cursor.ts'
import { parseEventId, record } from '../recorded.ts'
import {
  QueryRefused,
  StoreBusy,
  VersionConflict,
  type Change,
  type Collection,
  type CollectionDefinition,
  type RecordedEvent,
  type Stored,
} from '../store.ts'
import type { SqliteBlobs } from './blobs.ts'
import { prepareWrite } from './database.ts'
import { createSearchIndex } from './search-index.ts'
import type { Writer } from './writer.ts'

export interface CollectionParts {
  db: DatabaseSync
  writer: Writer
  blobs: SqliteBlobs
  /** Events go to another broker: they wait for the relay. */
  relay: boolean
}

interface Row {
  id: string
  version: number
  /** null: a tombstone. */
  value: string | null
}

/** Above this a commit answers busy: the broker is far behind. */
const MOST_PENDING = 200
const HISTORY_PAGE = 200
const MOST_IDS = 100

export function createCollection<T, Indexes extends string>(
  parts: CollectionParts,
  service: string,
  definition: CollectionDefinition<T, Indexes>,
): Collection<T, Indexes> {
  const { db, writer, blobs, relay } = parts
  const { name } = definition
  const table = `"${service}__${name}"`
  const entries = `"${service}__${name}__ix"`
  db.exec(`
    CREATE TABLE IF NOT EXISTS ${table} (id TEXT PRIMARY KEY, version INTEGER NOT NULL, value TEXT) STRICT;
    CREATE TABLE IF NOT EXISTS ${entries} (
      name TEXT NOT NULL, key TEXT NOT NULL, sort TEXT NOT NULL, id TEXT NOT NULL,
      PRIMARY KEY (name, key, sort, id)
    ) STRICT, WITHOUT ROWID;
  `)
  const search = definition.search && createSearchIndex(db, `${service}__${name}`)
  const select = db.prepare(`SELECT id, version, value FROM ${table} WHERE id = ?`)
  const insert = prepareWrite(db, `INSERT INTO ${table} (id, version, value) VALUES (?, ?, ?)`)
  const update = prepareWrite(db, `UPDATE ${table} SET version = ?, value = ? WHERE id = ?`)
  const addEntry = prepareWrite(
    db,
    `INSERT OR IGNORE INTO ${entries} (name, key, sort, id) VALUES (?, ?, ?, ?)`,
  )
  const dropEntry = prepareWrite(
    db,
    `DELETE FROM ${entries} WHERE name = ? AND key = ? AND sort = ? AND id = ?`,
  )
  const addEvent = prepareWrite(
    db,
    'INSERT INTO events (service, collection, doc, version, n, subject, envelope, pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const countPending = db.prepare(
    'SELECT count(*) AS n FROM events WHERE collection = ? AND doc = ? AND pending = 1',
  )
  const countEntries = db.prepare(`SELECT count(*) AS n FROM ${entries} WHERE name = ? AND key = ?`)
  const pages = { asc: pageStatement('asc'), desc: pageStatement('desc') }
  const eventsAfter = db.prepare(
    `SELECT version, n, envelope FROM events WHERE collection = ? AND doc = ? AND (version, n) > (?, ?)
     ORDER BY version, n LIMIT ${HISTORY_PAGE}`,
  )

  function pageStatement(order: 'asc' | 'desc') {
    const beyond = order === 'asc' ? '>' : '<'
    const sql = (from: string) =>
      `SELECT d.id, d.version, d.value, e.sort FROM ${entries} e JOIN ${table} d ON d.id = e.id
       WHERE e.name = ? AND e.key = ?${from} ORDER BY e.sort ${order}, e.id ${order} LIMIT ?`
    return { first: db.prepare(sql('')), further: db.prepare(sql(` AND (e.sort, e.id) ${beyond} (?, ?)`)) }
  }

  function stored(row: Row): Stored<T> {
    return { id: row.id, version: row.version, value: JSON.parse(row.value ?? 'null') as T }
  }

  function reindex(id: string, before: T | null, after: T | null): void {
    const old = before === null ? [] : entriesOf<T>(definition, id, before)
    const fresh = after === null ? [] : entriesOf<T>(definition, id, after)
    const same = (a: IndexEntry) => (b: IndexEntry) =>
      a.name === b.name && a.key === b.key && a.sort === b.sort
    for (const entry of old)
      if (!fresh.some(same(entry))) dropEntry.run(entry.name, entry.key, entry.sort, id)
    for (const entry of fresh) if (!old.some(same(entry))) addEntry.run(entry.name, entry.key, entry.sort, id)
  }

  function requireRoom(id: string, more: number): void {
    const { n } = countPending.get(name, id) as { n: number }
    if (n + more > MOST_PENDING)
      throw clean(new StoreBusy(`${MOST_PENDING} events of ${name} wait for the broker`))
  }

  /** Inside a transaction. Throws clean, before anything is written. */
  function apply(
    { id, expectedVersion, value, events = [], addToSearch }: Change<T>,
    small: Parameters<SqliteBlobs['insertSmall']>[0][],
  ) {
    const row = select.get(id) as Row | undefined
    const exists = row !== undefined && row.value !== null
    const found = exists || expectedVersion !== 0 ? (row?.version ?? 0) : 0
    if (found !== expectedVersion) throw clean(new VersionConflict(name, id, expectedVersion))
    if (relay && events.length > 0) requireRoom(id, events.length)
    const version = (row?.version ?? 0) + 1
    const recorded = cleanly(() => record(name, id, version, events))
    const json = value === null ? null : JSON.stringify(value)
    const before = exists ? (JSON.parse(row.value ?? 'null') as T) : null
    for (const blob of small) blobs.insertSmall(blob)
    if (row) update.run(version, json, id)
    else insert.run(id, version, json)
    reindex(id, before, value)
    if (search && definition.search) {
      if (value === null) search.remove(id)
      else
        search.put(
          id,
          definition.search.words(value, id),
          definition.search.tags(value, id),
          addToSearch ?? '',
        )
    }
    for (const { event, json: envelope, n } of recorded) {
      addEvent.run(service, name, id, version, n, event.subject, envelope, relay ? 1 : 0)
    }
    return { id, version, value }
  }

  async function commit(change: Change<T>): Promise<Stored<T | null>> {
    const small = change.blobs ? await blobs.storeLarge(change.blobs) : []
    return await writer.write(() => apply(change, small))
  }

  async function* history(id: string, after?: string): AsyncGenerator<RecordedEvent> {
    const start = after === undefined ? undefined : parseEventId(after)
    if (after !== undefined && (start?.collection !== name || start.doc !== id)) {
      throw new QueryRefused('that event is not of this document')
    }
    let [version, n] = [start?.version ?? 0, start?.n ?? -1]
    for (;;) {
      const rows = eventsAfter.all(name, id, version, n) as unknown as {
        version: number
        n: number
        envelope: string
      }[]
      for (const row of rows) {
        ;({ version, n } = row)
        yield JSON.parse(row.envelope) as RecordedEvent
      }
      if (rows.length < HISTORY_PAGE) return
    }
  }

  function rebuild(): void {
    db.exec(`DELETE FROM ${entries}`)
    const everyone = db.prepare(`SELECT id, version, value FROM ${table} WHERE value IS NOT NULL`)
    for (const row of everyone.iterate() as Iterable<unknown>) {
      const { id, value } = stored(row as Row)
      reindex(id, null, value)
      if (search && definition.search) {
        search.put(id, definition.search.words(value, id), definition.search.tags(value, id), '')
      }
    }
  }
  bringUpToRevision(db, `${service}__${name}`, definition.indexRevision ?? 1, rebuild)

  return {
    name,
    get: (id) => {
      const row = select.get(id) as Row | undefined
      return Promise.resolve(row && row.value !== null ? stored(row) : undefined)
    },
    getMany: (ids) => {
      if (ids.length > MOST_IDS) return Promise.reject(new QueryRefused(`at most ${MOST_IDS} ids at once`))
      const rows = ids.map((id) => select.get(id) as Row | undefined)
      return Promise.resolve(
        rows.filter((row) => row !== undefined && row.value !== null).map((row) => stored(row as Row)),
      )
    },
    find: async ({ index, key, order = 'desc', limit, cursor }) => {
      requireIndex<T>(definition, index)
      const joined = joinKey(key)
      const most = limitOf(limit)
      const query = [name, index, joined, order]
      const position = decodeCursor(query, cursor)
      const values: SQLInputValue[] = position ? [index, joined, position.sort, position.id] : [index, joined]
      const statement = position ? pages[order].further : pages[order].first
      const rows = statement.all(...values, most + 1) as unknown as (Row & { sort: string })[]
      const items = rows.slice(0, most)
      const last = items.at(-1)
      return { items: items.map(stored), next: rows.length > most && last ? encodeCursor(query, last) : null }
    },
    count: async ({ index, key }) => {
      requireIndex<T>(definition, index)
      return (countEntries.get(index, joinKey(key)) as { n: number }).n
    },
    search: async (query) => {
      if (!search) throw new QueryRefused(`${name} cannot be searched`)
      const { rows, next } = search.find(query)
      return { items: rows.map((id) => stored(select.get(id) as unknown as Row)), next }
    },
    commit,
    history,
    tombstone: (id) => {
      const row = select.get(id) as Row | undefined
      return Promise.resolve(row && row.value === null ? row.version : undefined)
    },
  }
}

function bringUpToRevision(db: DatabaseSync, name: string, revision: number, rebuild: () => void): void {
  const known = db.prepare('SELECT revision FROM revisions WHERE name = ?').get(name) as
    { revision: number } | undefined
  if (known?.revision === revision) return
  db.exec('BEGIN IMMEDIATE')
  try {
    if (known) rebuild()
    prepareWrite(
      db,
      'INSERT INTO revisions (name, revision) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET revision = excluded.revision',
    ).run(name, revision)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

function clean<E extends Error>(error: E): E & { clean: true } {
  return Object.assign(error, { clean: true as const })
}

function cleanly<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    throw error instanceof Error ? clean(error) : error
  }
}
