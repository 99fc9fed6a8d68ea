/**
 * From the outbox to the bus: each document's events in order, one acknowledged before the next; many documents at
 * once. Survives the broker's absence: the outbox keeps what could not be published. Any copy may relay; an event
 * that two copies publish is the same event twice, which consumers must bear anyway.
 */
import type { Events } from '@guichet/bus'
import type { PendingEvents, Store } from '@guichet/store'
import type { Logger } from 'pino'
import { pause, type Clock } from './clock.ts'
import { inParallel } from './in-parallel.ts'

export interface RelayParts {
  store: Store
  events: Events
  clock: Clock
  log: Logger
}

export interface Relay {
  /** One last round, without waiting for a broker that is away. */
  stop(): Promise<void>
}

const DOCUMENTS_PER_ROUND = 200
const DOCUMENTS_AT_ONCE = 32
/** What other copies committed and could not relay themselves. */
const POLL_MS = 5000
const FIRST_BACK_OFF_MS = 200
const LONGEST_BACK_OFF_MS = 10_000

export function startRelay({ store, events, clock, log }: RelayParts): Relay {
  // The commit was the publication already.
  if (events.sharedWithStore) return { stop: async () => {} }

  let stopping = false
  let woken = false
  let waiting: { over: Promise<void>; cut: () => void } | undefined
  let troubled = false

  const forget = store.outbox.onPending(() => {
    woken = true
    // A broker that is away is not tried more often because there is more to say.
    if (!troubled) waiting?.cut()
  })

  async function relayDocument(pending: PendingEvents): Promise<void> {
    const published: string[] = []
    try {
      for (const event of pending.events) {
        await events.publish(event)
        published.push(event.id)
      }
    } finally {
      if (published.length > 0) await store.outbox.acknowledge(pending, published)
    }
  }

  /** Until nothing is pending; throws when something could not be published. */
  async function drain(): Promise<void> {
    for (;;) {
      woken = false
      const batch = await store.outbox.pending(DOCUMENTS_PER_ROUND)
      if (batch.length === 0) return
      await inParallel(batch, DOCUMENTS_AT_ONCE, relayDocument)
    }
  }

  async function run(): Promise<void> {
    let backOff = FIRST_BACK_OFF_MS
    while (!stopping) {
      try {
        await drain()
        if (troubled) log.info('events are relayed again')
        troubled = false
        backOff = FIRST_BACK_OFF_MS
      } catch (error) {
        if (!troubled) log.warn({ err: error }, 'events cannot be relayed; they are kept and tried again')
        troubled = true
      }
      if (stopping || (woken && !troubled)) continue
      waiting = pause(clock, troubled ? backOff : POLL_MS)
      if (troubled) backOff = Math.min(backOff * 2, LONGEST_BACK_OFF_MS)
      await waiting.over
      waiting = undefined
    }
    if (!troubled)
      await drain().catch((error: unknown) => log.warn({ err: error }, 'events wait for the next start'))
  }

  const running = run()
  return {
    async stop() {
      stopping = true
      forget()
      waiting?.cut()
      await running
    },
  }
}
