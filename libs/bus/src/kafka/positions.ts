/** How far each partition is handled, said to Kafka a little later and many at once: a copy that dies repeats so much. */
import type { Consumer } from 'kafkajs'
import { TOPIC } from './topic.ts'

const SAY_AFTER_MS = 300
/** Kafka may be away; then the next copy repeats more. */
const SAID_WITHIN_MS = 3000

export interface Positions {
  reached(partition: number, offset: string): void
  /** Never rejects: what could not be said is said with the next. */
  commit(): Promise<void>
  /** The partitions are shared out anew: what was not said is no longer ours to say. */
  forget(): void
  close(): void
}

export function createPositions(consumer: Consumer): Positions {
  let next = new Map<number, string>()
  let committing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function say(): Promise<void> {
    const said = next
    if (said.size === 0) return
    next = new Map()
    const offsets = [...said].map(([partition, offset]) => ({ topic: TOPIC, partition, offset }))
    let late: NodeJS.Timeout | undefined
    try {
      await Promise.race([
        consumer.commitOffsets(offsets),
        new Promise((_resolve, reject) => {
          late = setTimeout(() => reject(new Error('Kafka does not answer')), SAID_WITHIN_MS)
        }),
      ])
    } catch (error) {
      // Refused for good when the partitions are another's; else it is said with what comes.
      if (isTemporary(error))
        for (const [partition, offset] of said) if (!next.has(partition)) next.set(partition, offset)
    } finally {
      clearTimeout(late)
    }
  }

  function commit(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    committing ??= say().finally(() => (committing = undefined))
    return committing
  }

  return {
    reached: (partition, offset) => {
      next.set(partition, String(BigInt(offset) + 1n))
      timer ??= setTimeout(() => void commit(), SAY_AFTER_MS)
    },
    commit,
    forget: () => {
      next = new Map()
    },
    close: () => clearTimeout(timer),
  }
}

function isTemporary(error: unknown): boolean {
  return (error as { retriable?: boolean }).retriable !== false
}
