import { expect, test } from 'vitest'
import { differenceOf } from './same-time.ts'

/** A repeatable scatter around a middle. */
const around = (middle: number, seed: number) =>
  Array.from({ length: 200 }, (_, index) => middle + ((index * 7919 + seed * 104_729) % 100) / 100)

test('the same work is the same; a tenth of its scatter more is not yet told apart, all of it is', () => {
  expect(Math.abs(differenceOf(around(20, 1), around(20, 2)))).toBeLessThan(1)
  expect(Math.abs(differenceOf(around(20, 1), around(20.05, 2)))).toBeLessThan(4)
  expect(Math.abs(differenceOf(around(20, 1), around(21, 2)))).toBeGreaterThan(10)
})

test('worked by hand: 1 2 against 3 4 has U = 0, its mean is 2, its deviation √(20/12)', () => {
  expect(differenceOf([1, 2], [3, 4])).toBeCloseTo(-2 / Math.sqrt(20 / 12))
  expect(differenceOf([1, 1], [1, 1])).toBe(0)
})
