import { expect, test } from 'vitest'
import { afterRefusal } from './retry.ts'

const asked = Temporal.Instant.from('2026-11-24T10:00:00Z')
const after = (hours: number) => asked.add({ hours })

test('a 5xx is final', () => {
  expect(afterRefusal(550, 1, asked, asked)).toEqual({ failed: true })
})

test.each([421, 450, undefined])('%s is tried again, at growing intervals, hourly at last', (code) => {
  const waits = [1, 2, 3, 20].map((attempts) => {
    const verdict = afterRefusal(code, attempts, asked, asked)
    return 'retryAt' in verdict ? verdict.retryAt.since(asked).total('seconds') : 0
  })
  expect(waits).toEqual([10, 20, 40, 3600])
})

test('after five days it has failed', () => {
  expect(afterRefusal(451, 100, asked, after(119))).toHaveProperty('retryAt')
  expect(afterRefusal(451, 100, asked, after(120))).toEqual({ failed: true })
})
