/**
 * Mails come in bursts, and each sender waits for its answer. What is to be done about those that are kept is put off
 * to the next lull; while none comes, some go on every tenth of a second, together, in few commits. A mail that comes
 * alone waits for the lull that follows it at once.
 */

/** Milliseconds in which nobody says anything: a lull. */
const QUIET_MS = 5
/** Without a lull, so many go on each time this is over. */
const AT_LEAST_EVERY_MS = 100
const AT_LEAST = 16

export interface Lull {
  /** Somebody at a door said something. */
  stirred: () => void
  /** Resolves in a lull, or when it is this one's turn without one: first come, first served. */
  next: () => Promise<void>
}

export function createLull(): Lull {
  let stirredAt = -Infinity
  let releasedAt = -Infinity
  let waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined

  function release(most: number): void {
    releasedAt = performance.now()
    const released = waiting.slice(0, most)
    waiting = waiting.slice(most)
    for (const go of released) go()
  }

  function look(): void {
    timer = undefined
    const now = performance.now()
    if (stirredAt + QUIET_MS <= now) release(Infinity)
    else if (releasedAt + AT_LEAST_EVERY_MS <= now) release(AT_LEAST)
    lookLater()
  }

  function lookLater(): void {
    if (waiting.length === 0 || timer) return
    const due = Math.min(stirredAt + QUIET_MS, releasedAt + AT_LEAST_EVERY_MS)
    timer = setTimeout(look, Math.max(1, Math.ceil(due - performance.now())))
  }

  return {
    stirred: () => {
      stirredAt = performance.now()
    },
    next: async () => {
      const now = performance.now()
      if (waiting.length === 0 && stirredAt + QUIET_MS <= now) return
      // The first of a burst begins its tenth of a second.
      if (waiting.length === 0) releasedAt = Math.max(releasedAt, now)
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        lookLater()
      })
    },
  }
}
