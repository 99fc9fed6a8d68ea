/**
 * Which copy of a service runs its timers. Judged by what can be observed, not by clocks that differ: the holder
 * changes the lease's version at every interval; a copy that saw the same version for `patience` intervals of its own
 * takes over. The holder stops believing in its lease, by its own measure, before anyone can have taken it.
 */
import { pause, type Clock } from '@guichet/delivery'
import { VersionConflict, type CollectionDefinition, type Store } from '@guichet/store'
import type { Logger } from 'pino'

interface LeaseValue {
  /** null: given back. */
  holder: string | null
}

export function leases(service: string): CollectionDefinition<LeaseValue> {
  return { name: `${service}-leases` }
}

export interface LeaseOptions {
  store: Store
  name: string
  /** Unique to this copy and this start of it. */
  holder: string
  clock: Clock
  log: Logger
  intervalMs?: number
  patience?: number
  /** Called each time the lease comes to this copy. */
  onTaken?: () => void
}

export interface Lease {
  held(): boolean
  /** Gives it back, so that another copy need not wait. */
  stop(): Promise<void>
}

const INTERVAL_MS = 2500
const PATIENCE = 3

export function startLease(options: LeaseOptions): Lease {
  const { store, name, holder, clock, log, onTaken, intervalMs = INTERVAL_MS, patience = PATIENCE } = options
  const collection = store.collection(leases(store.service))
  /** By this copy's clock, compared with itself only. */
  let believedUntil = Number.NEGATIVE_INFINITY
  let seen = { version: -1, times: 0 }
  let stopping = false
  let waiting: { over: Promise<void>; cut: () => void } | undefined

  const nowMs = () => clock.now().epochMilliseconds
  const held = () => nowMs() < believedUntil

  async function claim(expectedVersion: number): Promise<void> {
    const before = nowMs()
    const wasHeld = held()
    try {
      await collection.commit({ id: name, expectedVersion, value: { holder } })
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error
      believedUntil = Number.NEGATIVE_INFINITY
      return
    }
    // One interval less than the patience of the others, counted from before the write they will see.
    believedUntil = before + intervalMs * (patience - 1)
    if (wasHeld) return
    log.debug({ lease: name }, 'this copy runs the timers')
    onTaken?.()
  }

  async function observe(): Promise<void> {
    const stored = await collection.get(name)
    if (!stored) return claim(0)
    if (stored.value.holder === null || stored.value.holder === holder) return claim(stored.version)
    believedUntil = Number.NEGATIVE_INFINITY
    seen = { version: stored.version, times: seen.version === stored.version ? seen.times + 1 : 0 }
    if (seen.times >= patience) await claim(stored.version)
  }

  async function run(): Promise<void> {
    let troubled = false
    while (!stopping) {
      try {
        await observe()
        troubled = false
      } catch (error) {
        if (!troubled) log.warn({ err: error, lease: name }, 'the lease of the timers cannot be observed')
        troubled = true
      }
      if (stopping) break
      waiting = pause(clock, intervalMs)
      await waiting.over
    }
  }

  async function giveBack(): Promise<void> {
    const stored = await collection.get(name)
    if (stored?.value.holder !== holder) return
    await collection.commit({ id: name, expectedVersion: stored.version, value: { holder: null } })
  }

  const running = run()
  return {
    held,
    async stop() {
      stopping = true
      waiting?.cut()
      await running
      believedUntil = Number.NEGATIVE_INFINITY
      await giveBack().catch((error: unknown) => log.debug({ err: error }, 'the lease runs out by itself'))
    },
  }
}
