/** The store that STORE_URL names; the other engine's code is never loaded. */
import type { StoreEngine } from './store.ts'

export interface StoreOptions {
  dataDir: string
  /** SQLite: events go to another broker and wait for the relay; false where the bus reads this file's own log. */
  relay: boolean
}

export async function openStoreEngine(storeUrl: string, options: StoreOptions): Promise<StoreEngine> {
  if (storeUrl.startsWith('sqlite:')) {
    const { openSqliteEngine } = await import('./sqlite.ts')
    return openSqliteEngine(options)
  }
  const { openMongoEngine } = await import('./mongo.ts')
  return await openMongoEngine({ url: storeUrl })
}
