/**
 * Where a group that never was begins. `history`: where Kafka's topic begins. `now`: at the ends of the partitions as
 * they were when it subscribed, kept in Kafka before `subscribe` resolves, so that nothing published after is missed
 * though no copy may have read a thing before it died.
 */
import type { Admin, Consumer } from 'kafkajs'
import { pauseUnlessStopped } from '../persist.ts'
import type { Subscription } from '../bus.ts'
import { TOPIC } from './topic.ts'

const BETWEEN_LOOKS_MS = 100

export interface Beginning {
  /** False: nothing may be read before `pin` has resolved. */
  isPinned(): boolean
  /** After this copy joined with these partitions; resolves when every partition of the group has its position. */
  pin(consumer: Consumer, partitions: readonly number[], stopped: AbortSignal): Promise<void>
}

async function unknownPartitions(admin: Admin, groupId: string): Promise<Set<number>> {
  const [group] = await admin.fetchOffsets({ groupId, topics: [TOPIC] })
  const unknown = (group?.partitions ?? []).filter(({ offset }) => Number(offset) < 0)
  return new Set(unknown.map(({ partition }) => partition))
}

export async function findBeginning(
  admin: Admin,
  groupId: string,
  from: Subscription['from'],
): Promise<Beginning> {
  let pinned = from === 'history' || (await unknownPartitions(admin, groupId)).size === 0
  const ends = pinned ? [] : await admin.fetchTopicOffsets(TOPIC)

  return {
    isPinned: () => pinned,
    pin: async (consumer, partitions, stopped) => {
      const own = new Map<number, string>()
      while (!stopped.aborted) {
        const unknown = await unknownPartitions(admin, groupId)
        for (const { partition, high } of ends) {
          if (unknown.has(partition) && partitions.includes(partition)) own.set(partition, high)
        }
        if (unknown.size === 0) {
          for (const [partition, offset] of own) consumer.seek({ topic: TOPIC, partition, offset })
          pinned = true
          return
        }
        const missing = [...own].filter(([partition]) => unknown.has(partition))
        // Kafka refuses it from a copy whose partitions have gone to another meanwhile.
        if (missing.length > 0)
          await consumer.commitOffsets(
            missing.map(([partition, offset]) => ({ topic: TOPIC, partition, offset })),
          )
        else await pauseUnlessStopped(BETWEEN_LOOKS_MS, stopped)
      }
    },
  }
}
