/** A clock that stands still until a test moves it. Structurally the `Clock` of a service's parts. */
export interface FakeClock {
  now(): Temporal.Instant
  after(ms: number, wake: () => void): () => void
  /** Moves time and wakes what has come due, earliest first. What those start in turn has its own time to come. */
  advance(by: Temporal.Duration | Temporal.DurationLike): void
}

export function createFakeClock(start: Temporal.Instant | string = '2026-11-24T10:00:00Z'): FakeClock {
  let now = Temporal.Instant.from(start)
  const timers = new Set<{ due: number; wake: () => void }>()
  return {
    now: () => now,
    after(ms, wake) {
      const timer = { due: now.epochMilliseconds + ms, wake }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(by) {
      const target = now.add(by)
      for (;;) {
        const due = [...timers].filter((timer) => timer.due <= target.epochMilliseconds)
        const first = due.sort((a, b) => a.due - b.due)[0]
        if (!first) break
        timers.delete(first)
        if (first.due > now.epochMilliseconds) now = Temporal.Instant.fromEpochMilliseconds(first.due)
        first.wake()
      }
      now = target
    },
  }
}
