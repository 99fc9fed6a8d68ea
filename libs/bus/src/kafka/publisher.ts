/** Events that wait together go in one request, acknowledged by all replicas; each caller hears of its own. */
import type { Envelope } from '@guichet/contracts/envelope'
import { partitionOf } from '@guichet/contracts/partition'
import type { Message, Producer } from 'kafkajs'
import { encodeEvent } from '../event-size.ts'
import { TOPIC } from './topic.ts'

/** Below the broker's usual limit of 1 MB for what goes to one partition at once. */
const MOST_BYTES = 512 * 1024
const PUBLISH_WITHIN_MS = 5000

interface Waiting {
  id: string
  message: Message
  bytes: number
  resolve: () => void
  reject: (error: unknown) => void
}

export function createPublisher(producer: Producer) {
  let waiting: Waiting[] = []
  let sending = false
  /** An event that is still on its way when its caller has given up: trying again joins it. */
  const onTheWay = new Map<string, Promise<void>>()

  function nextBatch(): Waiting[] {
    let bytes = 0
    const end = waiting.findIndex((one) => (bytes += one.bytes) > MOST_BYTES)
    const batch = end > 0 ? waiting.slice(0, end) : waiting
    waiting = end > 0 ? waiting.slice(end) : []
    return batch
  }

  /** One request at a time: nothing can overtake what is tried again. */
  async function send(): Promise<void> {
    if (sending) return
    sending = true
    while (waiting.length > 0) {
      const batch = nextBatch()
      try {
        await producer.send({ topic: TOPIC, acks: -1, messages: batch.map(({ message }) => message) })
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    sending = false
  }

  function enqueue(event: Envelope): Promise<void> {
    const value = encodeEvent(event)
    const message: Message = {
      key: event.key,
      value,
      partition: partitionOf(event.key),
      headers: { subject: event.subject, ...event.trace },
    }
    return new Promise<void>((resolve, reject) => {
      waiting.push({ id: event.id, message, bytes: Buffer.byteLength(value), resolve, reject })
      void send()
    }).finally(() => onTheWay.delete(event.id))
  }

  return {
    /** @throws when it is not known to be durable within seconds; it may be all the same. */
    publish: async (event: Envelope): Promise<void> => {
      const sent = onTheWay.get(event.id) ?? enqueue(event)
      onTheWay.set(event.id, sent)
      await inTime(sent)
    },
  }
}

async function inTime(sent: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Kafka does not answer')), PUBLISH_WITHIN_MS)
  })
  try {
    await Promise.race([sent, late])
  } finally {
    clearTimeout(timer)
  }
}
