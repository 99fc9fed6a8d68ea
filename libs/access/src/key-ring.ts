/** The public keys of account tokens, fetched when a token names one that is not here yet. */

export interface KeyRing<Key> {
  /** undefined: identity does not sign with such a key. Rejects when identity cannot be asked. */
  find(kid: string): Promise<Key | undefined>
}

/** A key that identity no longer hands out is trusted no longer than this. */
const TRUST_SECONDS = 600
/** Made-up key ids must not become a stream of questions. */
const REFETCH_PAUSE_SECONDS = 2

export function createKeyRing<Key>(options: {
  now: () => Temporal.Instant
  fetch: () => Promise<readonly { kid: string; key: Key }[]>
}): KeyRing<Key> {
  const keys = new Map<string, { key: Key; since: number }>()
  let fetching: Promise<void> | undefined
  let fetchedAt = Number.NEGATIVE_INFINITY
  const seconds = () => options.now().epochMilliseconds / 1000

  const refetch = () =>
    (fetching ??= options
      .fetch()
      .then((handedOut) => {
        fetchedAt = seconds()
        for (const { kid, key } of handedOut) keys.set(kid, { key, since: fetchedAt })
      })
      .finally(() => (fetching = undefined)))

  const trusted = (kid: string) => {
    const entry = keys.get(kid)
    if (entry && seconds() - entry.since < TRUST_SECONDS) return entry.key
    keys.delete(kid)
    return undefined
  }

  return {
    async find(kid) {
      const known = trusted(kid)
      if (known) return known
      if (!fetching && seconds() - fetchedAt < REFETCH_PAUSE_SECONDS) return undefined
      await refetch()
      return trusted(kid)
    },
  }
}
