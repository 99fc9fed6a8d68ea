import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store, StoreEngine } from '@guichet/store'
import { openSqliteEngine } from '@guichet/store/sqlite'
import { createFakeClock } from '@guichet/testing/fake-clock'
import { until } from '@guichet/testing/until'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startLease, type Lease } from './lease.ts'

const log = pino({ level: 'silent' })
const INTERVAL = { milliseconds: 2500 }
let folder: string
let engine: StoreEngine
const started: Lease[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-lease-'))
  engine = openSqliteEngine({ dataDir: folder, relay: false })
})
afterEach(async () => {
  for (const lease of started.splice(0)) await lease.stop()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

/** A store that tells how often its lease was looked at and written: when a copy has had its turn. */
function watched(store: Store): { store: Store; turns: () => number } {
  let turns = 0
  const counted = <T>(work: Promise<T>) => work.finally(() => (turns += 1))
  return {
    turns: () => turns,
    store: {
      ...store,
      collection: (definition) => {
        const inner = store.collection(definition)
        return {
          ...inner,
          get: (id) => counted(inner.get(id)),
          commit: (change) => counted(inner.commit(change)),
        }
      },
    },
  }
}

/** A copy of the service with a clock of its own, wherever that stands. */
async function copy(holder: string, time: string) {
  const clock = createFakeClock(time)
  const { store, turns } = watched(engine.service('alpha'))
  const taken: number[] = []
  const lease = startLease({ store, name: 'timers', holder, clock, log, onTaken: () => taken.push(1) })
  started.push(lease)
  await until('it has looked', () => turns() > 0)
  await new Promise(setImmediate)
  return { clock, lease, taken, turns }
}
type Copy = Awaited<ReturnType<typeof copy>>

/** One interval passes for this copy, and it has looked; where it holds the lease, it has written too. */
async function observe({ clock, lease, turns }: Copy): Promise<void> {
  const before = turns()
  const expected = lease.held() ? 2 : 1
  clock.advance(INTERVAL)
  await until('it had its turn', () => turns() >= before + expected)
  await new Promise(setImmediate)
}

it('goes to the first, and stays there while it renews, however far the clocks are apart', async () => {
  const one = await copy('one', '2026-11-24T10:00:00Z')
  await until('one holds it', () => one.lease.held())
  const two = await copy('two', '1999-01-01T00:00:00Z')
  for (let n = 0; n < 12; n += 1) {
    await observe(one)
    await observe(two)
    expect([one.lease.held(), two.lease.held()]).toEqual([true, false])
  }
  expect([one.taken.length, two.taken.length]).toEqual([1, 0])
})

it('goes to another once its version stood still for three of its intervals; the paused holder knows at once', async () => {
  const one = await copy('one', '2026-11-24T10:00:00Z')
  await until('one holds it', () => one.lease.held())
  const two = await copy('two', '2031-01-01T00:00:00Z')
  // The first process hangs: its time does not pass.
  for (let n = 0; n < 2; n += 1) await observe(two)
  expect(two.lease.held()).toBe(false)
  await observe(two)
  await until('two holds it', () => two.lease.held())
  expect(two.taken).toHaveLength(1)
  // It wakes: its own measure says that the lease may be gone, before it has read anything.
  one.clock.advance({ milliseconds: 7500 })
  expect(one.lease.held()).toBe(false)
  for (let n = 0; n < 5; n += 1) {
    await observe(two)
    await observe(one)
    expect([one.lease.held(), two.lease.held()]).toEqual([false, true])
  }
})

it('given back, it need not be waited for', async () => {
  const one = await copy('one', '2026-11-24T10:00:00Z')
  await until('one holds it', () => one.lease.held())
  const two = await copy('two', '2026-11-24T10:00:00Z')
  await one.lease.stop()
  expect(one.lease.held()).toBe(false)
  two.clock.advance(INTERVAL)
  await until('two holds it', () => two.lease.held())
})
