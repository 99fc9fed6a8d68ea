/** One test's stage: names that no other test uses, copies that are closed after it, and what they saw. */
import { randomUUID } from 'node:crypto'
import type { Envelope } from '@guichet/contracts/envelope'
import { partitionOf } from '@guichet/contracts/partition'
import type { Events, RunningSubscription, Subscription } from '../bus.ts'
import type { EventsConnection, EventsWorld } from './world.ts'

export interface Stage {
  readonly subject: string
  readonly otherSubject: string
  readonly consumer: string
  readonly events: Events
  readonly world: EventsWorld
  connect(): Promise<EventsConnection>
  /** Number `n` of a key, from 1. */
  event(key: string, n: number, subject?: string): Envelope
  /** One after the other. */
  publish(key: string, ...numbers: number[]): Promise<void>
  /** On this connection unless another is given; ended with the test. */
  subscribe(
    handle: Subscription['handle'],
    options?: { events?: Events; consumer?: string; from?: Subscription['from'] },
  ): Promise<RunningSubscription>
  close(): Promise<void>
}

export async function openStage(open: () => Promise<EventsWorld>): Promise<Stage> {
  const world = await open()
  const own = randomUUID().slice(0, 8)
  const subject = `thing-${own}.done`
  const consumer = `test-${own}`
  const closing: (() => Promise<void>)[] = []

  async function connect(): Promise<EventsConnection> {
    const connection = await world.connect()
    closing.push(() => connection.close())
    return connection
  }
  const { events } = await connect()

  const stage: Stage = {
    subject,
    otherSubject: `thing-${own}.other`,
    consumer,
    events,
    world,
    connect,
    event: (key, n, as = subject) => ({
      id: `things-${own}-${as.split('.')[1]}/${key}@${n}.1`,
      subject: as,
      key,
      version: 1,
      occurredAt: '2026-11-24T10:00:00.000Z',
      actor: { kind: 'service', service: 'test' },
      audience: { accounts: [], staff: false },
      trace: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
      data: { n },
    }),
    publish: async (key, ...numbers) => {
      for (const n of numbers) await events.publish(stage.event(key, n))
    },
    subscribe: async (handle, options = {}) => {
      const running = await (options.events ?? events).subscribe({
        consumer: options.consumer ?? consumer,
        subjects: [subject],
        from: options.from ?? 'history',
        handle,
      })
      closing.push(() => running.stop())
      return running
    },
    close: async () => {
      for (const end of closing.toReversed()) await end()
      await world.destroy()
    },
  }
  return stage
}

export const numberOf = ({ data }: Envelope): number => (data as { n: number }).n
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** Keys of all the different partitions asked for, in that order. */
export function keysOf(partitions: readonly number[]): string[] {
  const found = new Map<number, string>()
  for (let n = 0; found.size < partitions.length; n++) {
    const partition = partitionOf(`key-${n}`)
    if (partitions.includes(partition) && !found.has(partition)) found.set(partition, `key-${n}`)
  }
  return partitions.map((partition) => found.get(partition) ?? '')
}

export interface Handled {
  key: string
  n: number
}

/**
 * What is wrong with the order in which events were handled: a number that comes before the one below it was
 * overtaking or the lower one is lost. A repetition is allowed.
 */
export function orderFaults(handled: readonly Handled[]): string[] {
  const last = new Map<string, number>()
  return handled.flatMap(({ key, n }) => {
    const before = last.get(key) ?? 0
    last.set(key, Math.max(before, n))
    return n > before + 1 ? [`${key}: ${n} after ${before}`] : []
  })
}

/** How many different events. */
export const countOf = (handled: readonly Handled[]): number =>
  new Set(handled.map(({ key, n }) => `${key}@${n}`)).size

/** Publishers side by side, each with keys of its own, one event of a key after the other. */
export async function publishInParallel(
  events: Events,
  stage: Stage,
  {
    keys,
    numbers,
    publishers = 8,
  }: { keys: readonly string[]; numbers: readonly number[]; publishers?: number },
): Promise<void> {
  await Promise.all(
    Array.from({ length: publishers }, async (_, publisher) => {
      const own = keys.filter((_key, at) => at % publishers === publisher)
      for (const n of numbers) for (const key of own) await events.publish(stage.event(key, n))
    }),
  )
}
