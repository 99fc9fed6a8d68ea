/**
 * What every store promises, run unchanged on each engine against the real thing. `open` gives a fresh place;
 * `reopen` closes and opens the same place again.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  BlobMissing,
  BlobTooLarge,
  EventTooLarge,
  newBlobId,
  QueryRefused,
  StoreBusy,
  VersionConflict,
  type Collection,
  type NewEvent,
  type RecordedEvent,
  type StoreEngine,
} from './store.ts'

export interface SuitePlace {
  engine: StoreEngine
  reopen: () => Promise<StoreEngine>
  close: () => Promise<void>
}

interface Thing {
  title: string
  owner: string
  people: string[]
  rank: number
}
type Things = Collection<Thing, 'byOwner' | 'byPerson'>

const thing = (over: Partial<Thing> = {}): Thing => ({
  title: 'Imprimante',
  owner: 'anne',
  people: [],
  rank: 1,
  ...over,
})
const event = (subject: string, data: unknown = {}): NewEvent => ({
  subject,
  version: 1,
  occurredAt: '2026-11-24T10:00:00.000Z',
  actor: { kind: 'service', service: 'suite' },
  audience: { accounts: [], staff: false },
  data,
})

let names = 0
function collectionOf(
  engine: StoreEngine,
  name = `things-${process.pid}-${++names}`,
  revision = 1,
  people = true,
): Things {
  return engine.service('suite').collection<Thing, 'byOwner' | 'byPerson'>({
    name,
    indexRevision: revision,
    indexes: {
      byOwner: { keys: ({ owner }) => [[owner]], sort: ({ rank }) => String(rank).padStart(6, '0') },
      byPerson: { keys: (value) => (people ? value.people.map((person) => [person]) : [[value.owner]]) },
    },
    search: {
      words: ({ title }, id) => `#${id} ${title}`,
      tags: ({ owner, people: all }) => [`owner:${owner}`, ...all.map((each) => `person:${each}`)],
    },
  })
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}
const ids = (events: readonly RecordedEvent[]) => events.map(({ id }) => id)

export function storeSuite(name: string, open: () => Promise<SuitePlace>): void {
  describe(name, () => {
    let place: SuitePlace
    let things: Things
    beforeAll(async () => {
      place = await open()
      things = collectionOf(place.engine)
    })
    afterAll(() => place.close())

    describe('a commit', () => {
      test('writes state and events together, and gives the next version', async () => {
        const id = randomUUID()
        expect(
          await things.commit({
            id,
            expectedVersion: 0,
            value: thing(),
            events: [event('thing.made'), event('thing.named')],
          }),
        ).toEqual({ id, version: 1, value: thing() })
        expect(await things.get(id)).toEqual({ id, version: 1, value: thing() })
        expect(ids(await all(things.history(id)))).toEqual([
          `${things.name}/${id}@1.0`,
          `${things.name}/${id}@1.1`,
        ])
      })

      test('of a version that is not there changes nothing', async () => {
        const id = randomUUID()
        await things.commit({ id, expectedVersion: 0, value: thing() })
        for (const expectedVersion of [0, 2]) {
          const refused = things.commit({
            id,
            expectedVersion,
            value: thing({ title: 'x' }),
            events: [event('thing.changed')],
          })
          await expect(refused).rejects.toThrow(VersionConflict)
        }
        expect((await things.get(id))?.value.title).toBe('Imprimante')
        expect(await all(things.history(id))).toEqual([])
      })

      test('is won once per version, by eight writers at once', async () => {
        const id = randomUUID()
        await things.commit({ id, expectedVersion: 0, value: thing({ rank: 0 }) })
        const wins: number[] = []
        await Promise.all(
          Array.from({ length: 8 }, async () => {
            for (let tries = 0; tries < 25; tries++) {
              const now = await things.get(id)
              if (!now) throw new Error('it was there')
              try {
                const value = { ...now.value, rank: now.value.rank + 1 }
                wins.push(
                  (
                    await things.commit({
                      id,
                      expectedVersion: now.version,
                      value,
                      events: [event('thing.ranked')],
                    })
                  ).version,
                )
              } catch (error) {
                if (!(error instanceof VersionConflict)) throw error
              }
            }
          }),
        )
        const last = await things.get(id)
        expect(new Set(wins).size).toBe(wins.length)
        expect(last?.version).toBe(wins.length + 1)
        expect(last?.value.rank).toBe(wins.length)
        expect(await all(things.history(id))).toHaveLength(wins.length)
      })

      test('that fails among many does not disturb the others', async () => {
        const good = Array.from({ length: 20 }, () => randomUUID())
        const taken = randomUUID()
        await things.commit({ id: taken, expectedVersion: 0, value: thing() })
        const results = await Promise.allSettled([
          ...good.slice(0, 10).map((id) => things.commit({ id, expectedVersion: 0, value: thing() })),
          things.commit({ id: taken, expectedVersion: 0, value: thing() }),
          things.commit({
            id: randomUUID(),
            expectedVersion: 0,
            value: thing(),
            events: [event('thing.large', 'x'.repeat(70_000))],
          }),
          ...good.slice(10).map((id) => things.commit({ id, expectedVersion: 0, value: thing() })),
        ])
        expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2)
        expect(await things.getMany(good)).toHaveLength(20)
      })

      test('refuses an event above 64 KB, and writes nothing', async () => {
        const id = randomUUID()
        const refused = things.commit({
          id,
          expectedVersion: 0,
          value: thing(),
          events: [event('thing.large', 'x'.repeat(65_600))],
        })
        await expect(refused).rejects.toThrow(EventTooLarge)
        expect(await things.get(id)).toBeUndefined()
      })

      test('carries small and large contents, durable with it', async () => {
        const blobs = [10, 200_000].map((size) => ({ id: newBlobId(), bytes: new Uint8Array(size).fill(7) }))
        await things.commit({ id: randomUUID(), expectedVersion: 0, value: thing(), blobs })
        for (const { id, bytes } of blobs)
          expect(Buffer.from(await place.engine.service('suite').blobs.read(id)).equals(bytes)).toBe(true)
      })
    })

    describe('a deletion', () => {
      test('leaves a tombstone: versions go on, ids never repeat, history stays', async () => {
        const id = randomUUID()
        await things.commit({ id, expectedVersion: 0, value: thing(), events: [event('thing.made')] })
        await things.commit({ id, expectedVersion: 1, value: null, events: [event('thing.removed')] })
        expect(await things.get(id)).toBeUndefined()
        expect(await things.tombstone(id)).toBe(2)
        expect(
          (await things.find({ index: 'byOwner', key: ['anne'], limit: 100 })).items.map((each) => each.id),
        ).not.toContain(id)
        const again = await things.commit({
          id,
          expectedVersion: 0,
          value: thing(),
          events: [event('thing.made')],
        })
        expect(again.version).toBe(3)
        expect(await things.tombstone(id)).toBeUndefined()
        expect(ids(await all(things.history(id)))).toEqual(
          [1, 2, 3].map((version) => `${things.name}/${id}@${version}.0`),
        )
      })
    })

    describe('history', () => {
      test('goes on after an event, in order', async () => {
        const id = randomUUID()
        for (let version = 0; version < 12; version++) {
          await things.commit({
            id,
            expectedVersion: version,
            value: thing({ rank: version }),
            events: [event('thing.ranked', { version })],
          })
        }
        const whole = await all(things.history(id))
        expect(whole.map(({ data }) => (data as { version: number }).version)).toEqual(
          Array.from({ length: 12 }, (_, version) => version),
        )
        expect(await all(things.history(id, whole[8]?.id))).toEqual(whole.slice(9))
        await expect(all(things.history(id, 'others/x@1.0'))).rejects.toThrow(QueryRefused)
      })
    })

    describe('find', () => {
      test('pages by cursor, in both orders, without gap or repeat', async () => {
        const own = collectionOf(place.engine)
        for (let rank = 0; rank < 25; rank++)
          await own.commit({
            id: `t${rank}`,
            expectedVersion: 0,
            value: thing({ rank: Math.floor(rank / 2) }),
          })
        for (const order of ['asc', 'desc'] as const) {
          const seen: string[] = []
          let cursor: string | undefined
          do {
            const page = await own.find({ index: 'byOwner', key: ['anne'], order, limit: 7, cursor })
            seen.push(...page.items.map(({ id }) => id))
            cursor = page.next ?? undefined
          } while (cursor)
          expect(new Set(seen).size).toBe(25)
          const ranks = seen.map((id) => Math.floor(Number(id.slice(1)) / 2))
          expect(ranks).toEqual(ranks.toSorted((a, b) => (order === 'asc' ? a - b : b - a)))
        }
        expect(await own.count({ index: 'byOwner', key: ['anne'] })).toBe(25)
      })

      test('follows a document that moves, and finds it under each of its keys', async () => {
        const own = collectionOf(place.engine)
        await own.commit({ id: 'a', expectedVersion: 0, value: thing({ people: ['bruno', 'carla'] }) })
        const found = async (person: string) =>
          (await own.find({ index: 'byPerson', key: [person] })).items.map(({ id }) => id)
        expect([await found('bruno'), await found('carla')]).toEqual([['a'], ['a']])
        await own.commit({ id: 'a', expectedVersion: 1, value: thing({ owner: 'zoe', people: ['carla'] }) })
        expect([await found('bruno'), await found('carla')]).toEqual([[], ['a']])
        expect(await own.count({ index: 'byOwner', key: ['anne'] })).toBe(0)
        expect(await own.count({ index: 'byOwner', key: ['zoe'] })).toBe(1)
      })

      test('refuses what no index answers', async () => {
        const cursor = (await things.find({ index: 'byOwner', key: ['anne'], limit: 1 })).next ?? ''
        await expect(things.find({ index: 'byTitle' as never, key: ['x'] })).rejects.toThrow(QueryRefused)
        await expect(things.find({ index: 'byOwner', key: [''] })).rejects.toThrow(QueryRefused)
        await expect(things.find({ index: 'byOwner', key: ['zoe'], cursor })).rejects.toThrow(QueryRefused)
        await expect(things.find({ index: 'byOwner', key: ['anne'], cursor: 'nonsense' })).rejects.toThrow(
          QueryRefused,
        )
        for (const limit of [0, 101, 1.5])
          await expect(things.find({ index: 'byOwner', key: ['anne'], limit })).rejects.toThrow(QueryRefused)
      })
    })

    describe('search', () => {
      test('folds case, accents and ligatures; numbers, addresses and c++ are words', async () => {
        const own = collectionOf(place.engine)
        await own.commit({
          id: '1001',
          expectedVersion: 0,
          value: thing({ title: 'Œuvre à Liège, Straße' }),
          addToSearch: 'écrit par sos@exeko.be en C++',
        })
        const hits = async (text: string) => (await own.search({ text, tags: ['owner:anne'] })).items.length
        for (const text of [
          'oeuvre',
          'LIEGE',
          'strasse',
          '#1001',
          '1001',
          'sos@exeko.be',
          'exeko',
          'c++',
          'liege oeuvre',
          '"à liège"',
          'oeuv*',
        ]) {
          expect([text, await hits(text)]).toEqual([text, 1])
        }
        for (const text of ['oeuvr', 'bruxelles', 'liege bruxelles', 'c+', '#100'])
          expect([text, await hits(text)]).toEqual([text, 0])
      })

      test('is narrowed by all tags; words stay, tags follow the document', async () => {
        const own = collectionOf(place.engine)
        await own.commit({
          id: 'a',
          expectedVersion: 0,
          value: thing({ people: ['bruno'] }),
          addToSearch: 'premier message',
        })
        await own.commit({
          id: 'a',
          expectedVersion: 1,
          value: thing({ owner: 'zoe' }),
          addToSearch: 'second',
        })
        const hits = async (text: string, ...tags: string[]) =>
          (await own.search({ text, tags })).items.length
        expect(await hits('premier second', 'owner:zoe')).toBe(1)
        expect(await hits('premier', 'owner:anne')).toBe(0)
        expect(await hits('premier', 'owner:zoe', 'person:bruno')).toBe(0)
        await expect(own.search({ text: 'premier', tags: [] })).rejects.toThrow(QueryRefused)
        await own.commit({ id: 'a', expectedVersion: 2, value: null })
        expect(await hits('premier', 'owner:zoe')).toBe(0)
      })

      test('gives the most recently changed first, by pages', async () => {
        const own = collectionOf(place.engine)
        for (const id of ['a', 'b', 'c']) await own.commit({ id, expectedVersion: 0, value: thing() })
        await own.commit({ id: 'a', expectedVersion: 1, value: thing({ rank: 2 }) })
        const first = await own.search({ text: 'imprimante', tags: ['owner:anne'], limit: 2 })
        expect(first.items.map(({ id }) => id)).toEqual(['a', 'c'])
        const rest = await own.search({
          text: 'imprimante',
          tags: ['owner:anne'],
          limit: 2,
          cursor: first.next ?? '',
        })
        expect([rest.items.map(({ id }) => id), rest.next]).toEqual([['b'], null])
      })

      test('stands any number of changes of what is searched', async () => {
        const own = collectionOf(place.engine)
        const many = Array.from({ length: 40 }, (_, index) => `d${index}`)
        for (let version = 0; version < 4; version++)
          for (const id of many)
            await own.commit({
              id,
              expectedVersion: version,
              value: thing({ title: `mot${id} v${version}` }),
            })
        for (const id of many) await own.commit({ id, expectedVersion: 4, value: null })
        const left = await own.search({ text: 'v3', tags: ['owner:anne'], limit: 100 })
        expect(left.items).toEqual([])
      })

      test('has no syntax that could be wrong', async () => {
        for (const text of [
          '',
          '"',
          '*',
          'a AND',
          'NEAR(',
          "'; DROP TABLE x",
          '-x',
          '$where',
          '(',
          ')',
          ':',
          '^',
        ]) {
          await expect(things.search({ text, tags: ['owner:anne'] })).resolves.toBeDefined()
        }
      })
    })

    describe('contents', () => {
      const blobs = () => place.engine.service('suite').blobs
      async function* megabytes(count: number) {
        for (let index = 0; index < count; index++) yield new Uint8Array(1024 * 1024).fill(index)
      }

      test('of 30 MB stream in and out with their hash', async () => {
        const id = newBlobId()
        const { size, sha256 } = await blobs().put(id, megabytes(30))
        expect([size, sha256.length]).toEqual([30 * 1024 * 1024, 64])
        const { stream, ...info } = await blobs().open(id)
        let read = 0
        for await (const chunk of stream) read += chunk.length
        expect([read, info]).toEqual([size, { id, size, sha256 }])
        await blobs().remove(id)
        await expect(blobs().read(id)).rejects.toThrow(BlobMissing)
      })

      test('that no commit named are swept after their time; what one named stays', async () => {
        const store = place.engine.service('suite')
        const own = collectionOf(place.engine)
        const put = async (size: number) =>
          (await store.blobs.put(newBlobId(), new Uint8Array(size).fill(1))).id
        const loose = [await put(10), await put(200_000)]
        const kept = [await put(10), await put(200_000)]
        const carried = [10, 200_000].map((size) => ({ id: newBlobId(), bytes: new Uint8Array(size) }))
        const refused = [10, 200_000].map((size) => ({ id: newBlobId(), bytes: new Uint8Array(size) }))
        await own.commit({ id: 'a', expectedVersion: 0, value: thing(), keeps: kept.slice(0, 1) })
        await own.commit({
          id: 'a',
          expectedVersion: 1,
          value: thing(),
          keeps: kept.slice(1),
          blobs: carried,
        })
        await expect(
          own.commit({ id: 'a', expectedVersion: 1, value: thing(), keeps: loose, blobs: refused }),
        ).rejects.toThrow(VersionConflict)
        // What is kept is kept, though it is put once more.
        await store.blobs.put(kept[0] ?? '', new Uint8Array(10))
        const longAgo = Date.now() - 60_000
        await store.blobs.sweepLoose(longAgo)
        expect(await store.blobs.info(loose[0] ?? '')).toBeDefined()

        await store.blobs.sweepLoose(Date.now() + 1)
        const left = async (ids: readonly string[]) =>
          (await Promise.all(ids.map((id) => store.blobs.info(id)))).filter((info) => info !== undefined)
            .length
        expect(await left([...loose, ...refused.map(({ id }) => id)])).toBe(0)
        expect(await left([...kept, ...carried.map(({ id }) => id)])).toBe(4)
        for (const id of kept) expect((await store.blobs.read(id)).length).toBeGreaterThan(9)
        expect(await store.blobs.sweepLoose(Date.now() + 1)).toBe(0)
      })

      test('over the limit keep nothing', async () => {
        for (const limit of [1000, 3 * 1024 * 1024]) {
          const id = newBlobId()
          await expect(blobs().put(id, megabytes(4), { maxBytes: limit })).rejects.toThrow(BlobTooLarge)
          expect(await blobs().info(id)).toBeUndefined()
        }
      })

      test.each(['../../etc/passwd', '', 'a'.repeat(36), '00000000-0000-0000-0000-00000000000/'])(
        'are not reached by %j',
        async (id) => {
          await expect(blobs().read(id)).rejects.toThrow(BlobMissing)
          if (!/^[0-9a-f-]{36}$/.test(id))
            await expect(blobs().put(id, new Uint8Array(1))).rejects.toThrow(TypeError)
        },
      )
    })

    describe('the outbox', () => {
      test('holds each document’s events in order until they are acknowledged, and history never repeats', async () => {
        const { outbox } = place.engine.service('suite')
        const id = randomUUID()
        for (let version = 0; version < 3; version++)
          await things.commit({
            id,
            expectedVersion: version,
            value: thing(),
            events: [event('thing.ranked')],
          })
        const own = async () => (await outbox.pending(100)).find(({ documentId }) => documentId === id)
        const waiting = await own()
        const expected = [1, 2, 3].map((version) => `${things.name}/${id}@${version}.0`)
        expect(ids(waiting?.events ?? [])).toEqual(expected)
        if (!waiting) throw new Error('it was there')
        await outbox.acknowledge(waiting, expected.slice(0, 2))
        expect(ids((await own())?.events ?? [])).toEqual(expected.slice(2))
        expect(ids(await all(things.history(id)))).toEqual(expected)
        await outbox.acknowledge(waiting, expected)
        await outbox.acknowledge(waiting, expected)
        expect(await own()).toBeUndefined()
        expect(ids(await all(things.history(id)))).toEqual(expected)
      })

      test('wakes whoever relays', async () => {
        const { outbox } = place.engine.service('suite')
        const woken = new Promise<void>((resolve) => outbox.onPending(resolve))
        await things.commit({
          id: randomUUID(),
          expectedVersion: 0,
          value: thing(),
          events: [event('thing.made')],
        })
        await woken
        expect(await outbox.oldestAge()).toBeGreaterThan(0)
      })

      test('answers busy when the broker is far behind, and loses nothing', async () => {
        const id = randomUUID()
        let version = 0
        const most = async () => {
          for (; version < 400; version++)
            await things.commit({
              id,
              expectedVersion: version,
              value: thing(),
              events: [event('thing.ranked')],
            })
        }
        await expect(most()).rejects.toThrow(StoreBusy)
        expect(version).toBe(200)
        expect((await things.get(id))?.version).toBe(200)
        expect(await all(things.history(id))).toHaveLength(200)
      })
    })

    test('the owner replays all it ever recorded, each document’s events in order, from where it was', async () => {
      const store = place.engine.service('replayer')
      const own = store.collection<Thing, never>({ name: `replayed-${process.pid}-${++names}` })
      for (const id of ['a', 'b'])
        for (let version = 0; version < 3; version++)
          await own.commit({ id, expectedVersion: version, value: thing(), events: [event('thing.ranked')] })
      const told = await all(store.recorded())
      for (const id of ['a', 'b']) {
        expect(ids(told.map((each) => each.event).filter(({ key }) => key === id))).toEqual(
          [1, 2, 3].map((version) => `${own.name}/${id}@${version}.0`),
        )
      }
      expect((await all(store.recorded(told[3]?.position))).map((each) => each.event.id)).toEqual(
        told.slice(4).map((each) => each.event.id),
      )
    })

    test('a new meaning of an index is given to what is there already', async () => {
      const name = `revised-${process.pid}-${++names}`
      const before = collectionOf(place.engine, name, 1)
      await before.commit({ id: 'a', expectedVersion: 0, value: thing({ people: ['bruno'] }) })
      place.engine = await place.reopen()
      things = collectionOf(place.engine, things.name)
      const after = collectionOf(place.engine, name, 2, false)
      expect((await after.find({ index: 'byPerson', key: ['bruno'] })).items).toEqual([])
      expect((await after.find({ index: 'byPerson', key: ['anne'] })).items.map(({ id }) => id)).toEqual([
        'a',
      ])
    })

    test('any sequence of commits comes to what a plain map comes to', async () => {
      const step = fc.record({
        id: fc.constantFrom('a', 'b', 'c'),
        owner: fc.constantFrom('anne', 'zoe'),
        remove: fc.boolean(),
        stale: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          const own = collectionOf(place.engine)
          const model = new Map<string, { version: number; owner: string | null }>()
          for (const { id, owner, remove, stale } of steps) {
            const known = model.get(id) ?? { version: 0, owner: null }
            if (remove && known.owner === null) continue
            const expectedVersion = (known.owner === null ? 0 : known.version) + (stale ? 7 : 0)
            const work = own.commit({
              id,
              expectedVersion,
              value: remove ? null : thing({ owner }),
              events: [event('thing.changed')],
            })
            if (stale) await expect(work).rejects.toThrow(VersionConflict)
            else model.set(id, { version: (await work).version, owner: remove ? null : owner })
          }
          for (const [id, { version, owner }] of model) {
            const now = await own.get(id)
            expect([now?.version, now?.value.owner]).toEqual(
              owner === null ? [undefined, undefined] : [version, owner],
            )
            expect(await all(own.history(id))).toHaveLength(version)
          }
          for (const owner of ['anne', 'zoe']) {
            const found = (await own.find({ index: 'byOwner', key: [owner] })).items.map(({ id }) => id)
            expect(found.toSorted()).toEqual(
              [...model]
                .filter(([, each]) => each.owner === owner)
                .map(([id]) => id)
                .toSorted(),
            )
          }
        }),
        { numRuns: 15 },
      )
    })
  })
}
