/** Remembers who was wrong how often (domain/throttle.ts decides what follows). Bounded: the oldest are forgotten. */
import { Failure } from '@guichet/contracts/failure'
import { afterFailure, pauseFor, type Patience, type Tries } from './domain/throttle.ts'

const MOST_REMEMBERED = 50_000

/** What a try is counted under, and how patient we are with that. */
export interface Count {
  key: string
  patience: Patience
}

export interface Throttle {
  /**
   * Tries of one lane (a client's address) come one after the other, so that a hundred at once are counted like a
   * hundred in a row. What `isWrong` says of the error is counted.
   * @throws Failure too-many-attempts
   */
  attempt<T>(
    lane: string,
    counts: readonly Count[],
    work: () => Promise<T>,
    isWrong: (error: unknown) => boolean,
  ): Promise<T>
  /** False while a pause lasts; else this one is counted. */
  allows: (count: Count) => boolean
  /** @throws Failure too-many-attempts while a pause lasts; else this one is counted. */
  spend: (count: Count) => void
  /** It was right: its failures are forgotten, and it is known from now on. */
  trust: (key: string) => void
  isTrusted: (key: string) => boolean
  /** In a row, so far. */
  failuresOf: (key: string) => number
}

export function createThrottle(now: () => number): Throttle {
  const tries = new Map<string, Tries>()
  const trusted = new Map<string, true>()
  const lanes = new Map<string, Promise<unknown>>()

  const secondsLeft = (counts: readonly Count[]): number =>
    Math.max(0, ...counts.map(({ key, patience }) => pauseFor(tries.get(key), now(), patience)))

  function admit(counts: readonly Count[]): void {
    const retryAfterSeconds = secondsLeft(counts)
    if (retryAfterSeconds === 0) return
    throw new Failure('too-many-attempts', { params: { retryAfterSeconds }, retryable: true })
  }

  function count(counts: readonly Count[]): void {
    for (const { key } of counts) remember(tries, key, afterFailure(tries.get(key), now()))
  }

  return {
    async attempt(lane, counts, work, isWrong) {
      const turn = (lanes.get(lane) ?? Promise.resolve()).then(async () => {
        admit(counts)
        try {
          return await work()
        } catch (error) {
          if (isWrong(error)) count(counts)
          throw error
        }
      })
      const over = turn.catch(() => {})
      lanes.set(lane, over)
      void over.then(() => {
        if (lanes.get(lane) === over) lanes.delete(lane)
      })
      return await turn
    },
    allows: (one) => {
      if (secondsLeft([one]) > 0) return false
      count([one])
      return true
    },
    spend: (one) => {
      admit([one])
      count([one])
    },
    trust: (key) => {
      tries.delete(key)
      remember(trusted, key, true)
    },
    isTrusted: (key) => trusted.has(key),
    failuresOf: (key) => tries.get(key)?.failures ?? 0,
  }
}

/** The youngest last. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= MOST_REMEMBERED) break
    map.delete(oldest)
  }
}
