import type { Clock } from '@guichet/delivery'

export const systemClock: Clock = {
  now: () => Temporal.Now.instant(),
  after(ms, wake) {
    const timer = setTimeout(wake, ms)
    return () => clearTimeout(timer)
  },
}
