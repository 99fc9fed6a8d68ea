import { Failure } from '@guichet/contracts/failure'
import { expect, test } from 'vitest'
import { ACCOUNT_AT_PLACE, MAILBOX } from './domain/throttle.ts'
import { createThrottle } from './throttle.ts'

const guesses = { key: 'anne@here', patience: ACCOUNT_AT_PLACE }
const wrong = () => Promise.reject(new Failure('wrong-credentials'))
const always = () => true
const codeOf = (error: unknown) => (error as Failure).code

test('a hundred guesses at once are counted like a hundred in a row: five are looked at', async () => {
  const throttle = createThrottle(() => 0)
  let lookedAt = 0
  const guess = () =>
    throttle.attempt(
      'here',
      [guesses],
      () => {
        lookedAt += 1
        return wrong()
      },
      always,
    )
  const codes = await Promise.all(Array.from({ length: 100 }, () => guess().catch(codeOf)))
  expect(lookedAt).toBe(5)
  expect(codes.filter((code) => code === 'too-many-attempts')).toHaveLength(95)
})

test('another lane does not wait for this one', async () => {
  const throttle = createThrottle(() => 0)
  const { promise, resolve } = Promise.withResolvers<string>()
  const slow = throttle.attempt('here', [guesses], () => promise, always)
  expect(await throttle.attempt('there', [], () => Promise.resolve('in'), always)).toBe('in')
  resolve('in, later')
  expect(await slow).toBe('in, later')
})

test('what is not wrong is not counted: a store that is down locks nobody out', async () => {
  const throttle = createThrottle(() => 0)
  const down = () =>
    throttle.attempt(
      'here',
      [guesses],
      () => Promise.reject(new Error('down')),
      () => false,
    )
  for (let times = 0; times < 20; times++) await expect(down()).rejects.toThrow('down')
})

test('being right forgets one’s failures', async () => {
  const throttle = createThrottle(() => 0)
  const guess = () => throttle.attempt('here', [guesses], wrong, always).catch(codeOf)
  for (let times = 0; times < 5; times++) await guess()
  expect(throttle.isTrusted(guesses.key)).toBe(false)
  throttle.trust(guesses.key)
  expect([throttle.isTrusted(guesses.key), await guess()]).toEqual([true, 'wrong-credentials'])
})

test('the refusal says how long to wait; after that it goes on', async () => {
  let now = 0
  const throttle = createThrottle(() => now)
  const guess = () => throttle.attempt('here', [guesses], wrong, always).catch((error: unknown) => error)
  for (let times = 0; times < 5; times++) await guess()
  expect(await guess()).toMatchObject({ code: 'too-many-attempts', params: { retryAfterSeconds: 2 } })
  now = 2000
  expect(await guess()).toMatchObject({ code: 'wrong-credentials' })
})

test('what is spent is counted whatever comes of it', () => {
  const throttle = createThrottle(() => 0)
  const mail = { key: 'anne', patience: MAILBOX }
  expect(Array.from({ length: 7 }, () => throttle.allows(mail))).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ])
  expect(() => throttle.spend(mail)).toThrow('too-many-attempts')
})
