/**
 * Events over the store's own log: a commit is the publication, a consumer is a position in the log. One reader per
 * consumer hands events out by partition: partitions go side by side, a partition one event at a time.
 */
import type { Envelope } from '@guichet/contracts/envelope'
import { partitionOf } from '@guichet/contracts/partition'
import type { LoggedEvent, SqliteLog } from '@guichet/store/sqlite'
import type { Events, RunningSubscription, Subscription } from './bus.ts'
import { encodeEvent } from './event-size.ts'
import { handleUntilDone } from './persist.ts'
import { handling, publishing } from './traced.ts'

const READ_AHEAD = 256
/** A partition that is blocked keeps this many; the rest are read again when it moves on, so that memory stays flat. */
const MOST_QUEUED = 64
/** How long a position may lag behind on disk: after a crash so much comes again. */
const SAVE_EVERY_MS = 500

export interface SqliteEventsOptions {
  log: SqliteLog
  /** A handler rejected: its partition waits and the event comes again. */
  onRejected: (consumer: string, error: unknown) => void
}

interface Partition {
  queue: LoggedEvent[]
  running: boolean
  /** Events from here on were not queued. */
  skippedFrom: number | undefined
}

interface Member {
  handle: Subscription['handle']
  underWay: Set<Promise<unknown>>
  stopped: AbortController
}

export function openSqliteEvents({ log, onRejected }: SqliteEventsOptions): Events {
  const groups = new Map<string, Group>()

  return {
    sharedWithStore: true,
    limits: {
      'competing-copies':
        'the embedded default is one process (the file is locked): copies inside it share a consumer, processes cannot',
    },
    publish: async (event) => {
      encodeEvent(event)
      await publishing('sqlite', event, () => log.append([event]))
    },
    subscribe: async (subscription) => {
      const known = groups.get(subscription.consumer)
      const group = known ?? (await createGroup(log, subscription, onRejected))
      if (!known) groups.set(subscription.consumer, group)
      return group.join(subscription.handle, () => groups.delete(subscription.consumer))
    },
    check: () => Promise.resolve(),
  }
}

interface Group {
  join: (handle: Subscription['handle'], whenEmpty: () => void) => RunningSubscription
}

async function createGroup(
  log: SqliteLog,
  { consumer, subjects, from }: Subscription,
  onRejected: SqliteEventsOptions['onRejected'],
): Promise<Group> {
  const members: Member[] = []
  const partitions = new Map<number, Partition>()
  const known = log.cursors.load(consumer)
  let readTo = known ?? (from === 'now' ? log.lastSeq() : 0)
  let saved = readTo
  let saving: NodeJS.Timeout | undefined
  if (known === undefined) await log.cursors.save(consumer, readTo)

  /** All before it are handled. */
  function lowWater(): number {
    let low = readTo
    for (const { queue, skippedFrom } of partitions.values()) {
      const first = queue[0]?.seq ?? skippedFrom
      if (first !== undefined && first - 1 < low) low = first - 1
    }
    return low
  }

  function saveSoon(): void {
    saving ??= setTimeout(() => void save(), SAVE_EVERY_MS).unref()
  }

  async function save(): Promise<void> {
    clearTimeout(saving)
    saving = undefined
    const position = lowWater()
    if (position === saved) return
    saved = position
    await log.cursors.save(consumer, position)
  }

  function partitionFor(key: string): [number, Partition] {
    const number = partitionOf(key)
    const partition = partitions.get(number) ?? { queue: [], running: false, skippedFrom: undefined }
    partitions.set(number, partition)
    return [number, partition]
  }

  function queuedCount(): number {
    let count = 0
    for (const { queue } of partitions.values()) count += queue.length
    return count
  }

  function readOn(): void {
    while (members.length > 0 && queuedCount() < READ_AHEAD) {
      const events = log.read(readTo, READ_AHEAD, subjects)
      if (events.length === 0) return
      for (const event of events) {
        const [number, partition] = partitionFor(event.envelope.key)
        if (partition.skippedFrom === undefined && partition.queue.length < MOST_QUEUED) {
          partition.queue.push(event)
          run(number, partition)
        } else {
          partition.skippedFrom ??= event.seq
        }
        readTo = event.seq
      }
    }
  }

  /** A partition that fell behind catches up from the log before it joins the others again. */
  function refill(number: number, partition: Partition): void {
    if (partition.skippedFrom === undefined) return
    let from = partition.skippedFrom - 1
    partition.skippedFrom = undefined
    while (from < readTo) {
      const events = log.read(from, READ_AHEAD, subjects).filter(({ seq }) => seq <= readTo)
      for (const event of events) {
        from = event.seq
        if (partitionOf(event.envelope.key) !== number) continue
        if (partition.queue.length >= MOST_QUEUED) {
          partition.skippedFrom = event.seq
          return
        }
        partition.queue.push(event)
      }
      if (events.length === 0) return
    }
  }

  function run(number: number, partition: Partition): void {
    if (partition.running) return
    partition.running = true
    void drain(number, partition).finally(() => {
      partition.running = false
      if (partition.queue.length > 0 && members.length > 0) run(number, partition)
      readOn()
      saveSoon()
    })
  }

  async function drain(number: number, partition: Partition): Promise<void> {
    for (;;) {
      if (partition.queue.length === 0) refill(number, partition)
      const next = partition.queue[0]
      const member = members[number % members.length]
      if (!next || !member) return
      if (await handledBy(member, next.envelope)) partition.queue.shift()
    }
  }

  async function handledBy(member: Member, event: Envelope): Promise<boolean> {
    const work = handleUntilDone(
      () => handling('sqlite', event, () => member.handle(event)),
      member.stopped.signal,
      (error) => onRejected(consumer, error),
    )
    member.underWay.add(work)
    try {
      return await work
    } finally {
      member.underWay.delete(work)
    }
  }

  const forget = log.onAppend(readOn)

  return {
    join: (handle, whenEmpty) => {
      const member: Member = { handle, underWay: new Set(), stopped: new AbortController() }
      members.push(member)
      // Not in this turn: whoever subscribes is told first that it has.
      setImmediate(() => {
        for (const [number, partition] of partitions) if (partition.queue.length > 0) run(number, partition)
        readOn()
      })
      return {
        stop: async () => {
          const index = members.indexOf(member)
          if (index >= 0) members.splice(index, 1)
          member.stopped.abort()
          if (members.length === 0) {
            forget()
            whenEmpty()
          }
          await Promise.allSettled(member.underWay)
          await save()
        },
        lag: () => Promise.resolve(log.countAfter(lowWater(), subjects)),
      }
    },
  }
}
