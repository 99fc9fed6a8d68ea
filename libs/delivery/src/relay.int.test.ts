import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Events } from '@guichet/bus'
import { openSqliteEvents } from '@guichet/bus/sqlite'
import type { Envelope } from '@guichet/contracts/envelope'
import type { Store } from '@guichet/store'
import { openSqliteEngine, type SqliteEngine } from '@guichet/store/sqlite'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { until } from '@guichet/testing/until'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startRelay, type Relay } from './relay.ts'

// The broker is another real log, in a file of its own, cut off when a test says so.
let folder: string
let engine: SqliteEngine
let broker: SqliteEngine
let store: Store
let events: Events
let clock: FakeClock
let logLines: { msg: string }[]
let failing: (event: Envelope) => boolean
const relays: Relay[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-relay-'))
  engine = openSqliteEngine({ dataDir: join(folder, 'store'), relay: true })
  broker = openSqliteEngine({ dataDir: join(folder, 'broker'), relay: false })
  store = engine.service('source')
  failing = () => false
  const log = openSqliteEvents({ log: broker.log, onRejected: () => {} })
  events = {
    ...log,
    sharedWithStore: false,
    publish: async (event) => {
      if (failing(event)) throw new Error('the broker is away')
      await log.publish(event)
    },
  }
  clock = createFakeClock()
  logLines = []
})
afterEach(async () => {
  failing = () => false
  for (const relay of relays.splice(0)) await relay.stop()
  await engine.close()
  await broker.close()
  await rm(folder, { recursive: true, force: true })
})

function relay(): Relay {
  const log = pino(
    { level: 'info' },
    { write: (line) => void logLines.push(JSON.parse(line) as { msg: string }) },
  )
  const started = startRelay({ store, events, clock, log })
  relays.push(started)
  return started
}

async function commit(id: string, ...numbers: number[]): Promise<void> {
  const things = store.collection<{ n: number }, string>({ name: 'things' })
  const stored = await things.get(id)
  await things.commit({
    id,
    expectedVersion: stored?.version ?? 0,
    value: { n: numbers.at(-1) ?? 0 },
    events: numbers.map((n) => ({
      subject: 'thing.done',
      version: 1,
      occurredAt: '2026-11-24T10:00:00.000Z',
      actor: { kind: 'service', service: 'source' },
      audience: { accounts: [], staff: false },
      data: { n },
    })),
  })
}

const published = () =>
  broker.log
    .read(0, 1000, ['thing.done'])
    .map(({ envelope }) => [envelope.key, (envelope.data as { n: number }).n])
const publishedOf = (key: string) => published().flatMap(([of, n]) => (of === key ? [n] : []))

describe('the relay', () => {
  it('publishes what is committed, at once, and leaves nothing pending', async () => {
    relay()
    await commit('a', 1, 2)
    await until('published', () => published().length === 2)
    await commit('a', 3)
    await until('published', () => published().length === 3)
    expect(publishedOf('a')).toEqual([1, 2, 3])
    await until('acknowledged', async () => (await store.outbox.pending(10)).length === 0)
    expect(await store.outbox.oldestAge()).toBe(0)
  })

  it('keeps each document’s order however often the broker fails', async () => {
    let calls = 0
    failing = () => (calls += 1) % 3 !== 0
    relay()
    const numbers = Array.from({ length: 10 }, (_, at) => at + 1)
    for (const n of numbers) for (const key of ['a', 'b', 'c', 'd']) await commit(key, n)
    await until('all are published', () => {
      clock.advance({ seconds: 10 })
      return published().length >= 40
    })
    for (const key of ['a', 'b', 'c', 'd']) expect(publishedOf(key)).toEqual(numbers)
  })

  it('waits for a broker that is away, says so once, goes on by itself', async () => {
    failing = () => true
    relay()
    await commit('a', 1)
    await until('it has said so', () => logLines.length === 1)
    for (let n = 0; n < 20; n += 1) {
      await commit('a', n + 2)
      clock.advance({ seconds: 10 })
    }
    expect(published()).toEqual([])
    failing = () => false
    await until('all are published', () => {
      clock.advance({ seconds: 10 })
      return published().length === 21
    })
    expect(publishedOf('a')).toEqual(Array.from({ length: 21 }, (_, at) => at + 1))
    await until('it has said so', () => logLines.length === 2)
    expect(logLines.map(({ msg }) => msg)).toEqual([
      'events cannot be relayed; they are kept and tried again',
      'events are relayed again',
    ])
  })

  it('one document that cannot be published holds up no other', async () => {
    failing = ({ key }) => key === 'a'
    relay()
    for (let n = 1; n <= 3; n += 1) for (const key of ['a', 'b']) await commit(key, n)
    await until('b is published', () => {
      clock.advance({ seconds: 10 })
      return publishedOf('b').length === 3
    })
    expect(publishedOf('a')).toEqual([])
  })

  it('two relays publish everything, in order', async () => {
    relay()
    relay()
    const numbers = Array.from({ length: 20 }, (_, at) => at + 1)
    for (const n of numbers) await commit('a', n)
    await until('all are published', () => publishedOf('a').length >= 20)
    // What both published is there once: the log knows an id again.
    expect(publishedOf('a')).toEqual(numbers)
  })

  it('finds what another copy left, and sends the rest when it is stopped', async () => {
    await commit('a', 1)
    const first = relay()
    await until('the first', () => published().length === 1)
    failing = () => true
    await commit('a', 2)
    await until('it is in trouble', () => logLines.length === 1)
    await first.stop()
    expect(published()).toHaveLength(1)
    failing = () => false
    await relay().stop()
    expect(publishedOf('a')).toEqual([1, 2])
  })
})
