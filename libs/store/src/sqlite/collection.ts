/** Documents of one collection: a row each, index entries beside them, their events in the log. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { joinKey, movesOf, requireIndex } from '../index-keys.ts'
import { decodeCursor, encodeCursor, findingOf, limitOf } from '../page-cursor.ts'
import { record } from '../recorded.ts'
import {
  QueryRefused,
  VersionConflict,
  type Change,
  type Collection,
  type CollectionDefinition,
  type NewBlob,
  type Stored,
} from '../store.ts'
import type { SqliteBlobs } from './blobs.ts'
import { prepareWrite } from './database.ts'
import type { EventLog } from './events.ts'
import { atomically } from './schema.ts'
import { createSearchIndex } from './search-index.ts'
import { cleanly, type Writer } from './writer.ts'

/** SQLite's LIMIT for none. */
const ALL = -1
/** Above every text, byte by byte: where a range has no end. */
const HIGHEST = '\u{10FFFF}'

export interface CollectionParts {
  db: DatabaseSync
  writer: Writer
  blobs: SqliteBlobs
  events: EventLog
}

interface Row {
  id: string
  version: number
  /** null: a tombstone. */
  value: string | null
}

const MOST_IDS = 100

export function createCollection<T, Indexes extends string>(
  { db, writer, blobs, events: log }: CollectionParts,
  service: string,
  definition: CollectionDefinition<T, Indexes>,
): Collection<T, Indexes> {
  const { name } = definition
  const prefix = `${service}__${name}`
  const documents = `"${prefix}"`
  const entries = `"${prefix}__ix"`
  // `change` numbers what is searched, see search-index.ts; a tombstone keeps the last, so that none is used twice.
  const search = openTables()
  const select = db.prepare(`SELECT id, version, value FROM ${documents} WHERE id = ?`)
  const nextChange = search ? `(SELECT coalesce(max(change), 0) + 1 FROM ${documents})` : 'NULL'
  const insert = prepareWrite(
    db,
    `INSERT INTO ${documents} (id, version, value, change) VALUES (?, ?, ?, ${nextChange})`,
  )
  const update = prepareWrite(
    db,
    `UPDATE ${documents} SET version = ?, value = ?, change = ${nextChange} WHERE id = ?`,
  )
  const addEntry = prepareWrite(
    db,
    `INSERT OR IGNORE INTO ${entries} (name, key, sort, id) VALUES (?, ?, ?, ?)`,
  )
  const dropEntry = prepareWrite(
    db,
    `DELETE FROM ${entries} WHERE name = ? AND key = ? AND sort = ? AND id = ?`,
  )
  const countEntries = db.prepare(
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${entries} WHERE name = ? AND key = ? AND sort >= ? AND sort < ? LIMIT ?)`,
  )
  const pages = { asc: pageStatement('asc'), desc: pageStatement('desc') }
  bringUpToRevision(db, prefix, definition.indexRevision ?? 1, rebuild)

  function openTables() {
    let opened: ReturnType<typeof createSearchIndex<T>> | undefined
    atomically(db, () => {
      db.exec(`
        CREATE TABLE IF NOT EXISTS ${documents} (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, value TEXT, change INTEGER
        ) STRICT;
        CREATE TABLE IF NOT EXISTS ${entries} (
          name TEXT NOT NULL, key TEXT NOT NULL, sort TEXT NOT NULL, id TEXT NOT NULL,
          PRIMARY KEY (name, key, sort, id)
        ) STRICT, WITHOUT ROWID;
      `)
      if (definition.search)
        opened = createSearchIndex({ db, writer }, { name: prefix, documents }, definition.search)
    })
    return opened
  }

  function pageStatement(order: 'asc' | 'desc') {
    // A further page begins where the last one ended: of the range, its other end alone is left to be kept.
    const beyond =
      order === 'asc' ? '(e.sort, e.id) > (?, ?) AND e.sort < ?' : '(e.sort, e.id) < (?, ?) AND e.sort >= ?'
    const sql = (range: string) =>
      `SELECT d.id, d.version, d.value, e.sort FROM ${entries} e CROSS JOIN ${documents} d ON d.id = e.id
       WHERE e.name = ? AND e.key = ? AND ${range} ORDER BY e.sort ${order}, e.id ${order} LIMIT ?`
    return { first: db.prepare(sql('e.sort >= ? AND e.sort < ?')), further: db.prepare(sql(beyond)) }
  }

  function stored(row: Row): Stored<T> {
    return { id: row.id, version: row.version, value: JSON.parse(row.value ?? 'null') as T }
  }

  function reindex(id: string, { gone, fresh }: ReturnType<typeof movesOf<T>>): void {
    for (const entry of gone) dropEntry.run(entry.name, entry.key, entry.sort, id)
    for (const entry of fresh) addEntry.run(entry.name, entry.key, entry.sort, id)
  }

  /** All that may be refused or throw, before anything is written: the group goes on without it. */
  function plan({ id, expectedVersion, value, events = [], addToSearch = '' }: Change<T>) {
    const row = select.get(id) as Row | undefined
    const before = row && row.value !== null ? (JSON.parse(row.value) as T) : null
    const found = before !== null || expectedVersion !== 0 ? (row?.version ?? 0) : 0
    if (found !== expectedVersion) throw new VersionConflict(name, id, expectedVersion)
    if (events.length > 0) log.requireRoom(name, id, events.length)
    const version = (row?.version ?? 0) + 1
    return {
      isNew: row === undefined,
      version,
      json: value === null ? null : JSON.stringify(value),
      recorded: record(name, id, version, events),
      moves: movesOf<T>(definition, id, before, value),
      searched: value === null ? undefined : search?.plan(id, before, value, addToSearch),
    }
  }

  /** Inside a transaction. */
  function apply(change: Change<T>, small: readonly NewBlob[], kept: readonly string[]): Stored<T | null> {
    const { id, value } = change
    const { isNew, version, json, recorded, moves, searched } = cleanly(() => plan(change))
    search?.makeRoom()
    for (const blob of small) blobs.insertSmall(blob)
    blobs.keep(kept)
    if (isNew) insert.run(id, version, json)
    else update.run(version, json, id)
    reindex(id, moves)
    if (value === null) search?.remove(id)
    else search?.put(id, searched)
    log.write(service, name, id, version, recorded)
    return { id, version, value }
  }

  async function commit(change: Change<T>): Promise<Stored<T | null>> {
    const small = change.blobs ? await blobs.storeLarge(change.blobs) : []
    const large = (change.blobs ?? []).filter((blob) => !small.includes(blob)).map(({ id }) => id)
    const kept = [...large, ...(change.keeps ?? [])]
    try {
      return await writer.write(() => apply(change, small, kept))
    } finally {
      blobs.listed(kept)
    }
  }

  function rebuild(): void {
    db.exec(`DELETE FROM ${entries}`)
    const everyone = db.prepare(`SELECT id, version, value FROM ${documents} WHERE value IS NOT NULL`)
    for (const row of everyone.iterate() as Iterable<unknown>) {
      const { id, value } = stored(row as Row)
      reindex(id, movesOf<T>(definition, id, null, value))
      search?.put(id, search.plan(id, null, value, ''))
    }
    search?.restart()
  }

  return {
    name,
    get: async (id) => {
      const row = select.get(id) as Row | undefined
      return row && row.value !== null ? stored(row) : undefined
    },
    getMany: async (ids) => {
      if (ids.length > MOST_IDS) throw new QueryRefused(`at most ${MOST_IDS} ids at once`)
      const rows = ids.map((id) => select.get(id) as Row | undefined)
      return rows.filter((row) => row !== undefined && row.value !== null).map((row) => stored(row as Row))
    },
    find: async ({ index, key, within = {}, order = 'desc', limit, cursor }) => {
      requireIndex<T>(definition, index)
      const joined = joinKey(key)
      const most = limitOf(limit)
      const query = findingOf(name, index, joined, order, within)
      const position = decodeCursor(query, cursor)
      const { from = '', before = HIGHEST } = within
      const values: SQLInputValue[] = position
        ? [index, joined, position.sort, position.id, order === 'asc' ? before : from]
        : [index, joined, from, before]
      const statement = position ? pages[order].further : pages[order].first
      const rows = statement.all(...values, most + 1) as unknown as (Row & { sort: string })[]
      const items = rows.slice(0, most)
      const last = items.at(-1)
      return { items: items.map(stored), next: rows.length > most && last ? encodeCursor(query, last) : null }
    },
    count: async ({ index, key, within: { from = '', before = HIGHEST } = {}, atMost = ALL }) => {
      requireIndex<T>(definition, index)
      return (countEntries.get(index, joinKey(key), from, before, atMost) as { n: number }).n
    },
    search: async (query) => {
      if (!search) throw new QueryRefused(`${name} cannot be searched`)
      const { items, next } = search.find(query)
      return { items: items.map(stored), next }
    },
    commit,
    history: (id, after) => log.history(name, id, after),
    tombstone: async (id) => {
      const row = select.get(id) as Row | undefined
      return row && row.value === null ? row.version : undefined
    },
  }
}

/** A definition whose keys changed meaning: every document derives them anew, in one transaction. */
function bringUpToRevision(db: DatabaseSync, name: string, revision: number, rebuild: () => void): void {
  const known = db.prepare('SELECT revision FROM revisions WHERE name = ?').get(name) as
    { revision: number } | undefined
  if (known?.revision === revision) return
  atomically(db, () => {
    if (known) rebuild()
    prepareWrite(
      db,
      'INSERT INTO revisions (name, revision) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET revision = excluded.revision',
    ).run(name, revision)
  })
}
