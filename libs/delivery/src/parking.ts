/**
 * The same on every engine, because brokers never retry: a handler that fails has its event parked in the service's
 * own store, later events of that key wait behind it, other keys go on. Tried again with back-off, then a dead
 * letter that a person sees and has replayed, in order.
 */
import type { Envelope } from '@guichet/contracts/envelope'
import type { Store, Stored } from '@guichet/store'
import { withSpan } from '@guichet/telemetry'
import type { Logger } from 'pino'
import type { Attempt } from './attempt.ts'
import { isoTime, type Clock } from './clock.ts'
import { effectId } from './effect-id.ts'
import { inParallel } from './in-parallel.ts'
import {
  openParkedEvents,
  parkedId,
  sizeOf,
  withEvent,
  withoutEvents,
  type ParkedEvents,
  type ParkedKey,
} from './parked-events.ts'
import { nextAttemptIn, type Fault } from './policy.ts'

export interface ParkingParts {
  store: Store
  clock: Clock
  log: Logger
}

export interface Parking {
  readonly parked: ParkedEvents
  /** Whose parked events are retried here. */
  register(consumer: string, attempt: Attempt): void
  /** Resolves: handled, or safely parked. Rejects: the bus must keep the event. */
  receive(consumer: string, event: Envelope): Promise<void>
  /** One round over what is due. To be called by one copy at a time; two at once do no harm to idempotent handlers. */
  retryDue(): Promise<void>
}

/** Keys retried at once; and per round, so that the round's copy can be stopped in between. */
const RETRIES_AT_ONCE = 4
const KEYS_PER_ROUND = 50
/** Progress is written at least this often: what a crash makes a handler see again. */
const EVENTS_PER_WRITE = 20

export function createParking({ store, clock, log }: ParkingParts): Parking {
  const parked = openParkedEvents(store)
  const attempts = new Map<string, Attempt>()
  const now = () => isoTime(clock.now())

  function attemptOf(consumer: string): Attempt {
    const attempt = attempts.get(consumer)
    if (!attempt) throw new Error(`No consumer ${consumer} runs here`)
    return attempt
  }

  function describe(fault: Fault, attemptsMade: number) {
    const wait = nextAttemptIn(attemptsMade, fault)
    return {
      state: wait === undefined ? ('dead' as const) : ('retrying' as const),
      attempts: attemptsMade,
      deadSince: wait === undefined ? now() : null,
      nextAttemptAt: isoTime(clock.now().add({ milliseconds: wait ?? 0 })),
      code: fault.code,
      reason: fault.reason,
    }
  }

  /** Not the event's id: it holds the document's, which may be somebody's address. */
  function report(
    event: Envelope,
    consumer: string,
    state: ParkedKey['state'],
    fault: Fault,
    error: unknown,
  ): void {
    const facts = {
      consumer,
      subject: event.subject,
      effect: effectId(event.id),
      code: fault.code,
      reason: fault.reason,
    }
    const defect = fault.code === 'defect' ? { err: error } : {}
    if (state === 'dead')
      log.error({ ...facts, ...defect }, 'an event became a dead letter: a person must look')
    else log.warn({ ...facts, ...defect }, 'an event was parked and will be tried again')
  }

  async function park(consumer: string, event: Envelope, fault: Fault, error: unknown): Promise<void> {
    const first: ParkedKey = {
      consumer,
      key: event.key,
      events: [event],
      bytes: sizeOf(event),
      failedAt: now(),
      ...describe(fault, 1),
    }
    await parked.change(parkedId(consumer, event.key), (there) => (there ? withEvent(there, event) : first))
    report(event, consumer, first.state, fault, error)
  }

  async function receive(consumer: string, event: Envelope): Promise<void> {
    if (await parked.append(parkedId(consumer, event.key), event)) return
    const failed = await attemptOf(consumer)(event)
    if (failed) await park(consumer, event, failed.fault, failed.error)
  }

  /** Handles from the front until one fails or none is left; true when something was handled and more waits. */
  async function retryFront(stored: Stored<ParkedKey>): Promise<boolean> {
    const { consumer, events, attempts: before } = stored.value
    const attempt = attemptOf(consumer)
    const handled = new Set<string>()
    let failure: { event: Envelope; fault: Fault; error: unknown } | undefined
    for (const event of events.slice(0, EVENTS_PER_WRITE)) {
      const failed = await withSpan(
        `process ${event.subject}`,
        {
          kind: 'consumer',
          parent: null,
          links: [event.trace],
          attributes: { 'messaging.consumer.group.name': consumer },
        },
        () => attempt(event),
      )
      if (failed) {
        failure = { event, ...failed }
        break
      }
      handled.add(event.id)
    }
    const made = handled.size === 0 ? before + 1 : 1
    const left = await parked.change(stored.id, (there) => {
      if (!there) return undefined
      const rest = withoutEvents(there, handled, now())
      // Another copy may have been here: only what is still first can have failed.
      if (!rest || !failure || rest.events[0]?.id !== failure.event.id) return rest
      return { ...rest, ...describe(failure.fault, made) }
    })
    if (failure && left) report(failure.event, consumer, left.state, failure.fault, failure.error)
    if (!left) log.info({ consumer, handled: handled.size }, 'parked events were handled')
    return failure === undefined && left !== undefined
  }

  async function retryKey(stored: Stored<ParkedKey>): Promise<void> {
    let current: Stored<ParkedKey> | undefined = stored
    while (current && (await retryFront(current))) current = await parked.get(stored.id)
  }

  return {
    parked,
    register: (consumer, attempt) => void attempts.set(consumer, attempt),
    receive,
    async retryDue() {
      for (const consumer of attempts.keys()) {
        const soonest = await parked.collection.find({
          index: 'state',
          key: ['retrying', consumer],
          order: 'asc',
          limit: KEYS_PER_ROUND,
        })
        const until = now()
        const due = soonest.items.filter(({ value }) => value.nextAttemptAt <= until)
        await inParallel(due, RETRIES_AT_ONCE, retryKey)
      }
    },
  }
}
