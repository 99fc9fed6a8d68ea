/** Events on their way to another broker, and all that was ever recorded. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { StoreBusy } from '../store.ts'
import { all, event, ids, thing, newName, type Stage, type Thing } from './things.ts'

export function describeOutbox(stage: () => Stage): void {
  describe('the outbox', () => {
    test('holds each document’s events in order until they are acknowledged, and history never repeats', async () => {
      const { outbox } = stage().place.engine.service('suite')
      const id = randomUUID()
      for (let version = 0; version < 3; version++)
        await stage().things.commit({
          id,
          expectedVersion: version,
          value: thing(),
          events: [event('thing.ranked')],
        })
      const own = async () => (await outbox.pending(100)).find(({ documentId }) => documentId === id)
      const waiting = await own()
      const expected = [1, 2, 3].map((version) => `${stage().things.name}/${id}@${version}.0`)
      expect(ids(waiting?.events ?? [])).toEqual(expected)
      if (!waiting) throw new Error('it was there')
      await outbox.acknowledge(waiting, expected.slice(0, 2))
      expect(ids((await own())?.events ?? [])).toEqual(expected.slice(2))
      expect(ids(await all(stage().things.history(id)))).toEqual(expected)
      await outbox.acknowledge(waiting, expected)
      await outbox.acknowledge(waiting, expected)
      expect(await own()).toBeUndefined()
      expect(ids(await all(stage().things.history(id)))).toEqual(expected)
    })

    test('wakes whoever relays', async () => {
      const { outbox } = stage().place.engine.service('suite')
      const woken = new Promise<void>((resolve) => outbox.onPending(resolve))
      await stage().things.commit({
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
          await stage().things.commit({
            id,
            expectedVersion: version,
            value: thing(),
            events: [event('thing.ranked')],
          })
      }
      await expect(most()).rejects.toThrow(StoreBusy)
      expect(version).toBe(200)
      expect((await stage().things.get(id))?.version).toBe(200)
      expect(await all(stage().things.history(id))).toHaveLength(200)
    })
  })

  test('the owner replays all it ever recorded, each document’s events in order, from where it was', async () => {
    const store = stage().place.engine.service('replayer')
    const own = store.collection<Thing, never>({ name: newName('replayed') })
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
}
