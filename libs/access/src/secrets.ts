/** One secret for the cluster, one key per purpose: RFC 5869 (HKDF) with SHA-256, 32 bytes. */
import { hkdfSync } from 'node:crypto'

/** Keys derived from the cluster secret, one per purpose (`mail-thread`, `blob-reference`). */
export interface Secrets {
  /** 32 bytes, the same in every process of the cluster, unrelated to the key of any other purpose. */
  key(purpose: string): Uint8Array
}

/** @param clusterSecret at least 32 bytes; shorter ones are refused, whoever made them. */
export function createSecrets(clusterSecret: Uint8Array): Secrets {
  if (clusterSecret.byteLength < 32) throw new Error('The cluster secret must have at least 32 bytes')
  const derived = new Map<string, Uint8Array>()
  return {
    key(purpose) {
      const known = derived.get(purpose)
      if (known) return known
      const key = new Uint8Array(hkdfSync('sha256', clusterSecret, 'guichet', purpose, 32))
      derived.set(purpose, key)
      return key
    },
  }
}
