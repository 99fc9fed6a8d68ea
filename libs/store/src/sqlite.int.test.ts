import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newBlobId, VersionConflict } from './store.ts'
import { openSqliteEngine, StoreUnavailable } from './sqlite.ts'
import { storeSuite } from './suite.ts'
import { collectionOf, event, thing } from './suite/things.ts'

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

test('what a crash left unfinished is gone at the next start; what is whole stays', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-store-'))
  let engine = openSqliteEngine({ dataDir, relay: false })
  const whole = await engine.service('suite').blobs.put(newBlobId(), new Uint8Array(100_000))
  const unfinished = join(dataDir, 'blobs', 'unfinished')
  expect(await readdir(unfinished)).toEqual([])
  await writeFile(join(unfinished, `${newBlobId()}.0a1b2c`), 'half of a mail')
  await engine.close()
  engine = openSqliteEngine({ dataDir, relay: false })
  expect(await readdir(unfinished)).toEqual([])
  expect((await engine.service('suite').blobs.read(whole.id)).length).toBe(100_000)
  await engine.close()
  await rm(dataDir, { recursive: true, force: true })
})

test('the log says the same from memory and from the file, and nothing of a commit that came to nothing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-store-'))
  let engine = openSqliteEngine({ dataDir, relay: false })
  const before = collectionOf(engine, 'things')
  await before.commit({
    id: 'old',
    expectedVersion: 0,
    value: thing(),
    events: [event('suite.made', { n: 0 })],
  })
  await engine.close()
  engine = openSqliteEngine({ dataDir, relay: false })
  const own = collectionOf(engine, 'things')
  const commits = Array.from({ length: 40 }, (_, index) =>
    own.commit({
      // Every fourth one is refused, within the same transaction as the others.
      id: index % 4 === 3 ? 'old' : `new-${index}`,
      expectedVersion: 0,
      value: thing(),
      events: [event(index % 2 === 0 ? 'suite.made' : 'suite.changed', { n: index })],
    }),
  )
  const refused = (await Promise.allSettled(commits)).filter(({ status }) => status === 'rejected')
  expect(refused.map((each) => (each as PromiseRejectedResult).reason instanceof VersionConflict)).toEqual(
    Array.from({ length: 10 }, () => true),
  )
  const { log } = engine
  const asked = [
    [0, 256, ['suite.made', 'suite.changed']],
    [1, 256, ['suite.changed', 'suite.made', 'suite.made']],
    [1, 5, ['suite.made']],
    [7, 3, ['suite.changed']],
    [log.lastSeq(), 256, ['suite.made']],
    [1, 256, ['suite.nothing']],
  ] as const
  const fromMemory = asked.map(([after, limit, subjects]) => log.read(after, limit, subjects))
  expect(fromMemory[0]?.length).toBe(31)
  expect(fromMemory[1]?.length).toBe(30)
  const last = log.lastSeq()
  await engine.close()
  // Opened anew, all of it lies further back than what is remembered.
  engine = openSqliteEngine({ dataDir, relay: false })
  expect(engine.log.lastSeq()).toBe(last)
  expect(asked.map(([after, limit, subjects]) => engine.log.read(after, limit, subjects))).toEqual(fromMemory)
  await engine.close()
  await rm(dataDir, { recursive: true, force: true })
})
