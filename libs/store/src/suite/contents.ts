/** Contents beside the documents. */
import { describe, expect, test } from 'vitest'
import { BlobMissing, BlobTooLarge, newBlobId, VersionConflict } from '../store.ts'
import { collectionOf, thing, type Stage } from './things.ts'

export function describeContents(stage: () => Stage): void {
  describe('contents', () => {
    const blobs = () => stage().place.engine.service('suite').blobs
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
      const store = stage().place.engine.service('suite')
      const own = collectionOf(stage().place.engine)
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
        (await Promise.all(ids.map((id) => store.blobs.info(id)))).filter((info) => info !== undefined).length
      expect(await left([...loose, ...refused.map(({ id }) => id)])).toBe(0)
      expect(await left([...kept, ...carried.map(({ id }) => id)])).toBe(4)
      for (const id of kept) expect((await store.blobs.read(id)).length).toBeGreaterThan(9)
      expect(await store.blobs.sweepLoose(Date.now() + 1)).toBe(0)
    })

    test('put for the commit that follows are there with it, and gone without it', async () => {
      const store = stage().place.engine.service('suite')
      const own = collectionOf(stage().place.engine)
      const put = async (size: number) =>
        (await store.blobs.put(newBlobId(), new Uint8Array(size).fill(7), { keptNext: true })).id
      const kept = [await put(10), await put(200_000)]
      await own.commit({ id: 'a', expectedVersion: 0, value: thing(), keeps: kept })
      expect(await Promise.all(kept.map(async (id) => (await store.blobs.read(id)).length))).toEqual([
        10, 200_000,
      ])
      const forsaken = [await put(10), await put(200_000)]
      const refused = own.commit({ id: 'a', expectedVersion: 0, value: thing(), keeps: forsaken.slice(1) })
      await expect(refused).rejects.toThrow(VersionConflict)
      await store.blobs.sweepLoose(Date.now() + 1)
      for (const id of forsaken) expect(await store.blobs.info(id)).toBeUndefined()
      for (const id of kept) expect(await store.blobs.info(id)).toBeDefined()
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
}
