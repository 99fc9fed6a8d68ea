import { expect, test } from 'vitest'
import { nextStamp } from './stamp.ts'

test('each stamp sorts after the one before, within a millisecond too', () => {
  const stamps = Array.from({ length: 10_000 }, nextStamp)
  expect(stamps.toSorted()).toEqual(stamps)
  expect(new Set(stamps).size).toBe(stamps.length)
})
