/**
 * How often one may be wrong. Each failure beyond the free ones doubles the pause, up to a longest one: nobody is ever
 * locked out. Pure; the counts live in one copy's memory: several copies let a guesser try as many times more, no further.
 */
const FIRST_PAUSE_MS = 2000
/** Forgotten after so long without a failure. */
const FORGET_MS = 30 * 60_000

export interface Patience {
  freeTries: number
  longestPauseMs: number
}

/** One account from one place: who guesses there is slowed down, and nobody else. */
export const ACCOUNT_AT_PLACE: Patience = { freeTries: 5, longestPauseMs: 5 * 60_000 }
/** All that comes from one place. An office shares an address and a Monday morning: patient, and never for long. */
export const PLACE: Patience = { freeTries: 30, longestPauseMs: 10_000 }
/** One account from everywhere: guesses that are spread over many places. */
export const ACCOUNT: Patience = { freeTries: 50, longestPauseMs: 30_000 }
/** Codes of one account from everywhere: who tries them knows the password, and a million codes are few. */
export const CODES: Patience = { freeTries: 10, longestPauseMs: 15 * 60_000 }
/** Mails that anyone may have sent to a person. */
export const MAILBOX: Patience = { freeTries: 5, longestPauseMs: FORGET_MS }

export interface Tries {
  failures: number
  lastAt: number
}

/** Seconds to wait; 0 to go ahead. */
export function pauseFor(
  tries: Tries | undefined,
  now: number,
  { freeTries, longestPauseMs }: Patience,
): number {
  if (!tries || tries.failures < freeTries || now - tries.lastAt > FORGET_MS) return 0
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries.failures - freeTries), longestPauseMs)
  return Math.max(0, Math.ceil((tries.lastAt + pause - now) / 1000))
}

export function afterFailure(tries: Tries | undefined, now: number): Tries {
  const fresh = !tries || now - tries.lastAt > FORGET_MS
  return { failures: fresh ? 1 : tries.failures + 1, lastAt: now }
}
