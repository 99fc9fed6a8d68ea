import { expect, it } from 'vitest'
import { createPartitionQueues } from './partition-queues.ts'

/** Handling that ends when the test says so. */
function byHand() {
  const atWork = new Map<string, (handled: boolean) => void>()
  return {
    atWork,
    handle: (item: string) => new Promise<boolean>((resolve) => atWork.set(item, resolve)),
    async end(item: string, handled = true): Promise<void> {
      atWork.get(item)?.(handled)
      atWork.delete(item)
      // What follows from it is done in this turn's microtasks.
      await new Promise(setImmediate)
    },
  }
}

it('partitions go side by side, a partition one item at a time, in order', async () => {
  const hands = byHand()
  const handled: string[] = []
  const queues = createPartitionQueues({
    handle: hands.handle,
    onHandled: (item) => handled.push(item),
    onRest: () => {},
  })
  for (const item of ['a1', 'a2', 'b1']) queues.add(item.startsWith('a') ? 1 : 2, item)
  expect([...hands.atWork.keys()]).toEqual(['a1', 'b1'])
  await hands.end('b1')
  await hands.end('a1')
  expect([...hands.atWork.keys()]).toEqual(['a2'])
  await hands.end('a2')
  expect(handled).toEqual(['b1', 'a1', 'a2'])
  expect(queues.atWork()).toBe(0)
})

it('what was not handled stays first until it is woken', async () => {
  const hands = byHand()
  const rested: number[] = []
  const queues = createPartitionQueues({
    handle: hands.handle,
    onHandled: () => {},
    onRest: (partition) => rested.push(partition),
  })
  queues.add(7, 'first')
  queues.add(7, 'second')
  await hands.end('first', false)
  expect(rested).toEqual([7])
  expect(queues.first(7)).toBe('first')
  expect(hands.atWork.size).toBe(0)
  queues.wake()
  expect([...hands.atWork.keys()]).toEqual(['first'])
  await hands.end('first')
  expect([...hands.atWork.keys()]).toEqual(['second'])
})

it('a partition that does not get on is not counted among those that wait', async () => {
  const hands = byHand()
  const queues = createPartitionQueues({ handle: hands.handle, onHandled: () => {}, onRest: () => {} })
  queues.add(1, 'one')
  queues.add(1, 'two')
  queues.add(2, 'three')
  expect(queues.waiting(60_000)).toBe(3)
  expect(queues.waiting(0)).toBe(0)
  await hands.end('three')
  expect(queues.waiting(60_000)).toBe(2)
})

it('idle waits for what is at work', async () => {
  const hands = byHand()
  const queues = createPartitionQueues({ handle: hands.handle, onHandled: () => {}, onRest: () => {} })
  queues.add(1, 'one')
  let idle = false
  const waited = queues.idle().then(() => (idle = true))
  await new Promise(setImmediate)
  expect(idle).toBe(false)
  await hands.end('one')
  await waited
  expect(queues.atWork()).toBe(0)
})
