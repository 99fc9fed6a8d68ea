/**
 * What delivery promises, whatever carries it: one suite, run on each pair of store and bus by a thin file. Every
 * copy of a service here is a real delivery over its own connection; only the handlers are the test's.
 */
import { randomUUID } from 'node:crypto'
import type { Bus } from '@guichet/bus'
import { event } from '@guichet/contracts/definition'
import { deadLetterId } from '@guichet/contracts/delivery'
import type { Envelope } from '@guichet/contracts/envelope'
import { Failure } from '@guichet/contracts/failure'
import { VersionConflict, type NewEvent, type Store, type StoreEngine } from '@guichet/store'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { until } from '@guichet/testing/until'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDelivery, effectId, type Delivery } from './delivery.ts'

/** One connection to a world of store and bus. */
export interface Connection {
  engine: StoreEngine
  bus: Bus
  close(): Promise<void>
}

/** One may serve many tests: each uses services, subjects and keys of its own. */
export interface World {
  connect(): Promise<Connection>
  destroy(): Promise<void>
}

/** What one test calls things, so that a server may be shared. */
function newNames() {
  const own = randomUUID().slice(0, 8)
  return {
    source: `source-${own}`,
    reader: `reader-${own}`,
    things: `things-${own}`,
    effects: `effects-${own}`,
    thingDone: event(`thing-${own}.done`, 1, Type.Object({ n: Type.Integer() })),
    otherDone: event(`thing-${own}.other`, 1, Type.Object({})),
  }
}

interface Copy {
  store: Store
  delivery: Delivery
  stop(): Promise<void>
}

