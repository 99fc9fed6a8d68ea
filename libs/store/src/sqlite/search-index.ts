/**
 * FTS5 over our own folded words. Words and tags are written as plain letters so that no tokenizer takes them apart;
 * the row number rises with every change, so that "most recently changed first" is a walk from the end.
 */
import type { DatabaseSync } from 'node:sqlite'
import { decodeCursor, encodeCursor, limitOf } from '../page-cursor.ts'
import { parseQuery, wordsOf } from '../search.ts'
import { QueryRefused, type SearchQuery } from '../store.ts'
import { prepareWrite } from './database.ts'

interface Known {
  row: number
  words: string
  tags: string
}

export interface SearchIndex {
  /** Inside a transaction. */
  put: (id: string, text: string, tags: readonly string[], added: string) => void
  remove: (id: string) => void
  find: (query: SearchQuery) => { rows: string[]; next: string | null }
}

export function createSearchIndex(db: DatabaseSync, name: string): SearchIndex {
  const texts = `"${name}__fts"`
  const known = `"${name}__search"`
  db.exec(`
    CREATE VIRTUAL TABLE IF NOT EXISTS ${texts} USING fts5(tokens, content='', contentless_delete=1, detail='none', tokenize="ascii tokenchars '_'");
    CREATE TABLE IF NOT EXISTS ${known} (row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, words TEXT NOT NULL, tags TEXT NOT NULL) STRICT;
  `)
  const get = db.prepare(`SELECT row, words, tags FROM ${known} WHERE id = ?`)
  const forget = prepareWrite(db, `DELETE FROM ${known} WHERE row = ?`)
  const remember = db.prepare(`INSERT INTO ${known} (id, words, tags) VALUES (?, ?, ?) RETURNING row`)
  const drop = prepareWrite(db, `DELETE FROM ${texts} WHERE rowid = ?`)
  const add = prepareWrite(db, `INSERT INTO ${texts} (rowid, tokens) VALUES (?, ?)`)
  const match = db.prepare(
    `SELECT k.row, k.id FROM ${texts} JOIN ${known} k ON k.row = ${texts}.rowid
     WHERE ${texts} MATCH ? AND ${texts}.rowid < ? ORDER BY ${texts}.rowid DESC LIMIT ?`,
  )

  function removeRow(row: number): void {
    drop.run(row)
    forget.run(row)
  }

  return {
    put: (id, text, tags, added) => {
      const old = get.get(id) as Known | undefined
      const words = new Set(old ? old.words.split(' ') : [])
      for (const word of wordsOf(`${text}\n${added}`)) words.add(`w${letters(word)}`)
      const row = {
        words: [...words].join(' ').trim(),
        tags: tags.map((tag) => `t${letters(tag)}`).join(' '),
      }
      if (old) removeRow(old.row)
      const fresh = remember.get(id, row.words, row.tags) as { row: number }
      add.run(fresh.row, `${row.words} ${row.tags}`)
    },
    remove: (id) => {
      const old = get.get(id) as Known | undefined
      if (old) removeRow(old.row)
    },
    find: ({ text, tags, limit, cursor }) => {
      if (tags.length === 0) throw new QueryRefused('a search is narrowed by what its asker may see')
      const words = parseQuery(text)
      const query = [name, text, tags]
      const from = decodeCursor(query, cursor)
      const most = limitOf(limit)
      const terms = [
        ...words.map(({ word, prefix }) => `w${letters(word)}${prefix ? '*' : ''}`),
        ...tags.map((tag) => `t${letters(tag)}`),
      ]
      const before = from ? Number(from.id) : Number.MAX_SAFE_INTEGER
      const found = match.all(terms.join(' AND '), before, most + 1) as unknown as {
        row: number
        id: string
      }[]
      const page = found.slice(0, most)
      const last = page.at(-1)
      const next =
        found.length > most && last ? encodeCursor(query, { sort: '', id: String(last.row) }) : null
      return { rows: page.map(({ id }) => id), next }
    },
  }
}

/** Lower-case letters and digits stay, all else is written as `_hex_`: one token, whatever it holds. */
function letters(token: string): string {
  return token.replace(/[^a-z0-9]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`)
}
