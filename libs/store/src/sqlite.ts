/** The embedded store: one SQLite file for all services of one process. */
import { createBlobs } from './sqlite/blobs.ts'
import { createCollection } from './sqlite/collection.ts'
import { openDatabase } from './sqlite/database.ts'
import { createLog, type SqliteLog } from './sqlite/log.ts'
import { createOutbox } from './sqlite/outbox.ts'
import { createWriter } from './sqlite/writer.ts'
import type { Collection, CollectionDefinition, RecordedEvent, Store, StoreEngine } from './store.ts'

export { StoreUnavailable } from './sqlite/database.ts'
export type { LoggedEvent, SqliteLog } from './sqlite/log.ts'

export interface SqliteOptions {
  dataDir: string
  /** Events go to another broker and wait for the relay; false where the bus reads this file's own log. */
  relay: boolean
}

export interface SqliteEngine extends StoreEngine {
  readonly kind: 'sqlite'
  readonly log: SqliteLog
}

const REPLAY_PAGE = 500

/** @throws StoreUnavailable when the folder cannot be written, is in use, or belongs to a newer program. */
export function openSqliteEngine({ dataDir, relay }: SqliteOptions): SqliteEngine {
  const { db, blobFolder, close } = openDatabase(dataDir)
  const wakes = new Set<() => void>()
  const writer = createWriter(db, () => {
    for (const wake of wakes) wake()
  })
  const blobs = createBlobs(db, blobFolder, writer)
  const replay = db.prepare(
    `SELECT seq, envelope FROM events WHERE seq > ? AND service = ? ORDER BY seq LIMIT ${REPLAY_PAGE}`,
  )

  async function* recorded(service: string, after?: string) {
    let seq = Number(after ?? 0)
    for (;;) {
      const rows = replay.all(seq, service) as unknown as { seq: number; envelope: string }[]
      for (const row of rows) {
        seq = row.seq
        yield { position: String(seq), event: JSON.parse(row.envelope) as RecordedEvent }
      }
      if (rows.length < REPLAY_PAGE) return
    }
  }

  return {
    kind: 'sqlite',
    log: createLog(db, writer, wakes),
    service: (service): Store => ({
      service,
      blobs,
      outbox: createOutbox(db, writer, service, wakes),
      collection: <T, Indexes extends string>(
        definition: CollectionDefinition<T, Indexes>,
      ): Collection<T, Indexes> => createCollection({ db, writer, blobs, relay }, service, definition),
      recorded: (after) => recorded(service, after),
    }),
    check: () => writer.write(() => undefined),
    close: async () => {
      await writer.idle()
      close()
    },
  }
}
