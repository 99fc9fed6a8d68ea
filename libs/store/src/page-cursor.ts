/** Where a page ended: opaque to its holder, and worth nothing to another query. */
import { createHash } from 'node:crypto'
import { CursorRefused, QueryRefused, type SortRange } from './store.ts'

export interface Position {
  sort: string
  id: string
}

/** What makes a query another one: a cursor holds only in the one it came from. */
export function findingOf(
  collection: string,
  index: string,
  key: string,
  order: 'asc' | 'desc',
  { from, before }: SortRange,
): readonly unknown[] {
  return [collection, index, key, order, ...((from ?? before) ? [from ?? null, before ?? null] : [])]
}

const MAX_LIMIT = 100
const DEFAULT_LIMIT = 50

export function encodeCursor(query: readonly unknown[], position: Position): string {
  return Buffer.from(JSON.stringify([fingerprint(query), position.sort, position.id])).toString('base64url')
}

/** @throws CursorRefused for what is no cursor, or one of another query. */
export function decodeCursor(query: readonly unknown[], cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    parts = undefined
  }
  const [owner, sort, id] = Array.isArray(parts) ? (parts as unknown[]) : []
  if (owner !== fingerprint(query) || typeof sort !== 'string' || typeof id !== 'string') {
    throw new CursorRefused('this cursor belongs to another query')
  }
  return { sort, id }
}

export function limitOf(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new QueryRefused(`a page has 1 to ${MAX_LIMIT} items`)
  return limit
}

function fingerprint(query: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 10)
}
