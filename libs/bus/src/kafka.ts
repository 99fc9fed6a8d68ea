/** Events on Kafka: one topic with our 64 partitions; a consumer is a group. Requests and live messages go elsewhere. */
import { Kafka, logLevel, type Admin } from 'kafkajs'
import type { Events, RunningSubscription } from './bus.ts'
import { kafkaAddress } from './kafka/address.ts'
import { openGroup } from './kafka/group.ts'
import { createPublisher } from './kafka/publisher.ts'
import { requireTopic } from './kafka/topic.ts'
import { publishing } from './traced.ts'

export interface KafkaOptions {
  /** `kafka://[user:password@]host:port[,host:port]`, see kafka/address.ts. */
  url: string
  onRejected: (consumer: string, error: unknown) => void
}

interface Opened {
  part: Events
  check: () => Promise<void>
  close: () => Promise<void>
}

export async function openKafkaEvents({ url, onRejected }: KafkaOptions): Promise<Opened> {
  const kafka = new Kafka({
    ...kafkaAddress(url),
    clientId: 'guichet',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3000,
    requestTimeout: 5000,
    // What cannot be published is refused within seconds; the relay tries again.
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 },
  })
  const admin = kafka.admin()
  // Not idempotent: after a send that was given up, kafkajs gives the next event the same sequence number, and Kafka
  // acknowledges that event without keeping it (docs/decisions/0021).
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    idempotent: false,
    maxInFlightRequests: 1,
  })
  try {
    await admin.connect()
    await requireTopic(admin)
    await producer.connect()
  } catch (error) {
    await Promise.allSettled([admin.disconnect(), producer.disconnect()])
    throw error
  }
  const publisher = createPublisher(producer)
  const running = new Set<RunningSubscription>()

  const events: Events = {
    sharedWithStore: false,
    limits: {
      deduplication:
        'Kafka knows no message ids: an event that the relay publishes twice is delivered twice; handlers are idempotent',
      'replay-beyond-retention':
        'the topic keeps 30 days; older events are replayed by their owner (libs/delivery)',
    },
    publish: (event) => publishing('kafka', event, () => publisher.publish(event)),
    subscribe: async (subscription) => {
      const group = await openGroup({ kafka, admin, subscription, onRejected })
      const own: RunningSubscription = {
        lag: () => group.lag(),
        stop: async () => {
          running.delete(own)
          await group.stop()
        },
      }
      running.add(own)
      return own
    },
    check: () => check(admin),
  }
  return {
    part: events,
    check: () => events.check(),
    close: async () => {
      await Promise.all([...running].map((subscription) => subscription.stop()))
      await producer.disconnect()
      await admin.disconnect()
    },
  }
}

async function check(admin: Admin): Promise<void> {
  await admin.describeCluster()
}
