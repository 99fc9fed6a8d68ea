/**
 * What events are called on JetStream: `events.<lane>.<partition>.<subject>`. The lane is in the name so that a lane's
 * consumer needs one filter per subject, not one per subject and partition: filters cost throughput.
 */
import { PARTITIONS } from '@guichet/contracts/partition'

export const STREAM = 'guichet-events'
export const SUBJECTS = 'events.>'

/**
 * The 64 partitions share these. Measured (docs/decisions/0020): more cost throughput and start-up, fewer let a slow
 * handler hold up more keys. A constant for ever: positions of consumers are kept per lane.
 */
export const LANES = 16
const laneOf = (partition: number) => partition % LANES

export function subjectOf(partition: number, subject: string): string {
  if (partition < 0 || partition >= PARTITIONS) throw new RangeError(`there is no partition ${partition}`)
  return `events.${laneOf(partition)}.${partition}.${subject}`
}

export const filterOf = (lane: number, subject: string) => `events.${lane}.*.${subject}`

/** JetStream's names bear no dots; two different consumers keep two different names. */
export function durableName(consumer: string, lane: number): string {
  const safe = consumer.replace(/[^A-Za-z0-9-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)
  return `${safe}-${lane}`
}
