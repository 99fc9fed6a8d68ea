/** How often what failed is tried again, and when a person is asked. Pure. */
import { Failure } from '@guichet/contracts/failure'
import { StoreBusy, VersionConflict } from '@guichet/store'

/** A failed attempt, in words that hold no value of the event. */
export interface Fault {
  code: string
  reason: string
  /** `now`: no attempt can succeed. `soon`: after a few attempts. `late`: the cause passes by itself. */
  dies: 'now' | 'soon' | 'late'
}

/** What cannot be known to pass, 31 s in all: long enough for a deployment's other half to come up. */
const SOON_ATTEMPTS = 6
/** What passes by itself, tried for more than a day. */
const LATE_ATTEMPTS = 1500
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 60_000

export function faultOf(error: unknown): Fault {
  if (error instanceof VersionConflict || error instanceof StoreBusy) {
    return { code: 'busy', reason: error.name, dies: 'late' }
  }
  if (error instanceof Failure) {
    return { code: error.code, reason: error.code, dies: error.retryable ? 'late' : 'soon' }
  }
  return { code: 'defect', reason: error instanceof Error ? error.name : typeof error, dies: 'soon' }
}

/** ms until the next attempt, after `attempts` failed ones; undefined: a dead letter. */
export function nextAttemptIn(attempts: number, fault: Fault): number | undefined {
  const most = { now: 1, soon: SOON_ATTEMPTS, late: LATE_ATTEMPTS }[fault.dies]
  if (attempts >= most) return undefined
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 16), LONGEST_PAUSE_MS)
}
