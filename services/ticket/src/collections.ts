/** What the ticket service owns. */
import type { LocalizedText } from '@guichet/contracts/values/language'
import type { SavedFilter } from '@guichet/contracts/saved-filters'
import type { CannedReply, Priority } from '@guichet/contracts/ticket'
import type { Collection, Store } from '@guichet/store'
import type { TicketState } from './domain/ticket.ts'
import { indexKeys, queueKeys, queuePlace, searchTags, viewOf } from './views/ticket-keys.ts'

export type TicketIndex = 'updated' | 'opened' | 'attachment' | 'mergedInto' | 'closed' | 'queue'
export type Tickets = Collection<TicketState, TicketIndex>

export interface Collections {
  tickets: Tickets
  /** Key → number, before the ticket exists: a repeat finds the same number. */
  reservations: Collection<{ number: number }, never>
  /** `<account>:<number>` → the version this person has read up to. */
  reads: Collection<{ version: number }, never>
  cannedReplies: Collection<{ items: CannedReply[] }, never>
  /** By the account whose they are. */
  savedFilters: Collection<{ items: SavedFilter[] }, never>
  settings: Collection<{ priorities: Record<Priority, LocalizedText> }, never>
}

export function openCollections(store: Store): Collections {
  return {
    tickets: store.collection<TicketState, TicketIndex>({
      name: 'tickets',
      // 2: the queue.
      indexRevision: 2,
      indexes: {
        updated: { keys: indexKeys, sort: ({ updatedAt }) => updatedAt },
        // Numbers rise as tickets are opened; these entries move only when the ticket changes its view.
        opened: {
          keys: (state) => indexKeys(state).filter(([kind]) => kind !== 'status'),
          sort: (_state, id) => id.padStart(10, '0'),
        },
        queue: { keys: queueKeys, sort: queuePlace },
        attachment: { keys: ({ attachments }) => attachments.map(({ id }) => [id]) },
        mergedInto: { keys: ({ mergedInto }) => (mergedInto === null ? [] : [[mergedInto]]) },
        closed: {
          keys: (state) =>
            viewOf(state) === 'recent' && state.agedAt === null ? [['waits for the archive']] : [],
          sort: ({ closedAt }) => closedAt ?? '',
        },
      },
      search: { words: ({ subject }, id) => `#${id} ${subject}`, tags: searchTags },
    }),
    reservations: store.collection<{ number: number }, never>({ name: 'ticket-reservations' }),
    reads: store.collection<{ version: number }, never>({ name: 'ticket-reads' }),
    cannedReplies: store.collection<{ items: CannedReply[] }, never>({ name: 'ticket-canned-replies' }),
    savedFilters: store.collection<{ items: SavedFilter[] }, never>({ name: 'ticket-saved-filters' }),
    settings: store.collection<{ priorities: Record<Priority, LocalizedText> }, never>({
      name: 'ticket-settings',
    }),
  }
}
