/**
 * Between a log that is read in order and the handlers: a queue in memory per partition. Partitions go side by side,
 * a partition one item at a time, and an item leaves its queue only when it is handled.
 */
export interface QueueOptions<Item> {
  /** False: not handled; it stays first and its partition rests until `wake`. Never rejects. */
  handle: (item: Item, partition: number) => Promise<boolean>
  /** After each item that was handled, when it has left its queue. */
  onHandled: (item: Item, partition: number) => void
  /** After a partition came to rest: its queue is empty or its first item was not handled. */
  onRest: (partition: number) => void
}

export interface PartitionQueues<Item> {
  add(partition: number, item: Item): void
  length(partition: number): number
  first(partition: number): Item | undefined
  partitions(): Iterable<number>
  /** How many wait in partitions that get on: one whose first item takes this long does not count. */
  waiting(stuckAfterMs: number): number
  /** Partitions at rest that have something take it up again. */
  wake(): void
  /** Forgets everything; only while nothing is at work. */
  clear(): void
  /** How many partitions are at work. */
  atWork(): number
  /** Resolves when no partition is at work. */
  idle(): Promise<void>
}

interface Queue<Item> {
  items: Item[]
  /** When the first item was taken up; undefined at rest. */
  since: number | undefined
}

export function createPartitionQueues<Item>(options: QueueOptions<Item>): PartitionQueues<Item> {
  const queues = new Map<number, Queue<Item>>()
  const running = new Set<Promise<void>>()

  async function drain(partition: number, queue: Queue<Item>): Promise<void> {
    for (let item = queue.items[0]; item !== undefined; item = queue.items[0]) {
      queue.since = performance.now()
      if (!(await options.handle(item, partition))) break
      queue.items.shift()
      options.onHandled(item, partition)
    }
    queue.since = undefined
  }

  function start(partition: number, queue: Queue<Item>): void {
    if (queue.since !== undefined || queue.items.length === 0) return
    queue.since = performance.now()
    const work = drain(partition, queue)
    running.add(work)
    void work.then(() => {
      running.delete(work)
      options.onRest(partition)
    })
  }

  return {
    add: (partition, item) => {
      const queue = queues.get(partition) ?? { items: [], since: undefined }
      queues.set(partition, queue)
      queue.items.push(item)
      start(partition, queue)
    },
    length: (partition) => queues.get(partition)?.items.length ?? 0,
    first: (partition) => queues.get(partition)?.items[0],
    partitions: () => queues.keys(),
    waiting: (stuckAfterMs) => {
      const stuckSince = performance.now() - stuckAfterMs
      let count = 0
      for (const { items, since } of queues.values()) {
        if (since === undefined || since > stuckSince) count += items.length
      }
      return count
    },
    wake: () => {
      for (const [partition, queue] of queues) start(partition, queue)
    },
    clear: () => queues.clear(),
    atWork: () => running.size,
    idle: async () => {
      await Promise.all(running)
    },
  }
}
