/** When a refused mail is tried again. Pure. */
const FIRST_SECONDS = 10
const LONGEST_SECONDS = 60 * 60
const GIVE_UP_AFTER_HOURS = 5 * 24

export type Verdict = { retryAt: Temporal.Instant } | { failed: true }

/**
 * 5xx fails at once; 4xx and a server that is not there are tried for five days (RFC 5321 §4.5.4.1), at growing
 * intervals. `code` is the server's reply, undefined when there was none.
 */
export function afterRefusal(
  code: number | undefined,
  attempts: number,
  requestedAt: Temporal.Instant,
  now: Temporal.Instant,
): Verdict {
  if (code !== undefined && code >= 500) return { failed: true }
  if (now.since(requestedAt).total('hours') >= GIVE_UP_AFTER_HOURS) return { failed: true }
  const seconds = Math.min(FIRST_SECONDS * 2 ** Math.max(0, attempts - 1), LONGEST_SECONDS)
  return { retryAt: now.add({ seconds }) }
}
