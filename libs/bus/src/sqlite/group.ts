/** The copies of one consumer within this process: one reader of the log, which hands events out by partition. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { partitionOf } from '@guichet/contracts/partition'
import type { LoggedEvent, SqliteLog } from '@guichet/store/sqlite'
import type { Subscription } from '../bus.ts'
import { createPartitionQueues } from '../partition-queues.ts'
import { handleUntilDone } from '../persist.ts'
import { handling } from '../traced.ts'
import { createCursor } from './cursor.ts'

/** A page of the log; with so many waiting, nothing more is read. */
const PAGE = 256
/** A partition has at most so many in memory; the rest is read again when its turn comes, so that memory stays flat. */
const MOST_QUEUED = 64
/** A partition whose event takes longer than this no longer holds up the reading for the others. */
const STUCK_AFTER_MS = 1000

interface Member {
  handle: Subscription['handle']
  stopped: AbortController
  underWay: Set<Promise<unknown>>
}

export interface Group {
  join(subscription: Subscription): { stop(): Promise<void> }
  isEmpty(): boolean
  /** At most this many: while a partition is behind, others' events count with it. */
  lag(): Promise<number>
  close(): void
}

export async function openGroup(
  log: SqliteLog,
  { consumer, subjects, from }: Subscription,
  onRejected: (consumer: string, error: unknown) => void,
): Promise<Group> {
  const cursor = await createCursor(log, consumer, from)
  const members: Member[] = []
  /** Partitions that have more to handle than memory holds: all of theirs up to here is handled or queued. */
  const behind = new Map<number, { from: number; catchingUp: boolean }>()
  let readTo = cursor.start
  let reading: NodeJS.Immediate | undefined
  let lookingAgain: NodeJS.Timeout | undefined

  const queues = createPartitionQueues<LoggedEvent>({
    handle,
    onHandled: () => cursor.saveSoon(lowWater),
    onRest: (partition) => {
      // Its copy has stopped: another one takes it up.
      if (members.length > 0 && queues.length(partition) > 0) queues.wake()
      void catchUp(partition)
      readSoon()
    },
  })

  async function handle({ envelope }: LoggedEvent, partition: number): Promise<boolean> {
    const member = members[partition % members.length]
    if (!member) return false
    const work = handleUntilDone(
      () => handling('sqlite', envelope, () => member.handle(envelope)),
      member.stopped.signal,
      (error) => onRejected(consumer, error),
    )
    member.underWay.add(work)
    const handled = await work
    member.underWay.delete(work)
    return handled
  }

  /** All before it are handled. */
  function lowWater(): number {
    let low = readTo
    for (const [partition, { from: start }] of behind) {
      if (queues.length(partition) === 0) low = Math.min(low, start)
    }
    for (const partition of queues.partitions()) {
      const first = queues.first(partition)
      if (first) low = Math.min(low, first.seq - 1)
    }
    return low
  }

  function readSoon(): void {
    reading ??= setImmediate(() => {
      reading = undefined
      readPage()
    })
  }

  /** One page per turn of the event loop: a long history holds nobody up. */
  function readPage(): void {
    if (members.length === 0) return
    if (queues.waiting(STUCK_AFTER_MS) >= PAGE) {
      clearTimeout(lookingAgain)
      lookingAgain = setTimeout(readSoon, STUCK_AFTER_MS).unref()
      return
    }
    const end = log.lastSeq()
    if (end <= readTo) return
    const events = log.read(readTo, PAGE, subjects)
    for (const event of events) place(event)
    readTo = events.length < PAGE ? end : (events.at(-1)?.seq ?? end)
    cursor.passed(lowWater)
    if (readTo < end) readSoon()
  }

  function place(event: LoggedEvent): void {
    const partition = partitionOf(event.envelope.key)
    if (behind.has(partition)) return
    if (queues.length(partition) < MOST_QUEUED) queues.add(partition, event)
    else behind.set(partition, { from: event.seq - 1, catchingUp: false })
  }

  /** A partition that fell behind reads its own again before it joins the others. */
  async function catchUp(partition: number): Promise<void> {
    const own = behind.get(partition)
    if (!own || own.catchingUp || queues.length(partition) > 0) return
    own.catchingUp = true
    while (members.length > 0 && behind.has(partition) && queues.length(partition) < MOST_QUEUED) {
      const page = log.read(own.from, MOST_QUEUED, subjects).filter(({ seq }) => seq <= readTo)
      for (const event of page) {
        if (partitionOf(event.envelope.key) === partition) {
          if (queues.length(partition) >= MOST_QUEUED) break
          queues.add(partition, event)
        }
        own.from = event.seq
      }
      if (page.length < MOST_QUEUED && own.from >= (page.at(-1)?.seq ?? 0)) behind.delete(partition)
      else await nextTurn()
    }
    own.catchingUp = false
  }

  const forget = log.onAppend(readSoon)

  return {
    join: (subscription) => {
      if (subscription.subjects.toSorted().join() !== subjects.toSorted().join())
        throw new TypeError(`copies of ${consumer} listen to different subjects`)
      const member: Member = {
        handle: subscription.handle,
        stopped: new AbortController(),
        underWay: new Set(),
      }
      members.push(member)
      // Not in this turn: whoever subscribes is told first that it has.
      setImmediate(() => {
        queues.wake()
        for (const partition of behind.keys()) void catchUp(partition)
        readPage()
      })
      return {
        stop: async () => {
          const index = members.indexOf(member)
          if (index >= 0) members.splice(index, 1)
          member.stopped.abort()
          await Promise.all(member.underWay)
          if (members.length > 0) return
          // What was handled has left its queue only when the partitions rest.
          await queues.idle()
          await cursor.save(lowWater).catch((error: unknown) => onRejected(consumer, error))
        },
      }
    },
    isEmpty: () => members.length === 0,
    lag: () => {
      let queued = 0
      for (const partition of queues.partitions()) queued += queues.length(partition)
      const unread = log.countAfter(readTo, subjects)
      const [start] = [...behind.values()].map((own) => own.from).sort((a, b) => a - b)
      const skipped = start === undefined ? 0 : log.countAfter(start, subjects) - unread
      return Promise.resolve(unread + queued + skipped)
    },
    close: () => {
      forget()
      clearImmediate(reading)
      clearTimeout(lookingAgain)
      cursor.close()
    },
  }
}
