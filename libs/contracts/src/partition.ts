/** A key's partition, for ever: readers of one partition see a key's events in order. */
export const PARTITIONS = 64

/** FNV-1a, 32 bit, over UTF-8. Changing it reorders the world (a test pins it). */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(key)) {
    hash ^= byte
    hash = Math.imul(hash, 0x01000193)
  }
  return (hash >>> 0) % PARTITIONS
}
