/**
 * Group commit: changes that wait together share one transaction and so one fsync. Measured, a commit alone costs
 * the fsync; sixteen together cost little more than one.
 */
import type { DatabaseSync } from 'node:sqlite'
import { StoreBusy } from '../store.ts'
import { prepareWrite } from './database.ts'

/** One transaction holds up the event loop at most this many changes long. */
const MOST_IN_ONE = 256

interface Job {
  work: () => unknown
  resolve: (result: never) => void
  reject: (error: unknown) => void
}

type Outcome = { result: unknown } | { error: unknown }

export interface Writer {
  /**
   * Runs `work` inside the next transaction; resolves when that is on disk. Work that throws must have written
   * nothing yet, or the whole group is rolled back and each is tried alone.
   */
  write: <T>(work: () => T) => Promise<T>
  /** Resolves when all that was given is on disk. */
  idle: () => Promise<void>
}

/** What was thrown before anything was written: the group goes on without it. */
class Refused extends Error {
  constructor(reason: unknown) {
    super('refused', { cause: reason })
  }
}

/** Inside `work`: the part that decides and does not write. */
export function cleanly<R>(decide: () => R): R {
  try {
    return decide()
  } catch (error) {
    throw new Refused(error)
  }
}

export interface WriterHooks {
  /** After each transaction that is on disk, and after each that came to nothing. */
  committed: () => void
  undone: () => void
  /** When nothing is being written any more: of those who may read now. */
  written: () => void
}

export function createWriter(db: DatabaseSync, hooks: WriterHooks): Writer {
  let waiting: Job[] = []
  let scheduled = false
  const begin = prepareWrite(db, 'BEGIN IMMEDIATE')
  const commit = prepareWrite(db, 'COMMIT')
  const rollback = prepareWrite(db, 'ROLLBACK')

  function schedule(): void {
    if (scheduled || waiting.length === 0) return
    scheduled = true
    // After the I/O of this turn: whatever arrived together is written together.
    setImmediate(flush)
  }

  function flush(): void {
    scheduled = false
    const jobs = waiting.slice(0, MOST_IN_ONE)
    waiting = waiting.slice(MOST_IN_ONE)
    const outcomes =
      transact(jobs) ?? jobs.map((job) => transact([job])?.[0] ?? { error: new StoreBusy('not written') })
    jobs.forEach((job, index) => settle(job, outcomes[index] ?? { error: new StoreBusy('not written') }))
    schedule()
    hooks.written()
  }

  /** undefined: rolled back because one of several failed after it had written. */
  function transact(jobs: readonly Job[]): Outcome[] | undefined {
    try {
      begin.run()
    } catch (error) {
      return jobs.map(() => ({
        error: new StoreBusy('the database cannot be written now', { cause: error }),
      }))
    }
    const outcomes: Outcome[] = []
    for (const job of jobs) {
      try {
        outcomes.push({ result: job.work() })
      } catch (error) {
        if (error instanceof Refused) {
          outcomes.push({ error: error.cause })
          continue
        }
        undo()
        return jobs.length === 1
          ? [{ error: isFull(error) ? new StoreBusy('the disk is full', { cause: error }) : error }]
          : undefined
      }
    }
    try {
      commit.run()
      hooks.committed()
      return outcomes
    } catch (error) {
      undo()
      return jobs.map(() => ({
        error: new StoreBusy('the database cannot be written now', { cause: error }),
      }))
    }
  }

  function undo(): void {
    hooks.undone()
    if (db.isTransaction) rollback.run()
  }

  function settle(job: Job, outcome: Outcome): void {
    if ('error' in outcome) job.reject(outcome.error)
    else job.resolve(outcome.result as never)
  }

  function write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      schedule()
    })
  }

  return {
    write,
    idle: async () => {
      await write(() => undefined)
    },
  }
}

/** SQLITE_FULL and SQLITE_IOERR: nothing was written; the disk may have room later. */
function isFull(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode ?? 0
  return [10, 13].includes(code & 0xff)
}
