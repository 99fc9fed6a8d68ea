/**
 * The next ticket number, without a counter that all would wait for: a ticket's id is its number, so two copies that
 * try the same one are told apart by the store, and the later goes on to the next.
 */
import { VersionConflict } from '@guichet/store'
import type { Tickets } from './collections.ts'

const FIRST = 1001

export interface Numbers {
  /** Calls `take` with free numbers until one is not taken by another copy meanwhile. */
  allocate: <T>(take: (number: number) => Promise<T>) => Promise<T>
}

export function createNumbers(tickets: Tickets): Numbers {
  let last: Promise<number> | undefined

  async function highest(): Promise<number> {
    const { items } = await tickets.find({ index: 'opened', key: ['all'], limit: 1 })
    return items[0] ? Number(items[0].id) : FIRST - 1
  }

  /** Handed out one by one within this process. */
  async function next(): Promise<number> {
    const before = last ?? highest()
    const own = before.then((number) => number + 1)
    last = own
    // A store that did not answer once is asked again by the next.
    own.catch(() => (last = undefined))
    return await own
  }

  return {
    allocate: async (take) => {
      for (;;) {
        const number = await next()
        try {
          return await take(number)
        } catch (error) {
          if (!(error instanceof VersionConflict)) throw error
          await catchUp()
        }
      }
    },
  }

  /** Another copy is ahead: look where it is, rather than try each number in between. */
  async function catchUp(): Promise<void> {
    const seen = await highest()
    const before = last
    if (!before) return
    last = before.then((number) => Math.max(number, seen))
  }
}
