/** Events on Kafka: one topic with our 64 partitions; a consumer is a group. Requests go elsewhere. */
import { logLevel, Kafka, type Admin, type KafkaMessage, type Producer } from 'kafkajs'
import type { Envelope } from '@guichet/contracts/envelope'
import { partitionOf, PARTITIONS } from '@guichet/contracts/partition'
import type { Events, RunningSubscription, Subscription } from './bus.ts'
import { encodeEvent } from './event-size.ts'
import { handleUntilDone } from './persist.ts'
import { handling, publishing } from './traced.ts'

const TOPIC = 'guichet-events'
const KEPT_MS = 30 * 24 * 60 * 60 * 1000
const SESSION_MS = 10_000
const HEARTBEAT_MS = 2000
/** The group waits so long for a copy that is still handling an event before it gives its partitions away. */
const REBALANCE_MS = 60_000

export interface KafkaOptions {
  /** `kafka://[user:pass@]host:port[,host:port]`. */
  url: string
  onRejected: (consumer: string, error: unknown) => void
}

interface Opened {
  part: Events
  check: () => Promise<void>
  close: () => Promise<void>
}

export async function openKafkaEvents({ url, onRejected }: KafkaOptions): Promise<Opened> {
  const { username, password, host } = new URL(url.replace(/,.*$/, ''))
  const more = url.includes(',') ? url.slice(url.indexOf(',') + 1).split(',') : []
  const kafka = new Kafka({
    clientId: 'guichet',
    brokers: [host, ...more],
    ...(username
      ? {
          ssl: true,
          sasl: { mechanism: 'scram-sha-512' as const, username, password: decodeURIComponent(password) },
        }
      : {}),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 200, maxRetryTime: 5000, retries: 6 },
  })
  const admin = kafka.admin()
  await admin.connect()
  await requireTopic(admin)
  const producer = kafka.producer({ allowAutoTopicCreation: false, idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
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
    publish: async (event) => {
      const value = encodeEvent(event)
      await publishing('kafka', event, () => publisher.publish(event, value))
    },
    subscribe: async (subscription) => {
      const own = await subscribe(kafka, admin, subscription, onRejected)
      const tracked: RunningSubscription = {
        lag: () => own.lag(),
        stop: async () => {
          running.delete(tracked)
          await own.stop()
        },
      }
      running.add(tracked)
      return tracked
    },
    check: async () => {
      await admin.describeCluster()
    },
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

async function requireTopic(admin: Admin): Promise<void> {
  if ((await admin.listTopics()).includes(TOPIC)) return
  await admin.createTopics({
    waitForLeaders: true,
    topics: [
      {
        topic: TOPIC,
        numPartitions: PARTITIONS,
        configEntries: [{ name: 'retention.ms', value: String(KEPT_MS) }],
      },
    ],
  })
}

/** Events that wait together go in one request, acknowledged by all replicas; each caller hears of its own. */
function createPublisher(producer: Producer) {
  interface Waiting {
    event: Envelope
    value: string
    resolve: () => void
    reject: (error: unknown) => void
  }
  let waiting: Waiting[] = []
  let sending = false

  async function send(): Promise<void> {
    if (sending) return
    sending = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const messages = batch.map(({ event, value }) => ({
        key: event.key,
        value,
        partition: partitionOf(event.key),
        headers: { subject: event.subject },
      }))
      try {
        await producer.send({ topic: TOPIC, acks: -1, messages })
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    sending = false
  }

  return {
    publish: (event: Envelope, value: string) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ event, value, resolve, reject })
        void send()
      }),
  }
}

async function subscribe(
  kafka: Kafka,
  admin: Admin,
  { consumer: name, subjects, from, handle }: Subscription,
  onRejected: KafkaOptions['onRejected'],
): Promise<RunningSubscription> {
  const groupId = `guichet-${name}`
  const wanted = new Set(subjects)
  await pinStart(admin, groupId, from)
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    rebalanceTimeout: REBALANCE_MS,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
    retry: { retries: Number.MAX_SAFE_INTEGER, maxRetryTime: 5000 },
  })
  const stopped = new AbortController()

  async function handleMessage(message: KafkaMessage): Promise<boolean> {
    const subject = message.headers?.['subject']?.toString() ?? ''
    if (!wanted.has(subject)) return true
    const event = JSON.parse(message.value?.toString() ?? '') as Envelope
    return await handleUntilDone(
      () => handling('kafka', event, () => handle(event)),
      stopped.signal,
      (error) => onRejected(name, error),
    )
  }

  await consumer.connect()
  await consumer.subscribe({ topic: TOPIC })
  const joined = new Promise<void>((resolve) => {
    const forget = consumer.on(consumer.events.GROUP_JOIN, () => {
      forget()
      resolve()
    })
  })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 8,
    eachBatch: async ({ batch, heartbeat, resolveOffset, isRunning, isStale }) => {
      // A handler may take longer than a session: the group hears of us all the while.
      const beat = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS)
      try {
        for (const message of batch.messages) {
          if (!isRunning() || isStale() || stopped.signal.aborted) return
          if (!(await handleMessage(message))) return
          resolveOffset(message.offset)
          const next = String(BigInt(message.offset) + 1n)
          await consumer.commitOffsets([{ topic: TOPIC, partition: batch.partition, offset: next }])
        }
      } finally {
        clearInterval(beat)
      }
    },
  })
  await joined

  return {
    stop: async () => {
      stopped.abort()
      await consumer.stop()
      await consumer.disconnect()
    },
    lag: async () => {
      const [[group], ends] = await Promise.all([
        admin.fetchOffsets({ groupId, topics: [TOPIC] }),
        admin.fetchTopicOffsets(TOPIC),
      ])
      const done = new Map(group?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
      return ends.reduce(
        (sum, { partition, high, low }) =>
          sum + Number(high) - Math.max(done.get(partition) ?? 0, Number(low)),
        0,
      )
    },
  }
}

/** A group that never was begins where it said, from this moment on, whatever happens before it first reads. */
async function pinStart(admin: Admin, groupId: string, from: Subscription['from']): Promise<void> {
  const [group] = await admin.fetchOffsets({ groupId, topics: [TOPIC] })
  if (group?.partitions.some(({ offset }) => Number(offset) >= 0)) return
  const ends = await admin.fetchTopicOffsets(TOPIC)
  const partitions = ends.map(({ partition, high, low }) => ({
    partition,
    offset: from === 'now' ? high : low,
  }))
  // Another copy of the same new consumer may be doing the same: what it set is as good.
  await admin.setOffsets({ groupId, topic: TOPIC, partitions }).catch(() => undefined)
}
