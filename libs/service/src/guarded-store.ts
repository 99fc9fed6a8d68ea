/**
 * A service's store, with a door for its events: only those the service declared in `emits`, only data that fits
 * the contract, only what the bus can carry. Refused before anything is written, because what is recorded stays.
 */
import { schemaFaults } from '@guichet/contracts/check'
import type { EventContract } from '@guichet/contracts/definition'
import { MAX_EVENT_BYTES } from '@guichet/contracts/envelope'
import type { Collection, CollectionDefinition, NewEvent, Store } from '@guichet/store'
import { currentTrace } from '@guichet/telemetry'

/** A defect of the service that commits: its message names fields and codes, never values. */
export class EventRefused extends Error {
  override name = 'EventRefused'
}

type Declare = (emits: readonly EventContract[]) => void

const guards = new WeakMap<Store, Declare>()
/** Room for the version and number that the store puts into an event's id. */
const ID_ROOM = 40

/** Commits with events are refused until `createService` has said what the service emits. */
export function guardedStore(store: Store): Store {
  const emits = new Map<string, EventContract>()

  function checked(collection: string, id: string, event: NewEvent): NewEvent {
    const contract = emits.get(`${event.subject}@${event.version}`)
    if (!contract) {
      throw new EventRefused(`${store.service} does not emit ${event.subject} version ${event.version}`)
    }
    const faults = schemaFaults(contract.data, event.data)
    if (faults.length > 0) {
      const places = faults.map(({ path, code }) => `${path}: ${code}`).join(', ')
      throw new EventRefused(`${event.subject} does not fit its contract (${places})`)
    }
    const stamped = event.trace ? event : { ...event, trace: currentTrace() }
    const bytes = Buffer.byteLength(JSON.stringify(stamped)) + collection.length + 2 * id.length + ID_ROOM
    if (bytes > MAX_EVENT_BYTES) {
      throw new EventRefused(
        `${event.subject} has ${bytes} bytes, ${MAX_EVENT_BYTES} at most: refer to contents`,
      )
    }
    return stamped
  }

  function guarded<T, Indexes extends string>(inner: Collection<T, Indexes>): Collection<T, Indexes> {
    return {
      name: inner.name,
      get: (id) => inner.get(id),
      getMany: (ids) => inner.getMany(ids),
      find: (query) => inner.find(query),
      count: (query) => inner.count(query),
      search: (query) => inner.search(query),
      history: (id, after) => inner.history(id, after),
      tombstone: (id) => inner.tombstone(id),
      async commit(change) {
        if (!change.events?.length) return inner.commit(change)
        return inner.commit({
          ...change,
          events: change.events.map((event) => checked(inner.name, change.id, event)),
        })
      },
    }
  }

  const guard: Store = {
    service: store.service,
    blobs: store.blobs,
    outbox: store.outbox,
    collection: <T, Indexes extends string>(definition: CollectionDefinition<T, Indexes>) =>
      guarded(store.collection(definition)),
    recorded: (after) => store.recorded(after),
  }
  guards.set(guard, (contracts) => {
    for (const contract of contracts) emits.set(`${contract.subject}@${contract.version}`, contract)
  })
  return guard
}

/** @throws Error for a store that has no guard: a service must not be able to go around it. */
export function declareEmits(store: Store, emits: readonly EventContract[]): void {
  const declare = guards.get(store)
  if (!declare) throw new Error(`The store of ${store.service} has no guard: hand in guardedStore(store)`)
  declare(emits)
}
