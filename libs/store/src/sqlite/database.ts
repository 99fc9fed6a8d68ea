/** One file for the whole product: opened once per DATA_DIR, locked against a second process, brought to its schema. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

/** Raise it with a step in `migrate`; a file of a newer program is refused. */
const SCHEMA_VERSION = 1

/** The folder cannot be used; the message is one plain sentence with its mend. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

export interface Database {
  db: DatabaseSync
  blobFolder: string
  close: () => void
}

export function openDatabase(dataDir: string): Database {
  makeWritable(dataDir)
  const lock = takeLock(dataDir)
  try {
    const db = new DatabaseSync(join(dataDir, 'guichet.sqlite'))
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA busy_timeout = 5000;
      PRAGMA cache_size = -65536;
      PRAGMA mmap_size = 268435456;
      PRAGMA temp_store = MEMORY;
      PRAGMA wal_autocheckpoint = 4000;
    `)
    migrate(db, dataDir)
    const close = () => {
      db.close()
      lock.close()
    }
    return { db, blobFolder: join(dataDir, 'blobs'), close }
  } catch (error) {
    lock.close()
    throw error
  }
}

/**
 * A statement that is `run`. `run` reports the connection's last row number, and FTS5 gives its own tombstone pages
 * numbers above 2^53: as a JavaScript number that throws, after the write, whatever the statement was.
 */
export function prepareWrite(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql)
  statement.setReadBigInts(true)
  return statement
}

function makeWritable(dataDir: string): void {
  try {
    mkdirSync(join(dataDir, 'blobs'), { recursive: true })
    accessSync(dataDir, constants.W_OK | constants.R_OK)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new StoreUnavailable(
      `DATA_DIR ${dataDir} cannot be written (${code}): give a folder that this user may write to`,
      { cause: error },
    )
  }
}

/** SQLite's own file lock: the kernel lets go of it however the process ends. */
function takeLock(dataDir: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDir, 'guichet.lock'))
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;')
    return lock
  } catch (error) {
    lock.close()
    throw new StoreUnavailable(
      `DATA_DIR ${dataDir} is in use by another Guichet: stop that one, or give this one its own folder`,
      { cause: error },
    )
  }
}

function migrate(db: DatabaseSync, dataDir: string): void {
  const row = db.prepare('PRAGMA user_version').get() as { user_version: number }
  if (row.user_version > SCHEMA_VERSION) {
    throw new StoreUnavailable(
      `DATA_DIR ${dataDir} was written by a newer Guichet (schema ${row.user_version}, this one knows ${SCHEMA_VERSION}): start that version or restore a backup`,
    )
  }
  // Events are the outbox, the history and the bus's log in one: a commit is one fsync.
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
    CREATE INDEX IF NOT EXISTS events_pending ON events(service, seq) WHERE pending = 1;
    CREATE TABLE IF NOT EXISTS cursors (consumer TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS blobs (id TEXT PRIMARY KEY, size INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes BLOB) STRICT;
    CREATE TABLE IF NOT EXISTS revisions (name TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
    PRAGMA user_version = ${SCHEMA_VERSION};
  `)
}
