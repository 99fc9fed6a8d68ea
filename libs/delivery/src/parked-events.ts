/**
 * What a service could not handle yet: one document per consumer and key, the failed event first, later ones of the
 * key behind it. All changes are compare-and-set, so that the consumer (which appends) and the retrying copy (which
 * takes away) may be two processes.
 */
import type { Envelope } from '@guichet/contracts/envelope'
import {
  VersionConflict,
  type Collection,
  type CollectionDefinition,
  type Store,
  type Stored,
} from '@guichet/store'

export interface ParkedKey {
  consumer: string
  key: string
  state: 'retrying' | 'dead'
  /** In order; the first is the one that failed. Never empty. */
  events: Envelope[]
  /** Sum of the events' JSON lengths. */
  bytes: number
  /** Failed attempts at the first event. */
  attempts: number
  /** ISO, fixed width. */
  failedAt: string
  nextAttemptAt: string
  deadSince: string | null
  code: string
  reason: string
}

/** A document has room for this many; more, and the partition waits. */
const MOST_EVENTS = 500
/** MongoDB takes 16 MB; each append writes the whole document. */
const MOST_BYTES = 4 * 1024 * 1024

/** The key's queue is full: the bus must keep the event. */
export class ParkingFull extends Error {
  override name = 'ParkingFull'
}

export type ParkedIndex = 'state'

export function parkedEvents(service: string): CollectionDefinition<ParkedKey, ParkedIndex> {
  return {
    name: `${service}-parked-events`,
    indexes: {
      state: {
        keys: (parked) => [[parked.state], [parked.state, parked.consumer]],
        sort: (parked) => parked.deadSince ?? parked.nextAttemptAt,
      },
    },
  }
}

export function parkedId(consumer: string, key: string): string {
  return `${consumer}/${key}`
}

export interface ParkedEvents {
  readonly collection: Collection<ParkedKey, ParkedIndex>
  get(id: string): Promise<Stored<ParkedKey> | undefined>
  /**
   * Puts the event behind those that wait. False: none waits, the key is free. An event that waits already is not
   * put twice. @throws ParkingFull
   */
  append(id: string, event: Envelope): Promise<boolean>
  /**
   * Reads, decides, writes, until nobody came between. `decide` gets what is parked now and returns what shall be
   * (null: the key is free; the same object: no change).
   */
  change(
    id: string,
    decide: (parked: ParkedKey | undefined) => ParkedKey | null | undefined,
  ): Promise<ParkedKey | undefined>
}

export function openParkedEvents(store: Store): ParkedEvents {
  const collection = store.collection(parkedEvents(store.service))

  async function change(id: string, decide: (parked: ParkedKey | undefined) => ParkedKey | null | undefined) {
    for (;;) {
      const stored = await collection.get(id)
      const next = decide(stored?.value)
      if (next === undefined || next === stored?.value) return stored?.value
      if (next === null && !stored) return undefined
      const expectedVersion = stored?.version ?? (await collection.tombstone(id)) ?? 0
      try {
        await collection.commit({ id, expectedVersion, value: next })
        return next ?? undefined
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error
      }
    }
  }

  return {
    collection,
    get: (id) => collection.get(id),
    change,
    async append(id, event) {
      const parked = await change(id, (now) => now && withEvent(now, event))
      return parked !== undefined
    },
  }
}

/** @throws ParkingFull */
export function withEvent(parked: ParkedKey, event: Envelope): ParkedKey {
  if (parked.events.some(({ id }) => id === event.id)) return parked
  const bytes = parked.bytes + sizeOf(event)
  if (parked.events.length >= MOST_EVENTS || bytes > MOST_BYTES) {
    throw new ParkingFull(`${parked.events.length} events of one key wait for ${parked.consumer}`)
  }
  return { ...parked, events: [...parked.events, event], bytes }
}

/** What is left once these are handled; null: the key is free. Attempts start anew for the next in line. */
export function withoutEvents(
  parked: ParkedKey,
  handled: ReadonlySet<string>,
  now: string,
): ParkedKey | null {
  const events = parked.events.filter(({ id }) => !handled.has(id))
  if (events.length === 0) return null
  if (events.length === parked.events.length) return parked
  const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0)
  return { ...parked, state: 'retrying', events, bytes, attempts: 0, nextAttemptAt: now, deadSince: null }
}

export function sizeOf(event: Envelope): number {
  return Buffer.byteLength(JSON.stringify(event))
}
