/** One file for the whole product: opened once per DATA_DIR, locked against a second process, brought to its schema. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { StoreUnavailable } from '../store.ts'
import { migrate } from './schema.ts'

export interface Database {
  db: DatabaseSync
  blobFolder: string
  close: () => void
}

const SQLITE_BUSY = 5

/** @throws StoreUnavailable */
export function openDatabase(dataDir: string): Database {
  makeWritable(dataDir)
  const lock = takeLock(dataDir)
  let db: DatabaseSync | undefined
  try {
    const file = new DatabaseSync(join(dataDir, 'guichet.sqlite'))
    db = file
    file.exec(`
      PRAGMA busy_timeout = 1000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -65536;
      PRAGMA mmap_size = 268435456;
      PRAGMA temp_store = MEMORY;
      PRAGMA wal_autocheckpoint = 4000;
    `)
    migrate(file, dataDir)
    const close = () => {
      file.close()
      lock.close()
    }
    return { db: file, blobFolder: join(dataDir, 'blobs'), close }
  } catch (error) {
    db?.close()
    lock.close()
    throw error instanceof StoreUnavailable ? error : unusable(dataDir, 'guichet.sqlite', error)
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
    accessSync(dataDir, constants.W_OK | constants.R_OK | constants.X_OK)
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
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(join(dataDir, 'guichet.lock'))
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;')
    return lock
  } catch (error) {
    lock?.close()
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY)
      throw unusable(dataDir, 'guichet.lock', error)
    throw new StoreUnavailable(
      `DATA_DIR ${dataDir} is in use by another Guichet: stop that one, or give this one its own folder`,
      { cause: error },
    )
  }
}

function unusable(dataDir: string, file: string, error: unknown): StoreUnavailable {
  const reason = error instanceof Error ? error.message : 'unknown'
  return new StoreUnavailable(
    `DATA_DIR ${dataDir}: ${file} cannot be opened (${reason}): see that this user may read and write it, or restore a backup`,
    { cause: error },
  )
}
