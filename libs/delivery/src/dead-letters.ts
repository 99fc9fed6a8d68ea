/** What a person sees of parked events that will not be tried again by themselves, and what they can do. */
import {
  deadLetterId,
  documentOfDeadLetter,
  serviceOfDeadLetter,
  type DeadLetter,
} from '@guichet/contracts/delivery'
import { Failure } from '@guichet/contracts/failure'
import { isoTime, type Clock } from './clock.ts'
import { withoutEvents, type ParkedEvents, type ParkedKey } from './parked-events.ts'

export interface DeadLetters {
  list(query: { limit?: number; cursor?: string }): Promise<{ items: DeadLetter[]; next: string | null }>
  /** Due at once, attempts anew; with `skip` the first event is given up for good. @throws Failure not-found */
  retry(id: string, options?: { skip?: boolean }): Promise<void>
  count(): Promise<number>
  /** Age in ms of the oldest, 0 when none. */
  oldestAge(): Promise<number>
}

export function createDeadLetters(service: string, parked: ParkedEvents, clock: Clock): DeadLetters {
  function letterOf(id: string, value: ParkedKey): DeadLetter {
    const [event] = value.events
    if (!event || value.deadSince === null) throw new Error(`${id} holds no dead letter`)
    const { consumer, key, failedAt, deadSince, attempts, code, reason } = value
    const { id: eventId, subject, occurredAt } = event
    const facts = { consumer, key, failedAt, deadSince, attempts, code, reason, eventId, subject, occurredAt }
    return { id: deadLetterId(service, id), service, ...facts, waiting: value.events.length - 1 }
  }

  return {
    async list({ limit, cursor }) {
      const page = await parked.collection.find({
        index: 'state',
        key: ['dead'],
        order: 'desc',
        limit,
        cursor,
      })
      return { items: page.items.map(({ id, value }) => letterOf(id, value)), next: page.next }
    },
    async retry(id, { skip = false } = {}) {
      if (serviceOfDeadLetter(id) !== service) throw new Failure('not-found')
      let found = false
      await parked.change(documentOfDeadLetter(id), (there) => {
        found = there?.state === 'dead'
        if (!there || !found) return undefined
        const now = isoTime(clock.now())
        const [first] = there.events
        if (skip && first) return withoutEvents(there, new Set([first.id]), now)
        return { ...there, state: 'retrying', attempts: 0, nextAttemptAt: now, deadSince: null }
      })
      if (!found) throw new Failure('not-found')
    },
    count: () => parked.collection.count({ index: 'state', key: ['dead'] }),
    async oldestAge() {
      const page = await parked.collection.find({ index: 'state', key: ['dead'], order: 'asc', limit: 1 })
      const since = page.items[0]?.value.deadSince
      return since ? clock.now().epochMilliseconds - Temporal.Instant.from(since).epochMilliseconds : 0
    },
  }
}
