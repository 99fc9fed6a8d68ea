/**
 * One copy's part of a consumer: a member of a Kafka group. kafkajs fetches, our queues hand out, so that a slow or
 * failing event holds up its partition alone. When the group shares its partitions out anew, this copy first ends what
 * it is at and says how far it got: no event is with two copies.
 */
import { PartitionAssigners, type Admin, type Consumer, type Kafka, type PartitionAssigner } from 'kafkajs'
import type { Envelope } from '@guichet/contracts/envelope'
import type { RunningSubscription, Subscription } from '../bus.ts'
import { createPartitionQueues } from '../partition-queues.ts'
import { handleUntilDone, pauseUnlessStopped } from '../persist.ts'
import { handling } from '../traced.ts'
import { findBeginning } from './beginning.ts'
import { createPositions } from './positions.ts'
import { TOPIC } from './topic.ts'

/** A copy that died gives up its partitions after this. */
const SESSION_MS = 10_000
const HEARTBEAT_MS = 2000
/** So long the others wait for a copy that is still handling an event. */
const REBALANCE_MS = 60_000
/** A partition with so many in memory is fetched no more until it is down to the lesser number. */
const ENOUGH = 200
const FEW = 50
const MOST_BYTES_PER_FETCH = 256 * 1024
const RESTART_AFTER_MS = 1000

export interface GroupParts {
  kafka: Kafka
  admin: Admin
  subscription: Subscription
  onRejected: (consumer: string, error: unknown) => void
}

interface Fetched {
  offset: string
  subject: string
  value: Buffer | null
}

/** kafkajs takes it for a group that is not settled yet, and joins again a little later. */
class StillAtWork extends Error {
  readonly type = 'REBALANCE_IN_PROGRESS'
}

export async function openGroup({
  kafka,
  admin,
  subscription,
  onRejected,
}: GroupParts): Promise<RunningSubscription> {
  const { consumer: name, subjects, from, handle } = subscription
  const groupId = `guichet-${name}`
  const wanted = new Set(subjects)
  const rejected = (error: unknown) => onRejected(name, error)
  const beginning = await findBeginning(admin, groupId, from)
  const paused = new Set<number>()
  const stopped = new AbortController()
  /** From one sharing-out of the partitions to the next. */
  let turn = new AbortController()
  let heard = performance.now()
  let heartbeat: (() => Promise<void>) | undefined
  let joins = 0
  /** Once per turn it is tried to say how far we got; then the joining goes on, whatever came of it. */
  let allSaid = true

  const consumer: Consumer = kafka.consumer({
    groupId,
    partitionAssigners: [whenFree(PartitionAssigners.roundRobin)],
    sessionTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    rebalanceTimeout: REBALANCE_MS,
    maxWaitTimeInMs: 250,
    maxBytesPerPartition: MOST_BYTES_PER_FETCH,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: Number.MAX_SAFE_INTEGER },
  })
  const positions = createPositions(consumer)
  const queues = createPartitionQueues<Fetched>({
    handle: handleFetched,
    onHandled: ({ offset }, partition) => {
      positions.reached(partition, offset)
      if (paused.has(partition) && queues.length(partition) <= FEW) resume([partition])
    },
    onRest: () => undefined,
  })

  /** A copy of which the group has not heard for a session's time may have lost its partitions. */
  const isOurs = () => performance.now() - heard < SESSION_MS

  async function handleFetched({ subject, value }: Fetched): Promise<boolean> {
    if (turn.signal.aborted || !isOurs()) return false
    if (!wanted.has(subject)) return true
    const work = async () => {
      const event = JSON.parse(value?.toString() ?? '') as Envelope
      await handling('kafka', event, () => handle(event))
    }
    return await handleUntilDone(work, turn.signal, rejected, isOurs)
  }

  function resume(partitions: number[]): void {
    for (const partition of partitions) paused.delete(partition)
    consumer.resume([{ topic: TOPIC, partitions }])
  }

  /** `protocol` is asked for before every joining, and throws as long as something is at work or not said. */
  function whenFree(assigner: PartitionAssigner): PartitionAssigner {
    return (config) => {
      const inner = assigner(config)
      return {
        ...inner,
        protocol: (wish) => {
          turn.abort()
          if (queues.atWork() > 0) throw new StillAtWork()
          if (!allSaid) {
            void positions.commit().then(() => (allSaid = true))
            throw new StillAtWork()
          }
          return inner.protocol(wish)
        },
      }
    }
  }

  /** Nothing is fetched before; a later joining does it again. */
  async function beginReading(own: readonly number[], join: number): Promise<void> {
    const { signal } = turn
    while (!beginning.isPinned()) {
      if (signal.aborted) return
      await beginning.pin(consumer, own, signal).catch(async (error: unknown) => {
        rejected(error)
        await pauseUnlessStopped(RESTART_AFTER_MS, signal)
      })
    }
    if (join !== joins) return
    consumer.resume([{ topic: TOPIC }])
    firstJoin.resolve()
  }

  const firstJoin = Promise.withResolvers<void>()
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const own = payload.memberAssignment[TOPIC] ?? []
    queues.clear()
    positions.forget()
    turn = new AbortController()
    if (stopped.signal.aborted) turn.abort()
    allSaid = false
    heard = performance.now()
    resume([...paused])
    if (beginning.isPinned()) return firstJoin.resolve()
    consumer.pause([{ topic: TOPIC }])
    void beginReading(own, ++joins)
  })
  consumer.on(consumer.events.HEARTBEAT, () => {
    heard = performance.now()
    queues.wake()
  })
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    rejected(error)
    if (restart || stopped.signal.aborted) return
    setTimeout(() => void restartConsumer().catch(rejected), RESTART_AFTER_MS)
  })

  async function restartConsumer(): Promise<void> {
    await consumer.stop()
    if (stopped.signal.aborted) return
    await run()
  }

  async function run(): Promise<void> {
    await consumer.connect()
    // A position that Kafka no longer keeps goes on with the oldest it has: nothing that is there is left out.
    await consumer.subscribe({ topic: TOPIC, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { partition, messages }, heartbeat: beat }) => {
        heartbeat = beat
        for (const { offset, headers, value } of messages) {
          queues.add(partition, { offset, subject: headers?.['subject']?.toString() ?? '', value })
        }
        if (queues.length(partition) < ENOUGH) return
        paused.add(partition)
        consumer.pause([{ topic: TOPIC, partitions: [partition] }])
      },
    })
  }

  /** While a joining waits for a handler, kafkajs is silent: without this the group would take us for dead. */
  const alive = setInterval(() => {
    if (!turn.signal.aborted || queues.atWork() === 0) return
    heartbeat?.().catch((error: { type?: string }) => {
      if (error.type === 'REBALANCE_IN_PROGRESS') heard = performance.now()
    })
  }, HEARTBEAT_MS)

  async function stop(): Promise<void> {
    stopped.abort()
    turn.abort()
    await queues.idle()
    clearInterval(alive)
    await positions.commit()
    positions.close()
    await consumer.disconnect()
  }

  try {
    await run()
    await firstJoin.promise
  } catch (error) {
    await stop()
    throw error
  }

  return {
    stop,
    lag: async () => {
      await positions.commit()
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
