import { MAX_EVENT_BYTES, type Envelope } from '@guichet/contracts/envelope'
import { PARTITIONS } from '@guichet/contracts/partition'
import { until } from '@guichet/testing/until'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeCopies } from './events-copies.ts'
import { describeFaults } from './events-faults.ts'
import {
  countOf,
  keysOf,
  numberOf,
  openStage,
  orderFaults,
  publishInParallel,
  range,
  type Handled,
  type Stage,
} from './stage.ts'
import type { EventsSuite } from './world.ts'

export function eventsSuite(name: string, suite: EventsSuite): void {
  describe(`events on ${name}`, () => {
    let stage: Stage
    beforeEach(async () => {
      stage = await openStage(suite.open)
    })
    afterEach(() => stage.close())

    it('says what it cannot give, each with the reason', () => {
      expect(Object.keys(stage.events.limits).toSorted()).toEqual(suite.limits.toSorted())
      for (const reason of Object.values(stage.events.limits)) expect(reason.length).toBeGreaterThan(20)
    })

    it('keeps the order of each key, with many keys and 8 publishers at once', async () => {
      const handled: Handled[] = []
      await stage.subscribe(async (event) => {
        // Handlers of other partitions get their turn in between.
        await new Promise(setImmediate)
        handled.push({ key: event.key, n: numberOf(event) })
      })
      const keys = range(1, 40).map((n) => `ticket-${n}`)
      await publishInParallel(stage.events, stage, { keys, numbers: range(1, 12) })
      await until('all are handled', () => handled.length >= 480, { timeoutMs: 30_000 })
      expect(orderFaults(handled)).toEqual([])
      expect(countOf(handled)).toBe(480)
      expect(handled.length).toBe(480)
    })

    it('hands the envelope over as it was published', async () => {
      const seen: Envelope[] = []
      await stage.subscribe(async (event) => void seen.push(event))
      const event: Envelope = {
        ...stage.event('é/1001 œuf', 1),
        actor: {
          kind: 'account',
          accountId: 'acc-1',
          companyId: null,
          roles: ['agent'],
          name: 'Anne “Ça va”',
          email: 'anne@example.be',
          language: 'fr',
        },
        audience: { accounts: ['acc-1', 'acc-2'], staff: true },
        data: { text: '“Ça marche ?” 漢字 🙂\u0000', none: null, nested: [{ deep: [1.5, -0.25] }] },
      }
      await stage.events.publish(event)
      await until('it is seen', () => seen.length === 1)
      expect(seen).toEqual([event])
    })

    it('delivers the subjects that were asked for, and no others', async () => {
      const seen: string[] = []
      await stage.subscribe(async (event) => void seen.push(event.subject))
      await stage.events.publish(stage.event('a', 1, stage.otherSubject))
      await stage.publish('a', 1)
      await until('the wanted one is seen', () => seen.length > 0)
      expect(seen).toEqual([stage.subject])
    })

    it('a rejected event comes again before anything later of its key; other keys go on', async () => {
      const [failing = '', other = ''] = keysOf([4, 5])
      const handled: string[] = []
      let failures = 0
      let broken = true
      await stage.subscribe(async (event) => {
        if (event.key === failing && numberOf(event) === 1 && broken) {
          failures += 1
          throw new Error('not now')
        }
        handled.push(`${event.key === failing ? 'failing' : 'other'} ${numberOf(event)}`)
      })
      await stage.publish(failing, 1, 2, 3)
      await until('it failed', () => failures > 0)
      await stage.publish(other, 1, 2, 3)
      await until('the others went on, and it failed again', () => handled.length === 3 && failures > 1)
      expect(handled).toEqual(['other 1', 'other 2', 'other 3'])
      broken = false
      await until('it goes on', () => handled.length === 6, { timeoutMs: 15_000 })
      expect(handled.slice(3)).toEqual(['failing 1', 'failing 2', 'failing 3'])
    })

    it.runIf(!suite.limits.includes('isolated-partitions'))(
      'a partition that waits holds up none of the 63 others',
      async () => {
        const keys = keysOf(range(0, PARTITIONS - 1))
        const failing = keys[17]
        const handled: Handled[] = []
        let broken = true
        await stage.subscribe(async (event) => {
          if (event.key === failing && broken) throw new Error('not now')
          handled.push({ key: event.key, n: numberOf(event) })
        })
        await publishInParallel(stage.events, stage, { keys, numbers: [1, 2] })
        await until('the others are handled', () => handled.length === 126)
        broken = false
        await until('the last one is too', () => handled.length === 128)
        expect(orderFaults(handled)).toEqual([])
      },
    )

    it('a key that waited long catches up in order, while a slow one holds up no other', async () => {
      const [failing = '', slow = '', ...others] = keysOf([8, 9, 10, 11, 12])
      const handled: Handled[] = []
      const slowed = Promise.withResolvers<void>()
      let broken = true
      await stage.subscribe(async (event) => {
        if (event.key === failing && broken) throw new Error('not now')
        if (event.key === slow) await slowed.promise
        handled.push({ key: event.key, n: numberOf(event) })
      })
      const total = 300
      await publishInParallel(stage.events, stage, {
        keys: [failing, slow, ...others],
        numbers: range(1, total),
      })
      await until('the others are handled', () => handled.length === 3 * total, { timeoutMs: 30_000 })
      broken = false
      slowed.resolve()
      await until('all are', () => handled.length === 5 * total, { timeoutMs: 30_000 })
      expect(orderFaults(handled)).toEqual([])
      expect(countOf(handled)).toBe(5 * total)
    })

    it('from now: what is published after subscribing, from the first', async () => {
      await stage.publish('a', 1, 2)
      const seen: number[] = []
      await stage.subscribe(async (event) => void seen.push(numberOf(event)), { from: 'now' })
      await stage.publish('a', 3, 4)
      await until('both are seen', () => seen.length >= 2)
      expect(seen).toEqual([3, 4])
    })

    it('from now holds, though the first copy ended before it saw anything', async () => {
      const seen: number[] = []
      const handle = async (event: Envelope) => void seen.push(numberOf(event))
      await stage.publish('a', 1)
      const first = await stage.subscribe(handle, { from: 'now' })
      await first.stop()
      await stage.publish('a', 2, 3)
      await stage.subscribe(handle, { from: 'now' })
      await until('what came in between is seen', () => seen.length >= 2)
      expect(seen).toEqual([2, 3])
    })

    it('from history: everything, in order, and then what comes', async () => {
      await stage.publish('a', 1, 2)
      await stage.publish('b', 1)
      const handled: Handled[] = []
      await stage.subscribe(async (event) => void handled.push({ key: event.key, n: numberOf(event) }), {
        from: 'history',
      })
      await stage.publish('a', 3)
      await until('all are handled', () => handled.length >= 4)
      expect(orderFaults(handled)).toEqual([])
      expect(handled.toSorted((a, b) => a.key.localeCompare(b.key) || a.n - b.n)).toEqual([
        { key: 'a', n: 1 },
        { key: 'a', n: 2 },
        { key: 'a', n: 3 },
        { key: 'b', n: 1 },
      ])
    })

    it.runIf(!suite.limits.includes('deduplication'))(
      'the same id published twice is delivered once',
      async () => {
        const seen: number[] = []
        await stage.subscribe(async (event) => void seen.push(numberOf(event)))
        await stage.publish('a', 1, 1, 2)
        await until('the next one is seen', () => seen.includes(2))
        expect(seen).toEqual([1, 2])
      },
    )

    it('carries 64 KB and refuses more', async () => {
      const seen: number[] = []
      await stage.subscribe(async (event) => void seen.push(JSON.stringify(event).length))
      const sized = (bytes: number, n: number): Envelope => {
        const event = stage.event('a', n)
        const rest = bytes - JSON.stringify({ ...event, data: { n, text: '' } }).length
        return { ...event, data: { n, text: 'x'.repeat(rest) } }
      }
      await expect(stage.events.publish(sized(MAX_EVENT_BYTES + 1, 1))).rejects.toThrow(RangeError)
      await stage.events.publish(sized(MAX_EVENT_BYTES, 2))
      await until('it is seen', () => seen.length > 0)
      expect(seen).toEqual([MAX_EVENT_BYTES])
    })

    it('consumers are independent of one another', async () => {
      const seen: number[] = []
      let failures = 0
      await stage.subscribe(
        async () => {
          failures += 1
          throw new Error('never')
        },
        { consumer: `${stage.consumer}-stuck` },
      )
      await stage.subscribe(async (event) => void seen.push(numberOf(event)))
      await stage.publish('a', 1, 2, 3)
      await until('one is stuck, one has all', () => failures > 0 && seen.length === 3)
      expect(seen).toEqual([1, 2, 3])
    })

    it('says how far behind a consumer is', async () => {
      let broken = true
      const subscription = await stage.subscribe(
        async () => {
          if (broken) throw new Error('not now')
        },
        { from: 'now' },
      )
      expect(await subscription.lag()).toBe(0)
      await stage.publish('a', 1, 2, 3)
      await until('three behind', async () => (await subscription.lag()) === 3)
      broken = false
      await until('none behind', async () => (await subscription.lag()) === 0)
    })

    it('answers whether it is well', async () => {
      await expect(stage.events.check()).resolves.toBeUndefined()
    })

    describeCopies(suite, () => stage)
    describeFaults(suite, () => stage)
  })
}
