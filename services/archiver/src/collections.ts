import type { Collection, Store } from '@guichet/store'

/** Where a ticket's archive lies. The id is the ticket's number. */
export interface StoredArchive {
  /** The ticket's version that was archived. */
  version: number
  blobId: string
  checksum: string
  archivedAt: string
}

export type Archives = Collection<StoredArchive, never>

export function openArchives(store: Store): Archives {
  return store.collection<StoredArchive, never>({ name: 'archives' })
}
