/** State and events change together, or not at all; versions never restart. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventTooLarge, newBlobId, QueryRefused, VersionConflict } from '../store.ts'
import { all, collectionOf, event, ids, thing, type Stage } from './things.ts'

export function describeCommits(stage: () => Stage): void {
  describe('a commit', () => {
    test('writes state and events together, and gives the next version', async () => {
      const id = randomUUID()
      expect(
        await stage().things.commit({
          id,
          expectedVersion: 0,
          value: thing(),
          events: [event('thing.made'), event('thing.named')],
        }),
      ).toEqual({ id, version: 1, value: thing() })
      expect(await stage().things.get(id)).toEqual({ id, version: 1, value: thing() })
      expect(ids(await all(stage().things.history(id)))).toEqual([
        `${stage().things.name}/${id}@1.0`,
        `${stage().things.name}/${id}@1.1`,
      ])
    })

    test('of a version that is not there changes nothing', async () => {
      const id = randomUUID()
      await stage().things.commit({ id, expectedVersion: 0, value: thing() })
      for (const expectedVersion of [0, 2]) {
        const refused = stage().things.commit({
          id,
          expectedVersion,
          value: thing({ title: 'x' }),
          events: [event('thing.changed')],
        })
        await expect(refused).rejects.toThrow(VersionConflict)
      }
      expect((await stage().things.get(id))?.value.title).toBe('Imprimante')
      expect(await all(stage().things.history(id))).toEqual([])
    })

    test('is won once per version, by eight writers at once', async () => {
      const id = randomUUID()
      await stage().things.commit({ id, expectedVersion: 0, value: thing({ rank: 0 }) })
      const wins: number[] = []
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let tries = 0; tries < 25; tries++) {
            const now = await stage().things.get(id)
            if (!now) throw new Error('it was there')
            try {
              const value = { ...now.value, rank: now.value.rank + 1 }
              wins.push(
                (
                  await stage().things.commit({
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
      const last = await stage().things.get(id)
      expect(new Set(wins).size).toBe(wins.length)
      expect(last?.version).toBe(wins.length + 1)
      expect(last?.value.rank).toBe(wins.length)
      expect(await all(stage().things.history(id))).toHaveLength(wins.length)
    })

    test('that fails among many does not disturb the others', async () => {
      const good = Array.from({ length: 20 }, () => randomUUID())
      const taken = randomUUID()
      await stage().things.commit({ id: taken, expectedVersion: 0, value: thing() })
      const results = await Promise.allSettled([
        ...good.slice(0, 10).map((id) => stage().things.commit({ id, expectedVersion: 0, value: thing() })),
        stage().things.commit({ id: taken, expectedVersion: 0, value: thing() }),
        stage().things.commit({
          id: randomUUID(),
          expectedVersion: 0,
          value: thing(),
          events: [event('thing.large', 'x'.repeat(70_000))],
        }),
        ...good.slice(10).map((id) => stage().things.commit({ id, expectedVersion: 0, value: thing() })),
      ])
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2)
      expect(await stage().things.getMany(good)).toHaveLength(20)
    })

    test('refuses an event above 64 KB, and writes nothing', async () => {
      const id = randomUUID()
      const refused = stage().things.commit({
        id,
        expectedVersion: 0,
        value: thing(),
        events: [event('thing.large', 'x'.repeat(65_600))],
      })
      await expect(refused).rejects.toThrow(EventTooLarge)
      expect(await stage().things.get(id)).toBeUndefined()
    })

    test('carries small and large contents, durable with it', async () => {
      const blobs = [10, 200_000].map((size) => ({ id: newBlobId(), bytes: new Uint8Array(size).fill(7) }))
      await stage().things.commit({ id: randomUUID(), expectedVersion: 0, value: thing(), blobs })
      for (const { id, bytes } of blobs)
        expect(Buffer.from(await stage().place.engine.service('suite').blobs.read(id)).equals(bytes)).toBe(
          true,
        )
    })
  })

  describe('a deletion', () => {
    test('leaves a tombstone: versions go on, ids never repeat, history stays', async () => {
      const id = randomUUID()
      await stage().things.commit({ id, expectedVersion: 0, value: thing(), events: [event('thing.made')] })
      await stage().things.commit({ id, expectedVersion: 1, value: null, events: [event('thing.removed')] })
      expect(await stage().things.get(id)).toBeUndefined()
      expect(await stage().things.tombstone(id)).toBe(2)
      expect(
        (await stage().things.find({ index: 'byOwner', key: ['anne'], limit: 100 })).items.map(
          (each) => each.id,
        ),
      ).not.toContain(id)
      const again = await stage().things.commit({
        id,
        expectedVersion: 0,
        value: thing(),
        events: [event('thing.made')],
      })
      expect(again.version).toBe(3)
      expect(await stage().things.tombstone(id)).toBeUndefined()
      expect(ids(await all(stage().things.history(id)))).toEqual(
        [1, 2, 3].map((version) => `${stage().things.name}/${id}@${version}.0`),
      )
    })
  })

  describe('history', () => {
    test('goes on after an event, in order', async () => {
      const id = randomUUID()
      for (let version = 0; version < 12; version++) {
        await stage().things.commit({
          id,
          expectedVersion: version,
          value: thing({ rank: version }),
          events: [event('thing.ranked', { version })],
        })
      }
      const whole = await all(stage().things.history(id))
      expect(whole.map(({ data }) => (data as { version: number }).version)).toEqual(
        Array.from({ length: 12 }, (_, version) => version),
      )
      expect(await all(stage().things.history(id, whole[8]?.id))).toEqual(whole.slice(9))
      await expect(all(stage().things.history(id, 'others/x@1.0'))).rejects.toThrow(QueryRefused)
    })
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
        const own = collectionOf(stage().place.engine)
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
}
