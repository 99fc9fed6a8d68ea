/**
 * The clock of an evaluation: whoever acts in the demonstration's story does so at the story's time, while everybody
 * else has the real one. A month is told in a second, and nobody's own ticket is dated in the past.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Clock } from '@guichet/delivery'

export interface StoryClock extends Clock {
  /** Everything that `act` asks, and what is asked for it in turn, happens at `instant` and shortly after. */
  at: <T>(instant: Temporal.Instant, act: () => Promise<T>) => Promise<T>
}

export function createStoryClock(real: Clock): StoryClock {
  const behind = new AsyncLocalStorage<Temporal.Duration>()
  return {
    now: () => {
      const duration = behind.getStore()
      return duration ? real.now().subtract(duration) : real.now()
    },
    after: (ms, wake) => real.after(ms, wake),
    at: (instant, act) => behind.run(instant.until(real.now()), act),
  }
}
