/**
 * Mails come in bursts, and each sender waits for its answer. What is to be done about those that are kept is put off
 * to the next lull; while none comes, a few at a time go on together, in few commits, and the door has the longer part
 * of the time. A mail that comes alone waits for the lull that follows it at once.
 */

/** Milliseconds in which nobody says anything: a lull. */
const QUIET_MS = 5
/** Quiet so many times one after the other: in the turn of a busy process, a sender has not been heard yet. */
const LOOKS = 2
/** Without a lull, so many go on together. */
const FEW = 16
/** For each moment that they take, so many for the door; within these bounds, in milliseconds. */
const REST_TIMES = 3
const SHORTEST_REST_MS = 100
const LONGEST_REST_MS = 1000

export interface Lull {
  /** Somebody at a door said something. */
  stirred: () => void
  /** Begins in a lull, or when it is this one's turn without one: first come, first served. */
  after: (work: () => Promise<void>) => Promise<void>
}

export function createLull(): Lull {
  let stirredAt = -Infinity
  let quietLooks = 0
  let restsUntil = -Infinity
  let waiting: (() => void)[] = []
  let timer: NodeJS.Timeout | undefined
  /** The few that went on last. */
  let few = { since: 0, left: 0 }

  /** This process may have been busy, and somebody's words lie at the door unheard: they are heard first. */
  function listen(): void {
    timer = undefined
    setImmediate(look)
  }

  function look(): void {
    const now = performance.now()
    const isQuiet = stirredAt + QUIET_MS <= now
    quietLooks = isQuiet ? quietLooks + 1 : 0
    if (quietLooks >= LOOKS) go(waiting.length)
    else if (restsUntil <= now) {
      few = { since: now, left: Math.min(FEW, waiting.length) }
      // Whatever holds them up, a name server that does not answer, others get their turn.
      restsUntil = now + LONGEST_REST_MS
      go(FEW)
    }
    lookLater()
  }

  function go(most: number): void {
    const released = waiting.slice(0, most)
    waiting = waiting.slice(most)
    for (const begin of released) begin()
  }

  function lookLater(): void {
    if (waiting.length === 0 || timer) return
    const now = performance.now()
    const quietAt = quietLooks > 0 ? now + QUIET_MS : stirredAt + QUIET_MS
    timer = setTimeout(listen, Math.max(1, Math.ceil(Math.min(quietAt, restsUntil) - now)))
  }

  function isDone(): void {
    few.left -= 1
    if (few.left !== 0) return
    const now = performance.now()
    const rest = Math.min(Math.max(REST_TIMES * (now - few.since), SHORTEST_REST_MS), LONGEST_REST_MS)
    restsUntil = Math.min(restsUntil, now + rest)
  }

  return {
    stirred: () => {
      stirredAt = performance.now()
      quietLooks = 0
    },
    after: async (work) => {
      const now = performance.now()
      if (waiting.length > 0 || stirredAt + QUIET_MS > now) {
        // The first of a burst waits for the others.
        if (waiting.length === 0 && restsUntil <= now) restsUntil = now + SHORTEST_REST_MS
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
          lookLater()
        })
      }
      try {
        await work()
      } finally {
        isDone()
      }
    },
  }
}
