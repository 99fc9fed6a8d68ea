/** A start that waits for what is not there yet: a broker, a database, a peer. */
import { pause, type Clock } from '@guichet/delivery'
import type { Logger } from 'pino'

export interface KeepTrying {
  /** Resolves with the first success; rejects only once `stop` was called. */
  run<T>(what: string, work: () => Promise<T>): Promise<T>
  /** What is being waited for, each with the reason of the last failure. */
  waitingFor(): Record<string, string>
  stop(): void
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5000

export function createKeepTrying(clock: Clock, log: Logger): KeepTrying {
  const missing = new Map<string, string>()
  const waiting = new Set<() => void>()
  let stopped = false

  return {
    waitingFor: () => Object.fromEntries(missing),
    stop() {
      stopped = true
      for (const cut of waiting) cut()
    },
    async run(what, work) {
      for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
        try {
          const result = await work()
          if (missing.delete(what)) log.info({ what }, 'no longer missing')
          return result
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error)
          if (stopped) throw error
          if (!missing.has(what)) log.warn({ what, reason }, 'not there yet; waiting for it')
          missing.set(what, reason)
        }
        const { over, cut } = pause(clock, wait)
        waiting.add(cut)
        await over
        waiting.delete(cut)
      }
    },
  }
}