export function deliverySuite(name: string, open: () => Promise<World>): void {
  describe(`delivery on ${name}`, () => {
    let world: World
    let names: ReturnType<typeof newNames>
    let clock: FakeClock
    let source: Copy
    const running: { stop(): Promise<void> }[] = []

    async function copyOf(service: string): Promise<Copy> {
      const { engine, bus, close } = await world.connect()
      const store = engine.service(service)
      const log = pino({ level: 'silent' })
      const delivery = createDelivery({ store, events: bus.events, clock, log, metrics: new Registry() })
      const relay = delivery.startRelay()
      const copy = {
        store,
        delivery,
        async stop() {
          await relay.stop()
          delivery.close()
          await close()
        },
      }
      running.push(copy)
      return copy
    }

    /** Consumes with `handle` as a service of its own, whose name is the consumer's. */
    async function reader(handle: (data: { n: number }, event: Envelope) => Promise<void>): Promise<Copy> {
      const copy = await copyOf(names.reader)
      const handlers = [{ contract: names.thingDone, handle }]
      const subscription = await copy.delivery
        .consumer({ consumer: names.reader, from: 'history', handlers })
        .start()
      running.push(subscription)
      return copy
    }

    const happened = (subject: string, data: unknown): NewEvent => ({
      subject,
      version: 1,
      occurredAt: '2026-11-24T10:00:00.000Z',
      actor: { kind: 'service', service: names.source },
      audience: { accounts: [], staff: false },
      data,
    })

    async function commit(key: string, ...events: NewEvent[]): Promise<void> {
      const things = source.store.collection<{ events: number }, string>({ name: names.things })
      const stored = await things.get(key)
      const value = { events: (stored?.value.events ?? 0) + events.length }
      await things.commit({ id: key, expectedVersion: stored?.version ?? 0, value, events })
    }
    const things = (key: string, ...numbers: number[]) =>
      commit(key, ...numbers.map((n) => happened(names.thingDone.subject, { n })))

    /**
     * Waits for what has to be relayed first. Time goes on meanwhile: a relay whose first try a slow broker refused waits
     * by this clock before its next, and would wait for ever by one that stands still.
     */
    const untilArrived = (what: string, ask: () => boolean | Promise<boolean>) =>
      until(what, async () => {
        if (await ask()) return true
        clock.advance({ milliseconds: 20 })
        return false
      })

    /** Moves time in steps and lets the due retries run, until `ask` holds. */
    async function retryUntil(
      copy: Copy,
      what: string,
      ask: () => boolean | Promise<boolean>,
    ): Promise<void> {
      await until(what, async () => {
        if (await ask()) return true
        clock.advance({ seconds: 5 })
        await copy.delivery.retryDue()
        return ask()
      })
    }

    const deadOf = async (copy: Copy) => (await copy.delivery.deadLetters.list({})).items

    beforeEach(async () => {
      world = await open()
      names = newNames()
      clock = createFakeClock()
      source = await copyOf(names.source)
    })
    afterEach(async () => {
      for (const part of running.splice(0).toReversed()) await part.stop()
      await world.destroy()
    })

    it('a key that fails waits in order while other keys go on', async () => {
      const seen: string[] = []
      let broken = true
      const copy = await reader(async ({ n }, { key }) => {
        if (key === 'a' && broken) throw new Failure('unavailable', { retryable: true })
        seen.push(`${key}${n}`)
      })
      await things('a', 1)
      await things('b', 1, 2)
      await things('a', 2, 3)
      await things('b', 3)
      await untilArrived('b is handled', () => seen.length === 3)
      expect(seen).toEqual(['b1', 'b2', 'b3'])
      broken = false
      await retryUntil(copy, 'a is handled', () => seen.length === 6)
      expect(seen).toEqual(['b1', 'b2', 'b3', 'a1', 'a2', 'a3'])
      await things('a', 4)
      await untilArrived('a goes on without a detour', () => seen.includes('a4'))
    })

    it('what comes while a key is being retried stays behind it', async () => {
      const seen: number[] = []
      let fails = 3
      const copy = await reader(async ({ n }) => {
        if (n === 1 && fails-- > 0) throw new TypeError('defect')
        // The retry is at work: more of the key arrives meanwhile.
        if (n === 1) await things('a', 3, 4)
        seen.push(n)
      })
      await things('a', 1, 2)
      await retryUntil(copy, 'all four', () => seen.length === 4)
      expect(seen).toEqual([1, 2, 3, 4])
    })

    it('a crash between effect and acknowledgement leaves one effect', async () => {
      let crashes = 0
      const handled: string[] = []
      const copy: Copy = await reader(async (_data, { id }) => {
        const effects = copy.store.collection<{ of: string }, string>({ name: names.effects })
        try {
          await effects.commit({ id: effectId(id), expectedVersion: 0, value: { of: id } })
        } catch (error) {
          // Done before: what handlers are told to do.
          if (!(error instanceof VersionConflict)) throw error
        }
        if (crashes === 0) {
          crashes += 1
          throw new Failure('unavailable', { retryable: true })
        }
        handled.push(id)
      })
      await things('a', 1)
      await retryUntil(copy, 'handled', () => handled.length === 1)
      const stored = await copy.store
        .collection<{ of: string }, string>({ name: names.effects })
        .get(effectId(handled[0] ?? ''))
      expect(stored).toMatchObject({ version: 1, value: { of: handled[0] } })
    })

    it('a dead letter is seen, keeps what comes after it, and is replayed in order', async () => {
      const seen: number[] = []
      let broken = true
      const copy = await reader(async ({ n }) => {
        if (n === 1 && broken) throw new TypeError('a defect')
        seen.push(n)
      })
      await things('a', 1)
      await retryUntil(copy, 'a dead letter', async () => (await deadOf(copy)).length === 1)
      await things('a', 2, 3)
      await untilArrived('they wait behind it', async () => (await deadOf(copy))[0]?.waiting === 2)
      expect(seen).toEqual([])
      const [letter] = await deadOf(copy)
      expect(letter).toMatchObject({
        id: deadLetterId(names.reader, `${names.reader}/a`),
        service: names.reader,
        consumer: names.reader,
        key: 'a',
        subject: names.thingDone.subject,
        code: 'defect',
        reason: 'TypeError',
        attempts: 6,
      })
      expect(await copy.delivery.deadLetters.oldestAge()).toBeGreaterThanOrEqual(0)

      // Nothing has changed: it dies again and the others still wait.
      await copy.delivery.deadLetters.retry(letter?.id ?? '')
      expect(await deadOf(copy)).toEqual([])
      await retryUntil(copy, 'dead again', async () => (await deadOf(copy)).length === 1)
      expect(seen).toEqual([])

      broken = false
      await copy.delivery.deadLetters.retry(letter?.id ?? '')
      await copy.delivery.retryDue()
      expect(seen).toEqual([1, 2, 3])
      expect(await deadOf(copy)).toEqual([])
      await expect(copy.delivery.deadLetters.retry(letter?.id ?? '')).rejects.toMatchObject({
        code: 'not-found',
      })
    })

    it('a person may give one event up, and those behind it go on', async () => {
      const seen: number[] = []
      const copy = await reader(async ({ n }) => {
        if (n === 1) throw new Failure('not-found')
        seen.push(n)
      })
      await things('a', 1, 2)
      await retryUntil(copy, 'a dead letter', async () => (await deadOf(copy)).length === 1)
      await copy.delivery.deadLetters.retry((await deadOf(copy))[0]?.id ?? '', { skip: true })
      await retryUntil(copy, '2 is handled', () => seen.length === 1)
      expect(seen).toEqual([2])
      expect(await deadOf(copy)).toEqual([])
    })

    it('what does not fit its schema never reaches a handler: a dead letter at once', async () => {
      const seen: number[] = []
      const copy = await reader(async ({ n }) => void seen.push(n))
      await commit('a', happened(names.thingDone.subject, { n: 'seven' }))
      await commit('b', { ...happened(names.thingDone.subject, { n: 1 }), version: 2 })
      await things('c', 3)
      await untilArrived('two dead letters', async () => (await deadOf(copy)).length === 2)
      expect((await deadOf(copy)).map(({ key, code }) => `${key} ${code}`).toSorted()).toEqual([
        'a invalid-data',
        'b unknown-schema',
      ])
      await untilArrived('the fitting one is handled', () => seen.length === 1)
      expect(seen).toEqual([3])
    })

    it('nothing is lost while parking itself cannot be written', async () => {
      const seen: number[] = []
      let storeDown = true
      let refusals = 0
      const copy = await copyOf(names.reader)
      const parkedStore: Store = {
        ...copy.store,
        service: names.reader,
        blobs: copy.store.blobs,
        outbox: copy.store.outbox,
        recorded: (after) => copy.store.recorded(after),
        collection: (definition) => {
          const inner = copy.store.collection(definition)
          return {
            ...inner,
            name: inner.name,
            get: (id) => inner.get(id),
            find: (query) => inner.find(query),
            tombstone: (id) => inner.tombstone(id),
            commit: (change) => {
              if (!storeDown) return inner.commit(change)
              refusals += 1
              return Promise.reject(new Error('the disk is full'))
            },
          }
        },
      }
      const { bus, close } = await world.connect()
      running.push({ stop: close })
      const log = pino({ level: 'silent' })
      const parts = { store: parkedStore, events: bus.events, clock, log, metrics: new Registry() }
      const delivery = createDelivery(parts)
      const handle = async ({ n }: { n: number }) => {
        if (storeDown) throw new Failure('unavailable', { retryable: true })
        seen.push(n)
      }
      const handlers = [{ contract: names.thingDone, handle }]
      running.push(await delivery.consumer({ consumer: names.reader, from: 'history', handlers }).start())
      await things('a', 1, 2)
      await untilArrived('parking was refused more than once', () => refusals > 1)
      expect(seen).toEqual([])
      storeDown = false
      await untilArrived('both are handled', () => seen.length === 2)
      expect(seen).toEqual([1, 2])
      delivery.close()
    })

    it('two copies keep each key in order, failures included', async () => {
      const seen = new Map<string, number[]>()
      const failures = new Set<string>()
      const handle = async ({ n }: { n: number }, { key, id }: Envelope) => {
        // Every third event fails once, on whichever copy it comes to.
        if (n % 3 === 0 && !failures.has(id)) {
          failures.add(id)
          throw new Failure('unavailable', { retryable: true })
        }
        seen.set(key, [...(seen.get(key) ?? []), n])
      }
      const one = await reader(handle)
      await reader(handle)
      const keys = Array.from({ length: 12 }, (_, at) => `key-${at}`)
      const numbers = Array.from({ length: 10 }, (_, at) => at + 1)
      await Promise.all(
        keys.map(async (key) => {
          for (const n of numbers) await things(key, n)
        }),
      )
      const count = () => [...seen.values()].reduce((sum, list) => sum + list.length, 0)
      await retryUntil(one, 'all are handled', () => count() >= keys.length * numbers.length)
      for (const key of keys) expect([key, seen.get(key)]).toEqual([key, numbers])
    })

    it('the owner replays its history, page by page, each document’s events in order', async () => {
      await things('a', 1, 2)
      await commit('a', happened(names.otherDone.subject, {}))
      await things('b', 1)
      await things('a', 3)
      const replayed: string[] = []
      let after: string | undefined
      for (let complete = false; !complete;) {
        const page = await source.delivery.historyPage({
          subjects: [names.thingDone.subject],
          after,
          limit: 2,
        })
        replayed.push(...page.events.map(({ key, data }) => `${key}${(data as { n: number }).n}`))
        expect(page.events.length).toBeLessThanOrEqual(2)
        after = page.next ?? undefined
        complete = page.complete
      }
      expect(replayed.filter((one) => one.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
      expect(replayed.toSorted()).toEqual(['a1', 'a2', 'a3', 'b1'])
    })
  })
}
