/** The tables that all services share, and each collection's own. */
import type { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '../store.ts'

/** Raise it with a step in `migrate`; a file of a newer program is refused. */
export const SCHEMA_VERSION = 1

/** @throws StoreUnavailable for a file of a newer program; nothing was touched. */
export function migrate(db: DatabaseSync, dataDir: string): void {
  const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number }
  if (found > SCHEMA_VERSION) {
    throw new StoreUnavailable(
      `DATA_DIR ${dataDir} was written by a newer Guichet (schema ${found}, this one knows ${SCHEMA_VERSION}): start that version or restore a backup`,
    )
  }
  // Events are the outbox, the history and the bus's log in one: a commit is one fsync. `pending` events wait for
  // another broker; where the bus reads this file, none ever does and those indexes stay empty.
  atomically(db, () => {
    db.exec(`
      CREATE TABLE IF NOT EXISTS events (
        seq INTEGER PRIMARY KEY,
        service TEXT NOT NULL,
        collection TEXT NOT NULL,
        doc TEXT NOT NULL,
        version INTEGER NOT NULL,
        n INTEGER NOT NULL,
        subject TEXT NOT NULL,
        envelope TEXT NOT NULL,
        pending INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX IF NOT EXISTS events_of_document ON events(collection, doc, version, n);
      CREATE INDEX IF NOT EXISTS events_of_subject ON events(subject);
      CREATE INDEX IF NOT EXISTS events_pending ON events(service) WHERE pending = 1;
      CREATE INDEX IF NOT EXISTS events_pending_of_document ON events(collection, doc) WHERE pending = 1;
      CREATE TABLE IF NOT EXISTS cursors (consumer TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS blobs (
        id TEXT PRIMARY KEY, size INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes BLOB
      ) STRICT;
      CREATE TABLE IF NOT EXISTS loose_blobs (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS revisions (name TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS search_progress (name TEXT PRIMARY KEY, change INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS checks (one INTEGER PRIMARY KEY, times INTEGER NOT NULL) STRICT;
      PRAGMA user_version = ${SCHEMA_VERSION};
    `)
  })
}

/** One transaction of the opening program, before or between those of the writer. */
export function atomically(db: DatabaseSync, work: () => void): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    work()
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
