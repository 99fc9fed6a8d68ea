/**
 * Two stories at the same moment, call by call of the store: each waits before every call, and the test says whose is
 * next. So every order of their reads and writes can be tried, on any engine.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Collection, CollectionDefinition, Store } from '@guichet/store'

export type Teller = 'one' | 'other'

export interface Turns {
  /** Every call of these stories waits for its turn; calls of others (timers) do not. */
  watch(store: Store): void
  /** `whose`: asked while both wait, by how many calls each has made. */
  both<A, B>(
    one: () => Promise<A>,
    other: () => Promise<B>,
    whose: (made: Readonly<Record<Teller, number>>) => Teller,
  ): Promise<[PromiseSettledResult<A>, PromiseSettledResult<B>]>
}

interface Waiting {
  teller: Teller
  go: () => void
}

export function createTurns(): Turns {
  const teller = new AsyncLocalStorage<Teller>()
  const waiting: Waiting[] = []
  const running = new Set<Teller>()
  const made: Record<Teller, number> = { one: 0, other: 0 }
  let whose: (made: Readonly<Record<Teller, number>>) => Teller = () => 'one'

  let isCalling = false

  /** The next call goes once nobody is between two calls: which one it is hangs on the test alone. */
  function next(): void {
    if (isCalling || ![...running].every((name) => waiting.some((one) => one.teller === name))) return
    if (waiting.length === 0) return
    const name = running.size === 2 ? whose(made) : [...running][0]
    const at = waiting.findIndex((one) => one.teller === name)
    const [turn] = waiting.splice(at, 1)
    if (!turn) return
    made[turn.teller] += 1
    isCalling = true
    turn.go()
  }

  async function call<T>(work: () => Promise<T>): Promise<T> {
    const name = teller.getStore()
    if (name === undefined || !running.has(name)) return work()
    await new Promise<void>((go) => {
      waiting.push({ teller: name, go })
      next()
    })
    try {
      return await work()
    } finally {
      isCalling = false
      // What one story asks for at once waits already.
      next()
    }
  }

  async function told<T>(name: Teller, story: () => Promise<T>): Promise<T> {
    try {
      return await teller.run(name, story)
    } finally {
      running.delete(name)
      next()
    }
  }

  return {
    watch(store) {
      const open = store.collection.bind(store)
      const collection = <T, Indexes extends string>(definition: CollectionDefinition<T, Indexes>) => {
        const inner = open(definition)
        const watched: Collection<T, Indexes> = {
          ...inner,
          name: inner.name,
          get: (id) => call(() => inner.get(id)),
          getMany: (ids) => call(() => inner.getMany(ids)),
          find: (query) => call(() => inner.find(query)),
          tombstone: (id) => call(() => inner.tombstone(id)),
          commit: (change) => call(() => inner.commit(change)),
        }
        return watched
      }
      Object.assign(store, { collection })
    },
    async both(one, other, choose) {
      whose = choose
      Object.assign(made, { one: 0, other: 0 })
      running.add('one').add('other')
      return Promise.allSettled([told('one', one), told('other', other)])
    },
  }
}
