import { expect, test } from 'vitest'
import { ACCOUNT, ACCOUNT_AT_PLACE, afterFailure, pauseFor, PLACE, type Tries } from './throttle.ts'

function failing(times: number, at = 0): Tries | undefined {
  let tries: Tries | undefined
  for (let count = 0; count < times; count++) tries = afterFailure(tries, at)
  return tries
}

test('a few slips of the finger cost nothing', () => {
  expect(pauseFor(failing(4), 0, ACCOUNT_AT_PLACE)).toBe(0)
})

test('then each failure doubles the pause, up to five minutes', () => {
  expect([5, 6, 7, 8].map((count) => pauseFor(failing(count), 0, ACCOUNT_AT_PLACE))).toEqual([2, 4, 8, 16])
  expect(pauseFor(failing(100), 0, ACCOUNT_AT_PLACE)).toBe(300)
})

test('an office that shares an address never waits long, however many of its people mistype', () => {
  expect(pauseFor(failing(29), 0, PLACE)).toBe(0)
  expect(pauseFor(failing(1000), 0, PLACE)).toBe(10)
})

test('guesses at one account from everywhere are slowed to one in half a minute', () => {
  expect(pauseFor(failing(49), 0, ACCOUNT)).toBe(0)
  expect(pauseFor(failing(1000), 0, ACCOUNT)).toBe(30)
})

test('nobody is locked out for ever: the pause passes, the count is forgotten', () => {
  expect(pauseFor(failing(100), 300_000, ACCOUNT_AT_PLACE)).toBe(0)
  expect(afterFailure(failing(100), 31 * 60_000).failures).toBe(1)
})
