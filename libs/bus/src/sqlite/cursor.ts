/** How far a consumer is, on disk. It lags behind a little: after a crash so much comes again. */
import type { SqliteLog } from '@guichet/store/sqlite'
import type { Subscription } from '../bus.ts'

const SAVE_EVERY_MS = 500
/** Others' events that went by: saved too, so that a start need not read past them again. */
const PASSED_BY = 5000

export interface Cursor {
  readonly start: number
  /** `position` is asked when it is time to save. */
  saveSoon(position: () => number): void
  passed(position: () => number): void
  save(position: () => number): Promise<void>
  close(): void
}

/** A consumer that never ran has its beginning on disk before it reads. */
export async function createCursor(
  log: SqliteLog,
  consumer: string,
  from: Subscription['from'],
): Promise<Cursor> {
  const known = log.cursors.load(consumer)
  const start = known ?? (from === 'now' ? log.lastSeq() : 0)
  if (known === undefined) await log.cursors.save(consumer, start)
  let saved = start
  let timer: NodeJS.Timeout | undefined

  async function save(position: () => number): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const reached = position()
    if (reached <= saved) return
    await log.cursors.save(consumer, reached)
    saved = Math.max(saved, reached)
  }

  function saveSoon(position: () => number): void {
    // A store that cannot write says so elsewhere; the position is saved after the next event.
    timer ??= setTimeout(() => void save(position).catch(() => undefined), SAVE_EVERY_MS).unref()
  }

  return {
    start,
    save,
    saveSoon,
    passed: (position) => {
      if (position() - saved > PASSED_BY) saveSoon(position)
    },
    close: () => clearTimeout(timer),
  }
}
