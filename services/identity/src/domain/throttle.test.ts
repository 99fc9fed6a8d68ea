import { expect, test } from 'vitest'
import { afterFailure, pauseFor, type Tries } from './throttle.ts'

function failing(times: number, at: number): Tries | undefined {
  let tries: Tries | undefined
  for (let count = 0; count < times; count++) tries = afterFailure(tries, at)
  return tries
}

test('a few slips of the finger cost nothing', () => {
  expect(pauseFor(failing(4, 0), 0)).toBe(0)
})

test('then each failure doubles the pause, up to five minutes', () => {
  expect([5, 6, 7, 8].map((count) => pauseFor(failing(count, 0), 0))).toEqual([2, 4, 8, 16])
  expect(pauseFor(failing(100, 0), 0)).toBe(300)
})

test('nobody is locked out for ever: the pause passes, the count is forgotten', () => {
  expect(pauseFor(failing(100, 0), 300_000)).toBe(0)
  expect(afterFailure(failing(100, 0), 31 * 60_000).failures).toBe(1)
})
