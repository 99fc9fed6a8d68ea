/** The embedded store: one SQLite file for all services of one process. */
import { requireName } from './index-keys.ts'
import { createBlobs } from './sqlite/blobs.ts'
import { createCollection } from './sqlite/collection.ts'
import { openDatabase, prepareWrite } from './sqlite/database.ts'
import { createEventLog } from './sqlite/events.ts'
import { createLog, lastSeqOf, type SqliteLog } from './sqlite/log.ts'
import { createOutbox } from './sqlite/outbox.ts'
import { createSignals } from './sqlite/signals.ts'
import { createTail } from './sqlite/tail.ts'
import { createWriter } from './sqlite/writer.ts'
import type { Collection, CollectionDefinition, Store, StoreEngine } from './store.ts'

export { StoreUnavailable } from './store.ts'
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

/** @throws StoreUnavailable when the folder cannot be written, is in use, or belongs to a newer program. */
export function openSqliteEngine({ dataDir, relay }: SqliteOptions): SqliteEngine {
  const { db, blobFolder, close } = openDatabase(dataDir)
  const signals = createSignals()
  const tail = relay ? undefined : createTail(lastSeqOf(db))
  const writer = createWriter(db, {
    committed: () => tail?.committed(),
    undone: () => tail?.undone(),
    written: signals.tell,
  })
  const blobs = createBlobs(db, blobFolder, writer)
  const events = createEventLog(db, signals, tail)
  const trivial = prepareWrite(
    db,
    'INSERT INTO checks (one, times) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET times = times + 1',
  )

  return {
    kind: 'sqlite',
    log: createLog(db, writer, signals, tail),
    service: (service): Store => ({
      service: requireName(service),
      blobs,
      outbox: createOutbox(db, writer, service, signals),
      collection: <T, Indexes extends string>(
        definition: CollectionDefinition<T, Indexes>,
      ): Collection<T, Indexes> => {
        requireName(definition.name)
        return createCollection({ db, writer, blobs, events }, service, definition)
      },
      recorded: (after) => events.recorded(service, after),
    }),
    check: async () => {
      await writer.write(() => trivial.run())
    },
    close: async () => {
      await writer.idle()
      close()
    },
  }
}
