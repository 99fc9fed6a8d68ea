import { expect, it } from 'vitest'
import { createTokenCache } from './token-cache.ts'

it('keeps the most recently used within its capacity', () => {
  const cache = createTokenCache<string>(2)
  cache.put('a', 'A', 100)
  cache.put('b', 'B', 100)
  expect(cache.get('a', 1)).toBe('A')
  cache.put('c', 'C', 100)
  expect(cache.get('b', 1)).toBeUndefined()
  expect(cache.get('a', 1)).toBe('A')
  expect(cache.get('c', 1)).toBe('C')
})

it('forgets what has expired', () => {
  const cache = createTokenCache<string>()
  cache.put('a', 'A', 100)
  expect(cache.get('a', 99.9)).toBe('A')
  expect(cache.get('a', 100)).toBeUndefined()
  expect(cache.get('a', 1)).toBeUndefined()
})
