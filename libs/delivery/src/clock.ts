/** The only clock. Tests hand in their own. */
export interface Clock {
  now(): Temporal.Instant
  /** Calls back after at least `ms`; the return value cancels. */
  after(ms: number, wake: () => void): () => void
}

/** A fixed-width ISO time: sorts as text. */
export function isoTime(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'millisecond' })
}

/** Waits until `ms` have passed or `cut` is called, whichever is first. */
export function pause(clock: Clock, ms: number): { over: Promise<void>; cut: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = clock.after(ms, resolve)
  return {
    over: promise,
    cut: () => {
      cancel()
      resolve()
    },
  }
}
