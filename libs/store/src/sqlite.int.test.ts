import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqliteEngine, StoreUnavailable } from './sqlite.ts'
import { storeSuite } from './suite.ts'

storeSuite('SQLite', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-store-'))
  let engine = openSqliteEngine({ dataDir, relay: true })
  return {
    engine,
    reopen: async () => {
      await engine.close()
      engine = openSqliteEngine({ dataDir, relay: true })
      return engine
    },
    close: async () => {
      await engine.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
})

test('a folder in use is said in one sentence with its mend', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-store-'))
  const engine = openSqliteEngine({ dataDir, relay: false })
  expect(() => openSqliteEngine({ dataDir, relay: false })).toThrow(StoreUnavailable)
  expect(() => openSqliteEngine({ dataDir, relay: false })).toThrow(/in use by another Guichet/)
  await engine.close()
  await openSqliteEngine({ dataDir, relay: false }).close()
  await rm(dataDir, { recursive: true, force: true })
})
