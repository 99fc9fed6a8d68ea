import { VersionConflict } from '@guichet/store'

/** A document that this many writers in a row were faster on is busy. */
const MOST_TRIES = 20

/**
 * Read, decide, commit, again from the start when another writer came between. `work` must read inside and must not
 * do anything beside the commit that cannot be done twice. The last conflict goes to the caller, whom the door tells
 * `busy`.
 */
export async function retryOnConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries >= MOST_TRIES) throw error
      // Writers that collided once would collide again in step.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 * tries, 20)))
    }
  }
}
