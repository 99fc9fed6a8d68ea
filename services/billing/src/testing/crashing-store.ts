/**
 * A store whose process dies, for tests: after so many writes every further call fails, as if nobody were there any
 * more, until the process is "started again". Billing keeps nothing in memory, so that is all a restart is.
 */
import type { Blobs, Collection, CollectionDefinition, Store } from '@guichet/store'

export class Crash extends Error {
  override name = 'Crash'
}

export interface CrashPlan {
  /** Writes that still succeed; Infinity: no crash. */
  writesLeft: number
  /** The last write: `lost` before it happened, `kept` after, with its answer lost. */
  last: 'lost' | 'kept'
}

/** What is not billing's own (leases, parked events) goes on. */
const OWN = new Set([
  'prestations',
  'contracts',
  'pack-ledgers',
  'day-ledgers',
  'invoices',
  'invoice-runs',
  'invoice-series',
  'sellers',
])

/** Changes the store in place, since a service's store is known by its identity. */
export function makeCrashing(store: Store, plan: CrashPlan): void {
  let dead = false

  async function write<T>(work: () => Promise<T>): Promise<T> {
    alive()
    if (plan.writesLeft > 0) {
      plan.writesLeft -= 1
      return work()
    }
    dead = true
    if (plan.last === 'kept') await work()
    throw new Crash()
  }

  function alive(): void {
    if (plan.writesLeft === Infinity) dead = false
    if (dead) throw new Crash()
  }

  const reading =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      alive()
      return work(...args)
    }

  const open = store.collection.bind(store)
  const collection = <T, Indexes extends string>(definition: CollectionDefinition<T, Indexes>) => {
    const inner = open(definition)
    if (!OWN.has(definition.name)) return inner
    const crashing: Collection<T, Indexes> = {
      ...inner,
      name: inner.name,
      get: reading((id) => inner.get(id)),
      getMany: reading((ids) => inner.getMany(ids)),
      find: reading((query) => inner.find(query)),
      tombstone: reading((id) => inner.tombstone(id)),
      commit: (change) => write(() => inner.commit(change)),
    }
    return crashing
  }
  const { blobs } = store
  const crashingBlobs: Blobs = {
    read: (id) => blobs.read(id),
    open: (id) => blobs.open(id),
    info: (id) => blobs.info(id),
    remove: (id) => write(() => blobs.remove(id)),
    sweepLoose: (before) => write(() => blobs.sweepLoose(before)),
    put: (id, content, options) => write(() => blobs.put(id, content, options)),
  }
  Object.assign(store, { collection, blobs: crashingBlobs })
}
