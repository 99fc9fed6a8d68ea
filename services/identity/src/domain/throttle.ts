/**
 * How often one may be wrong: by account and by client address, each failure doubles the pause. A right password ends
 * it. Pure; the counts live in one copy's memory: several copies let a guesser try as many times more, no further.
 */
const FREE_TRIES = 5
const FIRST_PAUSE_MS = 2000
const LONGEST_PAUSE_MS = 5 * 60_000
/** Forgotten after so long without a failure. */
const FORGET_MS = 30 * 60_000

export interface Tries {
  failures: number
  lastAt: number
}

/** Seconds to wait; 0 to go ahead. */
export function pauseFor(tries: Tries | undefined, now: number): number {
  if (!tries || tries.failures < FREE_TRIES || now - tries.lastAt > FORGET_MS) return 0
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries.failures - FREE_TRIES), LONGEST_PAUSE_MS)
  return Math.max(0, Math.ceil((tries.lastAt + pause - now) / 1000))
}

export function afterFailure(tries: Tries | undefined, now: number): Tries {
  const fresh = !tries || now - tries.lastAt > FORGET_MS
  return { failures: fresh ? 1 : tries.failures + 1, lastAt: now }
}
