/**
 * FTS5 over our own folded words. Words and tags are written as plain letters, so that no tokenizer takes them apart.
 *
 * A commit gives its document the next `change` number and writes its words; FTS5 is told later, many documents in
 * one transaction, because each of its transactions costs it a segment (measured: half of a commit). What it has not
 * been told is what lies beyond `search_progress`, so a crash loses nothing; a search catches up first, so an answer
 * has every commit before it. FTS5's row is the change number: "most recently changed first" is a walk from the end.
 */
import type { DatabaseSync } from 'node:sqlite'
import { decodeCursor, encodeCursor, limitOf } from '../page-cursor.ts'
import { parseQuery, wordsOf } from '../search.ts'
import { QueryRefused, type CollectionDefinition, type SearchQuery } from '../store.ts'
import { prepareWrite } from './database.ts'
import { atomically } from './schema.ts'
import type { Writer } from './writer.ts'

/** So many documents wait for FTS5 at most… */
const MOST_WAITING = 256
/** …and so long. */
const WAIT_MS = 50

export interface Found {
  id: string
  version: number
  value: string
  change: number
}

/** What a commit changes of what is searched; nothing of it: undefined. */
export interface SearchChange {
  words: string[]
  tags: string
}

export interface SearchIndex<T> {
  plan: (id: string, before: T | null, value: T, added: string) => SearchChange | undefined
  /** These three inside a transaction. */
  makeRoom: () => void
  put: (id: string, change: SearchChange | undefined) => void
  remove: (id: string) => void
  find: (query: SearchQuery) => { items: Found[]; next: string | null }
  /** All is told to FTS5 anew; inside a transaction. */
  restart: () => void
}

/** `documents`: the quoted table of the collection, with its columns `id`, `value`, `change`. */
export function createSearchIndex<T>(
  { db, writer }: { db: DatabaseSync; writer: Writer },
  { name, documents }: { name: string; documents: string },
  search: NonNullable<CollectionDefinition<T>['search']>,
): SearchIndex<T> {
  const texts = `"${name}__fts"`
  const words = `"${name}__words"`
  const indexed = `"${name}__indexed"`
  db.exec(`
    CREATE UNIQUE INDEX IF NOT EXISTS "${name}__change" ON ${documents}(change);
    CREATE VIRTUAL TABLE IF NOT EXISTS ${texts} USING fts5(tokens, content='', contentless_delete=1, detail='none', tokenize="ascii tokenchars '_'");
    CREATE TABLE IF NOT EXISTS ${words} (id TEXT PRIMARY KEY, words TEXT NOT NULL, tags TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS ${indexed} (id TEXT PRIMARY KEY, change INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO search_progress (name, change) VALUES ('${name}', 0);
  `)
  const known = db.prepare(`SELECT words FROM ${words} WHERE id = ?`)
  const save = prepareWrite(
    db,
    `INSERT INTO ${words} (id, words, tags) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET words = excluded.words, tags = excluded.tags`,
  )
  const forget = prepareWrite(db, `DELETE FROM ${words} WHERE id = ?`)
  const state = db.prepare(
    `SELECT (SELECT change FROM search_progress WHERE name = '${name}') AS told,
            (SELECT coalesce(max(change), 0) FROM ${documents}) AS last`,
  )
  const inRange = 'd.change > ?1 AND d.change <= ?2'
  const tell = [
    `DELETE FROM ${texts} WHERE rowid IN (SELECT i.change FROM ${documents} d CROSS JOIN ${indexed} i ON i.id = d.id WHERE ${inRange})`,
    `INSERT INTO ${texts} (rowid, tokens) SELECT d.change, w.words || ' ' || w.tags
     FROM ${documents} d CROSS JOIN ${words} w ON w.id = d.id WHERE ${inRange} AND d.value IS NOT NULL ORDER BY d.change`,
    `INSERT INTO ${indexed} (id, change) SELECT d.id, d.change FROM ${documents} d WHERE ${inRange}
     ON CONFLICT (id) DO UPDATE SET change = excluded.change`,
    `UPDATE search_progress SET change = ?2 WHERE name = '${name}'`,
  ].map((sql) => prepareWrite(db, sql))
  const match = db.prepare(
    `SELECT d.id, d.version, d.value, d.change FROM ${texts} CROSS JOIN ${documents} d ON d.change = ${texts}.rowid
     WHERE ${texts} MATCH ? AND ${texts}.rowid < ? AND d.value IS NOT NULL ORDER BY ${texts}.rowid DESC LIMIT ?`,
  )
  let waiting = 0
  let timer: NodeJS.Timeout | undefined

  /** Inside a transaction. */
  function tellAll(): void {
    waiting = 0
    const { told, last } = state.get() as { told: number; last: number }
    if (last > told) for (const statement of tell) statement.run(told, last)
  }

  function tellSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      // What could not be told is told by the next search or commit.
      writer.write(tellAll).catch(() => undefined)
    }, WAIT_MS).unref()
  }

  function catchUp(): void {
    const { told, last } = state.get() as { told: number; last: number }
    if (last === told) return
    try {
      atomically(db, tellAll)
    } catch {
      // A full disk does not keep anyone from reading what FTS5 knows.
    }
  }

  return {
    plan: (id, before, value, added) => {
      const text = search.words(value, id)
      const tags = search.tags(value, id)
      const same =
        before !== null &&
        added === '' &&
        search.words(before, id) === text &&
        search.tags(before, id).join('\n') === tags.join('\n')
      return same
        ? undefined
        : {
            words: wordsOf(`${text}\n${added}`).map((word) => `w${letters(word)}`),
            tags: tags.map((tag) => `t${letters(tag)}`).join(' '),
          }
    },
    makeRoom: () => {
      if (waiting >= MOST_WAITING) tellAll()
    },
    put: (id, change) => {
      waiting += 1
      tellSoon()
      if (!change) return
      const old = known.get(id) as { words: string } | undefined
      const all = old ? new Set([...old.words.split(' '), ...change.words]) : change.words
      save.run(id, [...all].join(' '), change.tags)
    },
    remove: (id) => {
      forget.run(id)
      tellSoon()
    },
    find: ({ text, tags, limit, cursor }) => {
      if (tags.length === 0) throw new QueryRefused('a search is narrowed by what its asker may see')
      const query = [name, text, tags]
      const from = decodeCursor(query, cursor)
      const most = limitOf(limit)
      const terms = [
        ...parseQuery(text).map(({ word, prefix }) => `w${letters(word)}${prefix ? '*' : ''}`),
        ...tags.map((tag) => `t${letters(tag)}`),
      ]
      catchUp()
      const before = from ? Number(from.id) : Number.MAX_SAFE_INTEGER
      const found = match.all(terms.join(' AND '), before, most + 1) as unknown as Found[]
      const items = found.slice(0, most)
      const last = items.at(-1)
      const more = found.length > most && last
      return { items, next: more ? encodeCursor(query, { sort: '', id: String(last.change) }) : null }
    },
    restart: () => {
      db.exec(`
        INSERT INTO ${texts}(${texts}) VALUES ('delete-all');
        DELETE FROM ${indexed};
        UPDATE ${documents} SET change = rowid + (SELECT coalesce(max(change), 0) FROM ${documents}) WHERE change IS NULL;
        UPDATE search_progress SET change = 0 WHERE name = '${name}';
      `)
      tellAll()
    },
  }
}

/** Lower-case letters and digits stay, all else is written as `_hex_`: one token, whatever it holds. */
function letters(token: string): string {
  return token.replace(/[^a-z0-9]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`)
}
