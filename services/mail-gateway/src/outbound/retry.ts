/** When a refused mail is tried again, and whose fault the refusal is. Pure. */
const FIRST_SECONDS = 10
const LONGEST_SECONDS = 60 * 60
const GIVE_UP_AFTER_HOURS = 5 * 24
/** The whole queue waits for its relay, but not for long: whoever mends it sees it go on. */
const LONGEST_HOLD_SECONDS = 10 * 60

export type Verdict = { retryAt: Temporal.Instant } | { failed: true }

/** As the relay's client tells it. */
export interface Refusal {
  /** The server's reply; undefined when there was none. */
  code: number | undefined
  /** The step it was the answer to: `CONN`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  command: string | undefined
}

/**
 * Not this mail's fault: the relay is away, does not greet, does not let us in, or does not take our sender. No mail
 * fails for it at once, because every other one would too.
 */
export function isOfTheRelay({ code, command }: Refusal): boolean {
  if (code === undefined) return true
  // 530 and 538 ask for a login wherever they come (RFC 4954 §6).
  if (code === 530 || code === 538) return true
  return command !== 'RCPT TO' && command !== 'DATA'
}

/**
 * A 5xx to this mail fails it at once; anything else is tried for five days (RFC 5321 §4.5.4.1), at growing intervals.
 */
export function afterRefusal(
  refusal: Refusal,
  attempts: number,
  requestedAt: Temporal.Instant,
  now: Temporal.Instant,
): Verdict {
  const { code } = refusal
  if (code !== undefined && code >= 500 && !isOfTheRelay(refusal)) return { failed: true }
  if (now.since(requestedAt).total('hours') >= GIVE_UP_AFTER_HOURS) return { failed: true }
  return { retryAt: now.add({ seconds: growing(attempts, LONGEST_SECONDS) }) }
}

/** How long the queue stands still after the relay refused so many times in a row. */
export function holdSeconds(refusedInARow: number): number {
  return growing(refusedInARow, LONGEST_HOLD_SECONDS)
}

function growing(times: number, longest: number): number {
  return Math.min(FIRST_SECONDS * 2 ** Math.max(0, times - 1), longest)
}
