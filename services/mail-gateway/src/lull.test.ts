import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLull } from './lull.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** How many of those who wait have gone on. */
function waitingFor(lull: ReturnType<typeof createLull>, count: number) {
  const gone: number[] = []
  for (let index = 0; index < count; index++) void lull.next().then(() => gone.push(index))
  return gone
}

test('nobody at the door: nothing waits', async () => {
  const gone = waitingFor(createLull(), 3)
  await vi.advanceTimersByTimeAsync(0)
  expect(gone).toEqual([0, 1, 2])
})

test('all go on in the first lull', async () => {
  const lull = createLull()
  lull.stirred()
  const gone = waitingFor(lull, 100)
  await vi.advanceTimersByTimeAsync(3)
  lull.stirred()
  await vi.advanceTimersByTimeAsync(4)
  expect(gone).toEqual([])
  await vi.advanceTimersByTimeAsync(3)
  expect(gone).toHaveLength(100)
})

test('a burst without end holds nothing up for ever: some go on every tenth of a second, first come first', async () => {
  const lull = createLull()
  lull.stirred()
  const gone = waitingFor(lull, 40)
  for (let ms = 0; ms < 250; ms += 2) {
    await vi.advanceTimersByTimeAsync(2)
    lull.stirred()
  }
  expect(gone).toEqual(Array.from({ length: 32 }, (_, index) => index))
  await vi.advanceTimersByTimeAsync(10)
  expect(gone).toHaveLength(40)
})
