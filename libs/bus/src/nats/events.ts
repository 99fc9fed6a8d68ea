/** Events on JetStream: one stream; a consumer is a set of lanes (lane.ts), each with one event at work at a time. */
import type { Envelope } from '@guichet/contracts/envelope'
import { partitionOf } from '@guichet/contracts/partition'
import {
  DiscardPolicy,
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
} from '@nats-io/jetstream'
import { headers, nanos, type NatsConnection } from '@nats-io/transport-node'
import type { Events, RunningSubscription, Subscription } from '../bus.ts'
import { encodeEvent } from '../event-size.ts'
import { publishing } from '../traced.ts'
import { openLane } from './lane.ts'
import { watchLink } from './link.ts'
import { LANES, STREAM, SUBJECTS, subjectOf } from './subjects.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const KEPT_MS = 30 * DAY_MS
const DUPLICATES_KNOWN_MS = 5 * 60 * 1000
const PUBLISH_WITHIN_MS = 4000

export async function createNatsEvents(
  connection: NatsConnection,
  onRejected: (consumer: string, error: unknown) => void,
): Promise<{ events: Events; close: () => Promise<void> }> {
  const stream = jetstream(connection)
  const manager = await jetstreamManager(connection)
  await requireStream(manager)
  const link = watchLink(connection)
  const running = new Set<RunningSubscription>()

  async function subscribe(subscription: Subscription): Promise<RunningSubscription> {
    const opened = await Promise.allSettled(
      Array.from({ length: LANES }, (_, lane) =>
        openLane({
          connection,
          link,
          manager,
          requireStream: () => requireStream(manager),
          subscription,
          lane,
          onRejected,
        }),
      ),
    )
    const lanes = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const failed = opened.find((one) => one.status === 'rejected')
    if (failed) {
      await Promise.all(lanes.map((lane) => lane.stop()))
      throw failed.reason
    }
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
  }

  const events: Events = {
    sharedWithStore: false,
    limits: {
      'isolated-partitions':
        'JetStream has no partitions: they share 16 lanes (docs/decisions/0020), and what waits in one holds up its whole lane',
      'replay-beyond-retention':
        'the stream keeps 30 days; older events are replayed by their owner (libs/delivery)',
    },
    publish: async (event) => {
      const payload = encodeEvent(event)
      await publishing('nats', event, () =>
        stream.publish(subjectOf(partitionOf(event.key), event.subject), payload, {
          msgID: event.id,
          timeout: PUBLISH_WITHIN_MS,
          headers: traceHeaders(event),
        }),
      )
    },
    subscribe,
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

/** For whoever watches the stream from outside; the envelope's own trace is the one that counts. */
function traceHeaders({ trace }: Envelope) {
  if (!trace) return undefined
  const carried = headers()
  for (const [name, value] of Object.entries(trace)) carried.set(name, value)
  return carried
}

/** A stream that is there stays as its operator made it: more replicas, another retention. */
async function requireStream(manager: JetStreamManager): Promise<void> {
  try {
    await manager.streams.info(STREAM)
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)) throw error
    await manager.streams.add({
      name: STREAM,
      subjects: [SUBJECTS],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_age: nanos(KEPT_MS),
      duplicate_window: nanos(DUPLICATES_KNOWN_MS),
    })
  }
}
