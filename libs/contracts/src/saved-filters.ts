/** Owned by services/ticket: lists that a member of staff comes back to, each their own. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { Empty, Id } from './values/scalars.ts'

export const SavedFilter = Type.Object(
  {
    id: Id,
    name: Type.String({ minLength: 1, maxLength: 60 }),
    /** As in the address of the portal's list: `view=mine&company=…`; of `view`, `assignee`, `company` and `q`. */
    query: Type.String({ minLength: 1, maxLength: 800 }),
  },
  { additionalProperties: false },
)
export type SavedFilter = Static<typeof SavedFilter>

/** In the order in which they are kept: the same filter is the same text. */
const FILTER_PARTS = ['view', 'assignee', 'company', 'q'] as const

/** `?q=+imprimante+&cursor=…` → `q=imprimante`: where one was in the list is not part of the filter. '' for none. */
export function filterIn(query: URLSearchParams): string {
  const kept = new URLSearchParams()
  for (const part of FILTER_PARTS) {
    const value = query.get(part)?.trim()
    if (value) kept.set(part, value)
  }
  return kept.toString()
}

/** The actor's own, by name. @throws Failure forbidden for who is not staff */
export const listSavedFilters = request(
  'ticket.list-saved-filters',
  Empty,
  Type.Object({ items: Type.Array(SavedFilter) }),
)
/** One of the same name is replaced. @throws Failure invalid-fields, too-many-filters */
export const saveFilter = request(
  'ticket.save-filter',
  Type.Object(
    { name: SavedFilter.properties.name, query: SavedFilter.properties.query },
    { additionalProperties: false },
  ),
  SavedFilter,
)
/** One that is not there is gone already. */
export const removeSavedFilter = request('ticket.remove-saved-filter', Type.Object({ id: Id }), Empty)
