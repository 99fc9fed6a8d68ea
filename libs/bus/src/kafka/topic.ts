import { PARTITIONS } from '@guichet/contracts/partition'
import type { Admin } from 'kafkajs'

export const TOPIC = 'guichet-events'
const KEPT_MS = 30 * 24 * 60 * 60 * 1000

/** A topic that is there stays as its operator made it (replicas, retention), but its partitions must be ours. */
export async function requireTopic(admin: Admin): Promise<void> {
  if (!(await admin.listTopics()).includes(TOPIC)) {
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
  const { topics } = await admin.fetchTopicMetadata({ topics: [TOPIC] })
  const count = topics[0]?.partitions.length ?? 0
  if (count !== PARTITIONS)
    throw new Error(`the Kafka topic ${TOPIC} has ${count} partitions: make it again with ${PARTITIONS}`)
}
