import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLull } from './lull.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] }))
afterEach(() => void vi.useRealTimers())

type Lull = ReturnType<typeof createLull>

/** Which of so many pieces of work have begun; each takes so long. */
function work(lull: Lull, count: number, takesMs = 0): number[] {
  const begun: number[] = []
  for (let index = 0; index < count; index++)
    void lull.after(async () => {
      begun.push(index)
      await new Promise((resolve) => setTimeout(resolve, takesMs))
    })
  return begun
}

/** Somebody talks all the time. */
async function talk(lull: Lull, forMs: number): Promise<void> {
  for (let ms = 0; ms < forMs; ms += 2) {
    await vi.advanceTimersByTimeAsync(2)
    lull.stirred()
  }
}

test('nobody at the door: nothing waits', async () => {
  const begun = work(createLull(), 3)
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toEqual([0, 1, 2])
})

test('all go on in the first lull', async () => {
  const lull = createLull()
  lull.stirred()
  const begun = work(lull, 100)
  await talk(lull, 20)
  expect(begun).toEqual([])
  await vi.advanceTimersByTimeAsync(20)
  expect(begun).toHaveLength(100)
})

test('a sender who is heard only after this process was busy has not been quiet', async () => {
  const lull = createLull()
  lull.stirred()
  const begun = work(lull, 1)
  // Busy: the timer is late, and what the sender said meanwhile is heard right after it.
  await vi.advanceTimersByTimeAsync(6)
  lull.stirred()
  await vi.advanceTimersByTimeAsync(6)
  lull.stirred()
  await vi.advanceTimersByTimeAsync(4)
  expect(begun).toEqual([])
  await vi.advanceTimersByTimeAsync(20)
  expect(begun).toEqual([0])
})

test('a burst without end holds nothing up for ever: few go on at a time, first come first', async () => {
  const lull = createLull()
  lull.stirred()
  const begun = work(lull, 40)
  await talk(lull, 90)
  expect(begun).toEqual([])
  await talk(lull, 20)
  expect(begun).toEqual(Array.from({ length: 16 }, (_, index) => index))
  await talk(lull, 240)
  expect(begun).toEqual(Array.from({ length: 40 }, (_, index) => index))
})

test('the door has three times as long as the few took', async () => {
  const lull = createLull()
  lull.stirred()
  const begun = work(lull, 32, 100)
  await talk(lull, 110)
  expect(begun).toHaveLength(16)
  // They are done at about 200; three times a hundred later the next ones go on.
  await talk(lull, 350)
  expect(begun).toHaveLength(16)
  await talk(lull, 100)
  expect(begun).toHaveLength(32)
})

test('those that never end hold nobody else up for longer than a second', async () => {
  const lull = createLull()
  lull.stirred()
  const begun = work(lull, 32, 60_000)
  await talk(lull, 1000)
  expect(begun).toHaveLength(16)
  await talk(lull, 200)
  expect(begun).toHaveLength(32)
})

test('work that fails is over too, and its failure is its caller’s', async () => {
  const lull = createLull()
  await expect(lull.after(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
