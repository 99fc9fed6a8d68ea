/** Remembers who was wrong how often (domain/throttle.ts decides what follows). Bounded: the oldest are forgotten. */
import { Failure } from '@guichet/contracts/failure'
import { afterFailure, pauseFor, type Tries } from './domain/throttle.ts'

const MOST_REMEMBERED = 50_000

export interface Throttle {
  /** @throws Failure too-many-attempts */
  admit: (keys: readonly string[]) => void
  failed: (keys: readonly string[]) => void
  succeeded: (keys: readonly string[]) => void
}

export function createThrottle(now: () => number): Throttle {
  const tries = new Map<string, Tries>()
  return {
    admit: (keys) => {
      const retryAfterSeconds = Math.max(...keys.map((key) => pauseFor(tries.get(key), now())))
      if (retryAfterSeconds > 0)
        throw new Failure('too-many-attempts', { params: { retryAfterSeconds }, retryable: true })
    },
    failed: (keys) => {
      for (const key of keys) {
        const next = afterFailure(tries.get(key), now())
        tries.delete(key)
        tries.set(key, next)
      }
      for (const key of tries.keys()) {
        if (tries.size <= MOST_REMEMBERED) break
        tries.delete(key)
      }
    },
    succeeded: (keys) => {
      for (const key of keys) tries.delete(key)
    },
  }
}
