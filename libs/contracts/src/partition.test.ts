import { expect, test } from 'vitest'
import { partitionOf, PARTITIONS } from './partition.ts'

// FNV-1a test vectors (draft-eastlake-fnv, appendix C): '' 811c9dc5, 'a' e40c292c, 'foobar' bf9cf968.
test.each([
  ['', 0x811c9dc5 % 64],
  ['a', 0xe40c292c % 64],
  ['foobar', 0xbf9cf968 % 64],
])('%j keeps its partition for ever', (key, partition) => {
  expect(partitionOf(key)).toBe(partition)
})

test('keys spread over all partitions', () => {
  const seen = new Set(Array.from({ length: 2000 }, (_, number) => partitionOf(String(1001 + number))))
  expect(seen.size).toBe(PARTITIONS)
})
