/**
 * A lane of one consumer: a durable JetStream consumer that may have one event unacknowledged (`max_ack_pending: 1`),
 * whichever copy holds it. So a key's events are never with two copies and nothing overtakes what waits; the server
 * keeps the order, our code need not. A copy that dies holds up its lanes until `ack_wait`.
 */
import type { Envelope } from '@guichet/contracts/envelope'
import {
  AckPolicy,
  DeliverPolicy,
  jetstream,
  JetStreamApiCodes,
  JetStreamApiError,
  type ConsumerMessages,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream'
import { nanos, type NatsConnection } from '@nats-io/transport-node'
import type { Subscription } from '../bus.ts'
import { handleUntilDone, pauseUnlessStopped } from '../persist.ts'
import { handling } from '../traced.ts'
import type { Link } from './link.ts'
import { durableName, filterOf, STREAM } from './subjects.ts'

/** A copy that died lets go of its event after this; a live one says every third of it that it is at work. */
const ACK_WAIT_MS = 6000
/** One standing question to the server for so many events, however they come: the lane lets one through at a time. */
const PULL = { max_messages: 100, expires: 10_000 }
const BETWEEN_TRIES_MS = 2000

export interface LaneParts {
  connection: NatsConnection
  link: Link
  manager: JetStreamManager
  requireStream: () => Promise<void>
  subscription: Subscription
  lane: number
  onRejected: (consumer: string, error: unknown) => void
}

export interface Lane {
  stop(): Promise<void>
  lag(): Promise<number>
}

export async function openLane(parts: LaneParts): Promise<Lane> {
  const { connection, link, manager, subscription, lane, onRejected } = parts
  const { consumer, subjects, from, handle } = subscription
  const durable = durableName(consumer, lane)
  const filters = subjects.map((subject) => filterOf(lane, subject))
  const stopped = new AbortController()
  let messages: ConsumerMessages | undefined
  let lastHandled: string | undefined
  let tail = Promise.resolve()

  async function take(message: JsMsg): Promise<void> {
    // Without a sign of life the server gives the event to another copy; then it is no longer ours to acknowledge.
    let oursUntil = performance.now() + ACK_WAIT_MS
    const isOurs = () => performance.now() < oursUntil
    const atWork = setInterval(() => {
      if (!isOurs() || !link.isUp()) return
      message.working()
      oursUntil = performance.now() + ACK_WAIT_MS
    }, ACK_WAIT_MS / 3)
    try {
      const event = JSON.parse(message.string()) as Envelope
      // Handled already, but the acknowledgement was lost or too late.
      const handled =
        event.id === lastHandled ||
        (await handleUntilDone(
          () => handling('nats', event, () => handle(event)),
          stopped.signal,
          (error) => onRejected(consumer, error),
          isOurs,
        ))
      if (handled) lastHandled = event.id
      if (!(await link.up(stopped.signal.aborted ? 0 : oursUntil - performance.now())) || !isOurs()) return
      if (handled) message.ack()
      else message.nak()
    } finally {
      clearInterval(atWork)
    }
  }

  async function consume(): Promise<void> {
    const source = await jetstream(connection).consumers.get(STREAM, durable)
    messages = await source.consume({
      ...PULL,
      abort_on_missing_resource: true,
      callback: (message) => {
        tail = tail.then(() => take(message)).catch((error: unknown) => onRejected(consumer, error))
      },
    })
  }

  async function begin(): Promise<void> {
    await requireConsumer(manager, durable, filters, from)
    await consume()
  }

  /** Taken up again whatever ended it, a broker that lost its data too, until somebody stops us. */
  async function keepConsuming(): Promise<void> {
    for (;;) {
      const reason = await messages?.closed()
      if (stopped.signal.aborted || connection.isClosed()) return
      onRejected(consumer, reason ?? new Error('the broker ended the delivery'))
      await pauseUnlessStopped(BETWEEN_TRIES_MS, stopped.signal)
      if (stopped.signal.aborted) return
      await parts
        .requireStream()
        .then(begin)
        .catch((error: unknown) => onRejected(consumer, error))
    }
  }

  await begin()
  const loop = keepConsuming()

  return {
    stop: async () => {
      stopped.abort()
      // First no more is asked for: what is given back now must go to another copy.
      await messages?.close()
      await tail
      await loop
    },
    lag: async () => {
      const { num_pending, num_ack_pending } = await manager.consumers.info(STREAM, durable)
      return num_pending + num_ack_pending
    },
  }
}

/** Its beginning counts from here: an event published after this is not missed, whenever it is read. */
async function requireConsumer(
  manager: JetStreamManager,
  durable: string,
  filters: string[],
  from: Subscription['from'],
): Promise<void> {
  const known = await manager.consumers.info(STREAM, durable).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound)
      return undefined
    throw error
  })
  if (known) {
    const same = new Set(known.config.filter_subjects ?? [known.config.filter_subject])
    if (same.size === filters.length && filters.every((filter) => same.has(filter))) return
    await manager.consumers.update(STREAM, durable, { filter_subjects: filters })
    return
  }
  await manager.consumers.add(STREAM, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    max_ack_pending: 1,
    deliver_policy: from === 'now' ? DeliverPolicy.New : DeliverPolicy.All,
    filter_subjects: filters,
  })
}
