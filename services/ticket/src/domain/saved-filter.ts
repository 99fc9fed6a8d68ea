/** What a list of tickets is narrowed by, as the address of the portal's list says it. Pure. */
import { Failure } from '@guichet/contracts/failure'
import { filterIn, type SavedFilter } from '@guichet/contracts/saved-filters'

export const MOST_FILTERS = 50

/** @throws Failure invalid-fields where nothing is left to filter by */
export function filterOf(query: string): string {
  const filter = filterIn(new URLSearchParams(query))
  if (filter === '')
    throw new Failure('invalid-fields', { fields: [{ path: 'query', code: 'filter-empty' }] })
  return filter
}

/**
 * One of the same name is replaced: that is how a filter is changed.
 * @throws Failure too-many-filters, invalid-fields
 */
export function withFilter(filters: readonly SavedFilter[], added: SavedFilter): SavedFilter[] {
  if (added.name === '')
    throw new Failure('invalid-fields', { fields: [{ path: 'name', code: 'filter-unnamed' }] })
  const others = filters.filter(({ name }) => name.toLowerCase() !== added.name.toLowerCase())
  if (others.length >= MOST_FILTERS) throw new Failure('too-many-filters', { params: { most: MOST_FILTERS } })
  return [...others, added].toSorted((a, b) => a.name.localeCompare(b.name))
}
