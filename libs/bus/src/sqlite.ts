/**
 * Events over the store's own log: a commit is the publication, a consumer is a position in the log. Nothing polls:
 * the log wakes its readers.
 */
import type { SqliteLog } from '@guichet/store/sqlite'
import type { Events, RunningSubscription } from './bus.ts'
import { encodeEvent } from './event-size.ts'
import { openGroup, type Group } from './sqlite/group.ts'
import { publishing } from './traced.ts'

export interface SqliteEventsOptions {
  log: SqliteLog
  /** A handler rejected: its partition waits and the event comes again. */
  onRejected: (consumer: string, error: unknown) => void
}

export function openSqliteEvents({
  log,
  onRejected,
}: SqliteEventsOptions): Events & { close: () => Promise<void> } {
  const groups = new Map<string, Promise<Group>>()
  const running = new Set<RunningSubscription>()

  return {
    sharedWithStore: true,
    limits: {
      'competing-copies':
        'the embedded default is one process (the file is locked): copies inside it share a consumer, processes cannot',
    },
    publish: async (event) => {
      encodeEvent(event)
      await publishing('sqlite', event, () => log.append([event]))
    },
    subscribe: async (subscription) => {
      const { consumer } = subscription
      const opening = groups.get(consumer) ?? openGroup(log, subscription, onRejected)
      groups.set(consumer, opening)
      const group = await opening
      const member = group.join(subscription)
      const own: RunningSubscription = {
        lag: () => group.lag(),
        stop: async () => {
          running.delete(own)
          await member.stop()
          // Whoever subscribes before the last copy has ended joins its group: one reader per consumer.
          if (group.isEmpty() && groups.get(consumer) === opening) {
            groups.delete(consumer)
            group.close()
          }
        },
      }
      running.add(own)
      return own
    },
    check: () => Promise.resolve(),
    close: async () => {
      await Promise.all([...running].map((subscription) => subscription.stop()))
    },
  }
}
