import { Failure } from '@guichet/contracts/failure'
import { StoreBusy, VersionConflict } from '@guichet/store'
import { expect, it } from 'vitest'
import { faultOf, nextAttemptIn, type Fault } from './policy.ts'

function attemptsUntilDead(fault: Fault): { attempts: number; seconds: number } {
  let ms = 0
  for (let attempts = 1; ; attempts += 1) {
    const wait = nextAttemptIn(attempts, fault)
    if (wait === undefined) return { attempts, seconds: ms / 1000 }
    ms += wait
  }
}

it('what passes by itself is tried for more than a day', () => {
  for (const error of [
    new VersionConflict('tickets', '1', 3),
    new StoreBusy('full'),
    new Failure('unavailable', { retryable: true }),
  ]) {
    const { seconds } = attemptsUntilDead(faultOf(error))
    expect(seconds).toBeGreaterThan(24 * 3600)
  }
})

it('a final failure and a defect are tried six times within a minute', () => {
  for (const error of [new Failure('not-found'), new TypeError('x is undefined'), 'thrown text']) {
    expect(attemptsUntilDead(faultOf(error))).toEqual({ attempts: 6, seconds: 31 })
  }
})

it('what cannot fit its schema is dead at once', () => {
  expect(nextAttemptIn(1, { code: 'unknown-schema', reason: '', dies: 'now' })).toBeUndefined()
})

it('pauses grow to a minute and no further', () => {
  const fault = faultOf(new StoreBusy('full'))
  expect([1, 2, 3, 6, 7, 8, 1000].map((attempts) => nextAttemptIn(attempts, fault))).toEqual([
    1000, 2000, 4000, 32_000, 60_000, 60_000, 60_000,
  ])
})

it('the reason of a defect quotes nothing', () => {
  expect(faultOf(new TypeError('Cannot read "le mot de passe"'))).toMatchObject({
    code: 'defect',
    reason: 'TypeError',
  })
})
