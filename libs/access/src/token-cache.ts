/** Verified tokens until they expire, the least recently used thrown out first: a signature is checked once. */
const CAPACITY = 5000

export interface TokenCache<T> {
  get(token: string, nowSeconds: number): T | undefined
  put(token: string, value: T, expiresSeconds: number): void
}

export function createTokenCache<T>(capacity = CAPACITY): TokenCache<T> {
  // A Map keeps the order of insertion: taking out and putting back makes an entry the youngest.
  const entries = new Map<string, { value: T; expires: number }>()
  return {
    get(token, nowSeconds) {
      const entry = entries.get(token)
      if (!entry) return undefined
      entries.delete(token)
      if (entry.expires <= nowSeconds) return undefined
      entries.set(token, entry)
      return entry.value
    },
    put(token, value, expires) {
      entries.set(token, { value, expires })
      if (entries.size <= capacity) return
      const oldest = entries.keys().next()
      if (!oldest.done) entries.delete(oldest.value)
    },
  }
}
