import { expect, test } from 'vitest'
import { afterRefusal, holdSeconds, isOfTheRelay } from './retry.ts'

const asked = Temporal.Instant.from('2026-11-24T10:00:00Z')
const after = (hours: number) => asked.add({ hours })

test.each([
  ['RCPT TO', 550],
  ['DATA', 554],
])('a 5xx to this mail (%s %i) is final', (command, code) => {
  expect(afterRefusal({ command, code }, 1, asked, asked)).toEqual({ failed: true })
})

test.each([
  ['a wrong password', 'AUTH', 535],
  ['a login asked for', 'MAIL FROM', 530],
  ['encryption asked for before the login', 'AUTH', 538],
  ['a door that is closed', 'CONN', 554],
  ['a sender that the relay does not take', 'MAIL FROM', 550],
  ['no TLS', 'STARTTLS', 502],
  ['nobody there', 'CONN', undefined],
])('%s is the relay’s: no mail fails for it', (_what, command, code) => {
  expect(isOfTheRelay({ command, code })).toBe(true)
  expect(afterRefusal({ command, code }, 1, asked, asked)).toHaveProperty('retryAt')
})

test.each([421, 450, undefined])('%s is tried again, at growing intervals, hourly at last', (code) => {
  const waits = [1, 2, 3, 20].map((attempts) => {
    const verdict = afterRefusal({ command: 'DATA', code }, attempts, asked, asked)
    return 'retryAt' in verdict ? verdict.retryAt.since(asked).total('seconds') : 0
  })
  expect(waits).toEqual([10, 20, 40, 3600])
})

test('after five days it has failed', () => {
  const later = { command: 'DATA', code: 451 }
  expect(afterRefusal(later, 100, asked, after(119))).toHaveProperty('retryAt')
  expect(afterRefusal(later, 100, asked, after(120))).toEqual({ failed: true })
})

test('the queue is held for ten minutes at most', () => {
  expect([1, 2, 5, 50].map(holdSeconds)).toEqual([10, 20, 160, 600])
})
