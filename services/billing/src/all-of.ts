import type { Collection, Stored } from '@guichet/store'

/** As many as a collection gives at once. */
const AT_ONCE = 100

/** Those that exist, however many are asked for. */
export async function allOf<T>(
  collection: Pick<Collection<T>, 'getMany'>,
  ids: readonly string[],
): Promise<Stored<T>[]> {
  const found: Stored<T>[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE)
    found.push(...(await collection.getMany(ids.slice(at, at + AT_ONCE))))
  return found
}
