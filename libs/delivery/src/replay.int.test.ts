import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Envelope } from '@guichet/contracts/envelope'
import type { Store } from '@guichet/store'
import { openSqliteEngine, type SqliteEngine } from '@guichet/store/sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { historyPage, replayFromOwner } from './replay.ts'

let folder: string
let engine: SqliteEngine
let owner: Store
let reader: Store
let pages: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-replay-'))
  engine = openSqliteEngine({ dataDir: folder, relay: true })
  owner = engine.service('owner')
  reader = engine.service('reader')
  pages = 0
})
afterEach(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

async function commit(n: number, subject = 'thing.done'): Promise<void> {
  await owner.collection<{ n: number }, string>({ name: 'things' }).commit({
    id: `t${n}`,
    expectedVersion: 0,
    value: { n },
    events: [
      {
        subject,
        version: 1,
        occurredAt: '2026-11-24T10:00:00.000Z',
        actor: { kind: 'service', service: 'owner' },
        audience: { accounts: [], staff: false },
        data: { n },
      },
    ],
  })
}

const replay = (receive: (event: Envelope) => Promise<void>) =>
  replayFromOwner({
    consumer: 'reader-main',
    owner: 'owner',
    subjects: ['thing.done'],
    store: reader,
    receive,
    ask: async (input) => {
      pages += 1
      return historyPage(owner, { ...input, limit: 3 })
    },
  })

it('a late consumer gets the owner’s whole history, once', async () => {
  for (let n = 1; n <= 8; n += 1) await commit(n, n === 5 ? 'thing.other' : 'thing.done')
  const seen: string[] = []
  await replay(async ({ key }) => void seen.push(key))
  expect(seen).toEqual(['t1', 't2', 't3', 't4', 't6', 't7', 't8'])
  const asked = pages
  await commit(9)
  // From here on the log has it.
  await replay(async ({ key }) => void seen.push(key))
  expect(seen).toHaveLength(7)
  expect(pages).toBe(asked)
})

it('interrupted, it goes on after the last whole page', async () => {
  for (let n = 1; n <= 8; n += 1) await commit(n)
  const first: string[] = []
  const interrupted = replay(async ({ key }) => {
    if (key === 't5') throw new Error('the process ends here')
    first.push(key)
  })
  await expect(interrupted).rejects.toThrow('the process ends here')
  const second: string[] = []
  await replay(async ({ key }) => void second.push(key))
  expect(first).toEqual(['t1', 't2', 't3', 't4'])
  expect(second).toEqual(['t4', 't5', 't6', 't7', 't8'])
})

it('two copies that replay at once leave nothing out', async () => {
  for (let n = 1; n <= 20; n += 1) await commit(n)
  const seen: string[] = []
  const copy = () => replay(async ({ key }) => void seen.push(key))
  await Promise.all([copy(), copy()])
  expect(new Set(seen).size).toBe(20)
})
