/** What is found by a declared index or by its words, in order, by pages. */
import { describe, expect, test } from 'vitest'
import { QueryRefused } from '../store.ts'
import { collectionOf, newName, sortOf, thing, type Stage } from './things.ts'

export function describeFinding(stage: () => Stage): void {
  describe('find', () => {
    test('pages by cursor, in both orders, without gap or repeat', async () => {
      const own = collectionOf(stage().place.engine)
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
      expect(await own.count({ index: 'byOwner', key: ['anne'], atMost: 10 })).toBe(10)
      expect(await own.count({ index: 'byOwner', key: ['anne'], atMost: 100 })).toBe(25)
    })

    test('narrows to a part of the order, by pages and in both directions', async () => {
      const own = collectionOf(stage().place.engine)
      for (let rank = 0; rank < 12; rank++)
        await own.commit({ id: `t${rank}`, expectedVersion: 0, value: thing({ rank }) })
      const [low, high] = [sortOf(3), sortOf(9)]
      const inside = [3, 4, 5, 6, 7, 8]
      const asked = { index: 'byOwner', key: ['anne'] } as const
      for (const order of ['asc', 'desc'] as const) {
        const seen: number[] = []
        let cursor: string | undefined
        do {
          const within = { from: low, before: high }
          const page = await own.find({ ...asked, within, order, limit: 2, cursor })
          seen.push(...page.items.map(({ value }) => value.rank))
          cursor = page.next ?? undefined
        } while (cursor)
        expect(seen).toEqual(order === 'asc' ? inside : inside.toReversed())
      }
      expect(await own.count({ ...asked, within: { from: low, before: high } })).toBe(6)
      expect(await own.count({ ...asked, within: { from: low } })).toBe(9)
      expect(await own.count({ ...asked, within: { before: low } })).toBe(3)
      expect(await own.count({ ...asked, within: { from: low }, atMost: 4 })).toBe(4)
      const cursor = (await own.find({ ...asked, within: { from: low }, limit: 1 })).next ?? ''
      await expect(own.find({ ...asked, cursor })).rejects.toThrow(QueryRefused)
    })

    test('follows a document that moves, and finds it under each of its keys', async () => {
      const own = collectionOf(stage().place.engine)
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
      const cursor = (await stage().things.find({ index: 'byOwner', key: ['anne'], limit: 1 })).next ?? ''
      await expect(stage().things.find({ index: 'byTitle' as never, key: ['x'] })).rejects.toThrow(
        QueryRefused,
      )
      await expect(stage().things.find({ index: 'byOwner', key: [''] })).rejects.toThrow(QueryRefused)
      await expect(stage().things.find({ index: 'byOwner', key: ['zoe'], cursor })).rejects.toThrow(
        QueryRefused,
      )
      await expect(
        stage().things.find({ index: 'byOwner', key: ['anne'], cursor: 'nonsense' }),
      ).rejects.toThrow(QueryRefused)
      for (const limit of [0, 101, 1.5])
        await expect(stage().things.find({ index: 'byOwner', key: ['anne'], limit })).rejects.toThrow(
          QueryRefused,
        )
    })
  })

  describe('search', () => {
    test('folds case, accents and ligatures; numbers, addresses and c++ are words', async () => {
      const own = collectionOf(stage().place.engine)
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
      const own = collectionOf(stage().place.engine)
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
      const hits = async (text: string, ...tags: string[]) => (await own.search({ text, tags })).items.length
      expect(await hits('premier second', 'owner:zoe')).toBe(1)
      expect(await hits('premier', 'owner:anne')).toBe(0)
      expect(await hits('premier', 'owner:zoe', 'person:bruno')).toBe(0)
      await expect(own.search({ text: 'premier', tags: [] })).rejects.toThrow(QueryRefused)
      await own.commit({ id: 'a', expectedVersion: 2, value: null })
      expect(await hits('premier', 'owner:zoe')).toBe(0)
    })

    test('gives the most recently changed first, by pages', async () => {
      const own = collectionOf(stage().place.engine)
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
      const own = collectionOf(stage().place.engine)
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
        await expect(stage().things.search({ text, tags: ['owner:anne'] })).resolves.toBeDefined()
      }
    })
  })

  test('a new meaning of an index is given to what is there already', async () => {
    const name = newName('revised')
    const before = collectionOf(stage().place.engine, name, 1)
    await before.commit({ id: 'a', expectedVersion: 0, value: thing({ people: ['bruno'] }) })
    stage().place.engine = await stage().place.reopen()
    stage().things = collectionOf(stage().place.engine)
    stage().things = collectionOf(stage().place.engine, stage().things.name)
    const after = collectionOf(stage().place.engine, name, 2, false)
    expect((await after.find({ index: 'byPerson', key: ['bruno'] })).items).toEqual([])
    expect((await after.find({ index: 'byPerson', key: ['anne'] })).items.map(({ id }) => id)).toEqual(['a'])
  })
}
