/**
 * Events on JetStream. The 64 partitions are shared out over 16 lanes; a lane is one durable JetStream consumer that
 * may have one event unacknowledged (`max_ack_pending: 1`), whichever copy holds it. So a key's events are never with
 * two copies, nothing overtakes what waits, and a copy that dies holds up a lane only until `ack_wait`.
 */
import type { Envelope } from '@guichet/contracts/envelope'
import { partitionOf, PARTITIONS } from '@guichet/contracts/partition'
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type ConsumerMessages,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream'
import { nanos, type NatsConnection } from '@nats-io/transport-node'
import type { Events, RunningSubscription, Subscription } from '../bus.ts'
import { encodeEvent } from '../event-size.ts'
import { handleUntilDone } from '../persist.ts'
import { handling, publishing } from '../traced.ts'

const STREAM = 'guichet-events'
const LANES = 16
const DAY_MS = 24 * 60 * 60 * 1000
const KEPT_MS = 30 * DAY_MS
const DUPLICATES_KNOWN_MS = 2 * 60 * 1000
/** A copy that died lets go of its events after this; a live one says every third of it that it is at work. */
const ACK_WAIT_MS = 6000
const PUBLISH_WITHIN_MS = 4000

const subjectOf = (partition: number, subject: string) => `events.${partition}.${subject}`

export async function createNatsEvents(
  connection: NatsConnection,
  onRejected: (consumer: string, error: unknown) => void,
): Promise<{ events: Events; close: () => Promise<void> }> {
  const stream = jetstream(connection)
  const manager = await jetstreamManager(connection)
  await requireStream(manager)
  const running = new Set<RunningSubscription>()

  const events: Events = {
    sharedWithStore: false,
    limits: {
      'replay-beyond-retention':
        'the stream keeps 30 days; older events are replayed by their owner (libs/delivery)',
    },
    publish: async (event) => {
      const payload = encodeEvent(event)
      await publishing('nats', event, () =>
        stream.publish(subjectOf(partitionOf(event.key), event.subject), payload, {
          msgID: event.id,
          timeout: PUBLISH_WITHIN_MS,
          retries: 1,
        }),
      )
    },
    subscribe: async (subscription) => {
      const lanes = await Promise.all(
        Array.from({ length: LANES }, (_, lane) =>
          openLane(connection, manager, subscription, lane, onRejected),
        ),
      )
      const own: RunningSubscription = {
        stop: async () => {
          running.delete(own)
          await Promise.all(lanes.map((lane) => lane.stop()))
        },
        lag: async () => {
          const counts = await Promise.all(lanes.map((lane) => lane.lag()))
          return counts.reduce((sum, count) => sum + count, 0)
        },
      }
      running.add(own)
      return own
    },
    check: async () => {
      await manager.streams.info(STREAM)
    },
  }
  return {
    events,
    close: async () => {
      await Promise.all([...running].map((subscription) => subscription.stop()))
    },
  }
}

async function requireStream(manager: JetStreamManager): Promise<void> {
  const config = {
    name: STREAM,
    subjects: ['events.>'],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: nanos(KEPT_MS),
    duplicate_window: nanos(DUPLICATES_KNOWN_MS),
  }
  // Idempotent: the same configuration again is the same stream.
  await manager.streams.add(config).catch(() => manager.streams.update(STREAM, config))
}

/** JetStream's names bear no dots; two different consumers keep two different names. */
function durableName(consumer: string, lane: number): string {
  return `${consumer.replace(/[^A-Za-z0-9_-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)}-${lane}`
}

async function openLane(
  connection: NatsConnection,
  manager: JetStreamManager,
  { consumer, subjects, from, handle }: Subscription,
  lane: number,
  onRejected: (consumer: string, error: unknown) => void,
) {
  const durable = durableName(consumer, lane)
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(
    (each) => each % LANES === lane,
  )
  const filters = partitions.flatMap((partition) => subjects.map((subject) => subjectOf(partition, subject)))
  await requireConsumer(manager, durable, filters, from)
  const stopped = new AbortController()
  const underWay = new Set<Promise<void>>()
  let messages: ConsumerMessages | undefined

  async function take(message: JsMsg): Promise<void> {
    const event = JSON.parse(message.string()) as Envelope
    const atWork = setInterval(() => message.working(), ACK_WAIT_MS / 3)
    try {
      const handled = await handleUntilDone(
        () => handling('nats', event, () => handle(event)),
        stopped.signal,
        (error) => onRejected(consumer, error),
      )
      // Acknowledged by the server before the next one is taken; unacknowledged it comes again after ack_wait.
      if (handled) message.ack()
      else message.nak()
    } finally {
      clearInterval(atWork)
    }
  }

  async function consume(): Promise<void> {
    const source = await jetstream(connection).consumers.get(STREAM, durable)
    messages = await source.consume({ max_messages: 1, expires: 30_000 })
    for await (const message of messages) {
      const work = take(message)
      underWay.add(work)
      await work.finally(() => underWay.delete(work))
      if (stopped.signal.aborted) return
    }
  }

  /** A broker that restarts ends the stream of messages; it is taken up again until somebody stops us. */
  async function keepConsuming(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await consume()
      } catch (error) {
        if (stopped.signal.aborted || connection.isClosed()) return
        onRejected(consumer, error)
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    }
  }

  const loop = keepConsuming()
  return {
    stop: async () => {
      stopped.abort()
      await Promise.allSettled(underWay)
      await messages?.close()
      await loop
    },
    lag: async () => {
      const { num_pending, num_ack_pending } = await manager.consumers.info(STREAM, durable)
      return num_pending + num_ack_pending
    },
  }
}

async function requireConsumer(
  manager: JetStreamManager,
  durable: string,
  filters: string[],
  from: Subscription['from'],
): Promise<void> {
  const known = await manager.consumers.info(STREAM, durable).catch(() => undefined)
  if (known) {
    const same = new Set(known.config.filter_subjects ?? [])
    if (same.size === filters.length && filters.every((filter) => same.has(filter))) return
    await manager.consumers.update(STREAM, durable, { filter_subjects: filters })
    return
  }
  await manager.consumers.add(STREAM, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    max_ack_pending: 1,
    deliver_policy: from === 'now' ? DeliverPolicy.New : DeliverPolicy.All,
    filter_subjects: filters,
  })
}
