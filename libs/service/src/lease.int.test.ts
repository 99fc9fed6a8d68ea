import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoreEngine } from '@guichet/store'
import { openStore } from '@guichet/store/open'
import { createFakeClock } from '@guichet/testing/fake-clock'
import { until } from '@guichet/testing/until'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { leases, startLease, type Lease } from './lease.ts'

const log = pino({ level: 'silent' })
const INTERVAL = { milliseconds: 2500 }
let folder: string
let engine: StoreEngine
const started: Lease[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-lease-'))
  engine = await openStore({ url: 'sqlite:', dataDir: folder, log })
})
afterEach(async () => {
  for (const lease of started.splice(0)) await lease.stop()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

/** A copy of the service with a clock of its own, wherever that stands. */
function copy(holder: string, time: string) {
  const clock = createFakeClock(time)
  const store = engine.service('alpha')
  const taken: number[] = []
  const lease = startLease({ store, name: 'timers', holder, clock, log, onTaken: () => taken.push(1) })
  started.push(lease)
  return { clock, lease, taken }
}

const versionNow = async () =>
  (await engine.service('alpha').collection(leases('alpha')).get('timers'))?.version ?? 0

/** One interval passes for this copy, and it has looked. */
async function observe({ clock, lease }: ReturnType<typeof copy>): Promise<void> {
  const before = await versionNow()
  const held = lease.held()
  clock.advance(INTERVAL)
  if (held) await until('it renewed', async () => (await versionNow()) > before)
  // A copy that only looks leaves no trace: give its read the time of two of ours.
  else for (let n = 0; n < 2; n += 1) await versionNow()
}

it('goes to the first, and stays there while it renews, however far the clocks are apart', async () => {
  const one = copy('one', '2026-11-24T10:00:00Z')
  await until('one holds it', () => one.lease.held())
  const two = copy('two', '1999-01-01T00:00:00Z')
  for (let n = 0; n < 12; n += 1) {
    await observe(one)
    await observe(two)
    expect([one.lease.held(), two.lease.held()]).toEqual([true, false])
  }
  expect([one.taken.length, two.taken.length]).toEqual([1, 0])
})

it('goes to another once its version stood still for three of its intervals; the paused holder knows at once', async () => {
  const one = copy('one', '2026-11-24T10:00:00Z')
  await until('one holds it', () => one.lease.held())
  const two = copy('two', '2031-01-01T00:00:00Z')
  // The first process hangs: its time does not pass.
  for (let n = 0; n < 2; n += 1) await observe(two)
  expect(two.lease.held()).toBe(false)
  await until('two holds it', () => {
    two.clock.advance(INTERVAL)
    return two.lease.held()
  })
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
  const one = copy('one', '2026-11-24T10:00:00Z')
  await until('one holds it', () => one.lease.held())
  const two = copy('two', '2026-11-24T10:00:00Z')
  await one.lease.stop()
  expect(one.lease.held()).toBe(false)
  two.clock.advance(INTERVAL)
  await until('two holds it', () => two.lease.held())
})
