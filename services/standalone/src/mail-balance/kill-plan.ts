/** Where between two commits a desk is killed: counted over the commits and contents of all its services. */
import type { Blobs, Collection, CollectionDefinition, Store } from '@guichet/store'

export interface KillPlan {
  /** Commits that still come before; Infinity: it lives. */
  commitsLeft: number
  /** The last one: `lost` before it was on disk, `kept` after, with its answer lost. */
  last: 'lost' | 'kept'
  killed: boolean
}

/** Changes the store in place, since a service's store is known by its identity. `kill` copies what is on disk. */
export function killBeforeOrAfterCommit(store: Store, plan: KillPlan, kill: () => void): void {
  async function write<T>(work: () => Promise<T>): Promise<T> {
    plan.commitsLeft -= 1
    const isLast = plan.commitsLeft < 0
    if (isLast && plan.last === 'lost') kill()
    const done = await work()
    if (isLast) kill()
    return done
  }

  const open = store.collection.bind(store)
  const collection = <T, Indexes extends string>(definition: CollectionDefinition<T, Indexes>) => {
    const inner = open(definition)
    const counted: Collection<T, Indexes> = {
      ...inner,
      name: inner.name,
      commit: (change) => write(() => inner.commit(change)),
    }
    return counted
  }
  const { blobs } = store
  const countedBlobs: Blobs = {
    ...blobs,
    put: (id, content, options) => write(() => blobs.put(id, content, options)),
  }
  Object.assign(store, { collection, blobs: countedBlobs })
}
