/**
 * Between store and bus: the relay, idempotent handling, parking, dead letters, replay. One per service.
 *
 * What a handler may rely on:
 * - Its event fits the contract's schema and comes at least once; events of one key come in order, one at a time.
 * - While one event of a key cannot be handled, no later one of that key is; other keys go on.
 * - A handler that throws is tried again: at once after a `VersionConflict`, else with back-off. A retryable
 *   `Failure`, `StoreBusy` and lost races are tried for more than a day, anything else a few times; then a person is
 *   asked, and the key's events go on in order from there.
 * What it must do: bear the same event twice, at worst twice at once. So its effect is one document whose id is
 * `effectId(event.id, receiver)`, committed with `expectedVersion: 0` (a conflict then means: done), or a document
 * that remembers the last source version per source key. Counters are counts, never increments.
 */
import type { Events, RunningSubscription } from '@guichet/bus'
import type { Envelope } from '@guichet/contracts/envelope'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { replayHistory } from '@guichet/contracts/delivery'
import type { Store } from '@guichet/store'
import { duration, gauge } from '@guichet/telemetry/metrics'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { createAttempt, type Attempt, type EventHandler } from './attempt.ts'
import { type Clock } from './clock.ts'
import { createDeadLetters, type DeadLetters } from './dead-letters.ts'
import { createParking } from './parking.ts'
import { startRelay, type Relay } from './relay.ts'
import { historyPage, replayFromOwner } from './replay.ts'

export { isoTime, pause, type Clock } from './clock.ts'
export type { EventHandler } from './attempt.ts'
export type { DeadLetters } from './dead-letters.ts'
export { effectId } from './effect-id.ts'
export type { Relay } from './relay.ts'

export interface DeliveryParts {
  store: Store
  events: Events
  clock: Clock
  log: Logger
  metrics: Registry
}

export interface ConsumerOptions {
  /** A constant, for ever. */
  consumer: string
  from: 'now' | 'history'
  handlers: readonly EventHandler[]
  /** Owners whose whole history is read first, where the log does not reach back that far. Only with `history`. */
  owners?: readonly {
    service: string
    ask: (
      input: InputOf<ReturnType<typeof replayHistory>>,
    ) => Promise<OutputOf<ReturnType<typeof replayHistory>>>
  }[]
}

export interface Delivery {
  startRelay(): Relay
  /** @throws Error at once when its handlers contradict each other. `start` resolves when events can arrive. */
  consumer(options: ConsumerOptions): { start(): Promise<RunningSubscription> }
  /** One round of retries: what the service's timer calls, under its lease. */
  retryDue(): Promise<void>
  readonly deadLetters: DeadLetters
  historyPage(
    input: InputOf<ReturnType<typeof replayHistory>>,
  ): Promise<OutputOf<ReturnType<typeof replayHistory>>>
  /** Takes its gauges out of the registry. */
  close(): void
}

export function createDelivery({ store, events, clock, log, metrics }: DeliveryParts): Delivery {
  const { service } = store
  const parking = createParking({ store, clock, log })
  const deadLetters = createDeadLetters(service, parking.parked, clock)
  const handlerSeconds = duration(metrics, 'guichet_handler_seconds', 'Events handled, by outcome', [
    'service',
    'consumer',
    'subject',
  ])
  const lag = gauge(metrics, 'guichet_consumer_lag', 'Events published and not yet handled', [
    'service',
    'consumer',
  ])
  const unfeed = [
    gauge(metrics, 'guichet_outbox_oldest_seconds', 'Age of the oldest event not yet published', [
      'service',
    ]).feed({ service }, async () => (await store.outbox.oldestAge()) / 1000),
    gauge(metrics, 'guichet_dead_letters', 'Events that wait for a person', ['service']).feed(
      { service },
      () => deadLetters.count(),
    ),
    gauge(metrics, 'guichet_dead_letter_oldest_seconds', 'Age of the oldest dead letter', ['service']).feed(
      { service },
      async () => (await deadLetters.oldestAge()) / 1000,
    ),
    gauge(metrics, 'guichet_parked_keys', 'Keys whose events are being tried again', ['service']).feed(
      { service },
      () => parking.parked.collection.count({ index: 'state', key: ['retrying'] }),
    ),
  ]

  function measured(consumer: string, attempt: Attempt): Attempt {
    return async (event: Envelope) => {
      const end = handlerSeconds.startTimer({ service, consumer, subject: event.subject })
      const failed = await attempt(event)
      end({ outcome: failed?.fault.code ?? 'ok' })
      return failed
    }
  }

  return {
    deadLetters,
    startRelay: () => startRelay({ store, events, clock, log }),
    retryDue: () => parking.retryDue(),
    historyPage: (input) => historyPage(store, input),
    consumer({ consumer, from, handlers, owners = [] }) {
      const subjects = [...new Set(handlers.map(({ contract }) => contract.subject))]
      parking.register(consumer, measured(consumer, createAttempt(handlers)))
      const receive = (event: Envelope) => parking.receive(consumer, event)
      const logIsEnough = from === 'now' || events.limits['replay-beyond-retention'] === undefined
      return {
        async start() {
          for (const { service: owner, ask } of logIsEnough ? [] : owners) {
            await replayFromOwner({ consumer, owner, subjects, store, ask, receive })
          }
          const running = await events.subscribe({ consumer, subjects, from, handle: receive })
          unfeed.push(lag.feed({ service, consumer }, () => running.lag()))
          return running
        },
      }
    },
    close() {
      for (const stop of unfeed.splice(0)) stop()
    },
  }
}
