/** The keys a document is found by, derived by its owner's pure functions; the same for both engines. */
import { QueryRefused, type CollectionDefinition, type IndexKey } from './store.ts'

export interface IndexEntry {
  name: string
  key: string
  sort: string
}

/** Parts are joined by a character that none may contain. */
const SEPARATOR = '\u001f'

export function joinKey(key: IndexKey): string {
  const parts = key.map(String)
  if (parts.length === 0 || parts.some((part) => part === '' || part.includes(SEPARATOR))) {
    throw new QueryRefused('every part of a key says something')
  }
  return parts.join(SEPARATOR)
}

export function entriesOf<T>(definition: CollectionDefinition<T>, id: string, value: T): IndexEntry[] {
  const entries = new Map<string, IndexEntry>()
  for (const [name, index] of Object.entries(definition.indexes ?? {})) {
    const sort = index.sort?.(value, id) ?? ''
    for (const parts of index.keys(value, id)) {
      const key = joinKey(parts)
      entries.set(`${name}${SEPARATOR}${SEPARATOR}${key}`, { name, key, sort })
    }
  }
  return [...entries.values()]
}

/** What a change of the document takes away and adds; entries that stay are not written. */
export function movesOf<T>(
  definition: CollectionDefinition<T>,
  id: string,
  before: T | null,
  after: T | null,
): { gone: IndexEntry[]; fresh: IndexEntry[] } {
  const old = before === null ? [] : entriesOf<T>(definition, id, before)
  const now = after === null ? [] : entriesOf<T>(definition, id, after)
  const without = (entries: IndexEntry[], others: IndexEntry[]) =>
    entries.filter((a) => !others.some((b) => a.name === b.name && a.key === b.key && a.sort === b.sort))
  return { gone: without(old, now), fresh: without(now, old) }
}

/** Services and collections name tables, event ids and files. @throws TypeError */
export function requireName(name: string): string {
  if (!/^[a-z][a-z0-9-]{0,99}$/.test(name))
    throw new TypeError(`${name} is no name for a collection or service`)
  return name
}

export function requireIndex<T>(definition: CollectionDefinition<T>, name: string): void {
  if (!definition.indexes || !Object.hasOwn(definition.indexes, name)) {
    throw new QueryRefused(`${definition.name} has no index ${name}`)
  }
}
