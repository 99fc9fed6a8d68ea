import type { Envelope } from '@guichet/contracts/envelope'
import { until } from '@guichet/testing/until'
import { describe, expect, it } from 'vitest'
import type { RunningSubscription } from '../bus.ts'
import { startCopy } from './copy-process.ts'
import {
  countOf,
  keysOf,
  numberOf,
  orderFaults,
  publishInParallel,
  range,
  type Handled,
  type Stage,
} from './stage.ts'
import type { EventsSuite } from './world.ts'

/** Longer than any engine waits for a sign of life from a copy. */
const LONG_MS = 11_000

/** Copies of one consumer: they share its events, and a key is with one of them at a time. */
export function describeCopies(suite: EventsSuite, stageOf: () => Stage): void {
  /** What copies of this process did, with every key's owner at the time. */
  function shared() {
    const handled: (Handled & { by: string })[] = []
    const atWork = new Map<string, string>()
    const twoAtOnce: string[] = []
    // Longer than a turn, so that two at once would be seen.
    const handlerOf =
      (by: string) =>
      async (event: Envelope, takes = 1) => {
        const other = atWork.get(event.key)
        if (other !== undefined) twoAtOnce.push(`${event.key} ${numberOf(event)}: ${by} while ${other}`)
        atWork.set(event.key, by)
        await new Promise((resolve) => setTimeout(resolve, takes))
        atWork.delete(event.key)
        handled.push({ key: event.key, n: numberOf(event), by })
      }
    return { handled, twoAtOnce, handlerOf }
  }

  async function copy(
    stage: Stage,
    handle: (event: Envelope) => Promise<void>,
  ): Promise<RunningSubscription> {
    const { events } = await stage.connect()
    return await stage.subscribe(handle, { events })
  }

  describe('copies', () => {
    it('stop waits for the event at work and takes no other', async () => {
      const stage = stageOf()
      const begun: number[] = []
      const ended: number[] = []
      const work = Promise.withResolvers<void>()
      const subscription = await stage.subscribe(async (event) => {
        begun.push(numberOf(event))
        await work.promise
        ended.push(numberOf(event))
      })
      await stage.publish('a', 1, 2)
      await until('the first is at work', () => begun.length === 1)
      const stopping = subscription.stop().then(() => ended.length)
      setImmediate(() => work.resolve())
      expect(await stopping).toBe(1)
      expect(begun).toEqual([1])
    })

    it('a consumer that starts again goes on where it was: nothing lost, nothing repeated', async () => {
      const stage = stageOf()
      const seen: number[] = []
      const handle = async (event: Envelope) => void seen.push(numberOf(event))
      const first = await copy(stage, handle)
      await stage.publish('a', 1, 2, 3)
      await until('three are seen', () => seen.length === 3)
      await first.stop()
      await stage.publish('a', 4, 5)
      await copy(stage, handle)
      await until('all are seen', () => seen.length >= 5)
      expect(seen).toEqual([1, 2, 3, 4, 5])
    })

    it('an event that was at work when its consumer stopped without handling it comes again', async () => {
      const stage = stageOf()
      let failures = 0
      const first = await copy(stage, async () => {
        failures += 1
        throw new Error('not now')
      })
      await stage.publish('a', 1, 2)
      await until('it failed', () => failures > 0)
      await first.stop()
      const seen: number[] = []
      await copy(stage, async (event) => void seen.push(numberOf(event)))
      await until('both are seen', () => seen.length >= 2)
      expect(seen).toEqual([1, 2])
    })

    it('two share the events of a consumer; each key is with one at a time, in order', async () => {
      const stage = stageOf()
      const { handled, twoAtOnce, handlerOf } = shared()
      await copy(stage, handlerOf('one'))
      await copy(stage, handlerOf('two'))
      const keys = range(1, 40).map((n) => `ticket-${n}`)
      await publishInParallel(stage.events, stage, { keys, numbers: range(1, 10) })
      await until('all are handled', () => countOf(handled) === 400, { timeoutMs: 30_000 })
      expect(twoAtOnce).toEqual([])
      expect(orderFaults(handled)).toEqual([])
      expect(handled.length).toBe(400)
      expect(new Set(handled.map(({ by }) => by))).toEqual(new Set(['one', 'two']))
    })

    it('one joins and one stops mid-way: order kept, nothing lost, no key with two', async () => {
      const stage = stageOf()
      const { handled, twoAtOnce, handlerOf } = shared()
      const first = await copy(stage, handlerOf('one'))
      const keys = range(1, 40).map((n) => `ticket-${n}`)
      // Work does not end before both have had some: how long a joining takes is the engine's affair.
      let rounds = 0
      let enough = false
      const publishing = (async () => {
        while (!enough) {
          rounds += 1
          await publishInParallel(stage.events, stage, { keys, numbers: [rounds] })
        }
      })()
      await until('it is under way', () => handled.length > 100)
      await copy(stage, handlerOf('two'))
      await until('the second has its share', () => handled.some(({ by }) => by === 'two'), {
        timeoutMs: 30_000,
      })
      await first.stop()
      const byFirst = handled.filter(({ by }) => by === 'one').length
      enough = true
      await publishing
      await until('all are handled', () => countOf(handled) === rounds * keys.length, { timeoutMs: 40_000 })
      expect(twoAtOnce).toEqual([])
      expect(orderFaults(handled)).toEqual([])
      expect(handled.filter(({ by }) => by === 'one').length).toBe(byFirst)
    })

    it('an event that takes long stays with its copy while another joins', async () => {
      const stage = stageOf()
      const { handled, twoAtOnce, handlerOf } = shared()
      let begun = 0
      const slowly = (by: string) => {
        const work = handlerOf(by)
        return (event: Envelope) => work(event, numberOf(event) === 1 ? LONG_MS : 1)
      }
      const counted = slowly('one')
      await copy(stage, (event) => ((begun += 1), counted(event)))
      const keys = keysOf([3, 14, 25, 36, 47, 58])
      await publishInParallel(stage.events, stage, { keys, numbers: [1, 2, 3] })
      await until('all first ones are at work', () => begun === keys.length)
      await copy(stage, slowly('two'))
      await until('all are handled', () => countOf(handled) === 18, { timeoutMs: 30_000 })
      expect(twoAtOnce).toEqual([])
      expect(orderFaults(handled)).toEqual([])
      expect(handled.filter(({ n }) => n === 1).map(({ by }) => by)).toEqual(keys.map(() => 'one'))
    })

    it.runIf(suite.distributed)(
      'a process is killed mid-way: order kept, nothing lost, no key with two',
      async () => {
        const stage = stageOf()
        const parts = { url: stage.world.url ?? '', consumer: stage.consumer, subject: stage.subject }
        const [one, two] = await Promise.all([startCopy(parts), startCopy(parts)])
        try {
          const keys = range(1, 40).map((n) => `ticket-${n}`)
          const numbers = range(1, 40)
          const published = publishInParallel(stage.events, stage, { keys, numbers })
          await until('both are at work', () => one.handled.length > 50 && two.handled.length > 50, {
            timeoutMs: 30_000,
          })
          await one.kill()
          await published
          const all = () => [...one.handled, ...two.handled].toSorted((a, b) => a.ended - b.ended)
          await until('all are handled', () => countOf(all()) === 1600, { timeoutMs: 50_000 })
          expect(orderFaults(all())).toEqual([])
          expect(overlaps(all())).toEqual([])
        } finally {
          await Promise.all([one.kill(), two.kill()])
        }
      },
    )
  })
}

/** Events of one key that were at work at the same time. */
function overlaps(handled: readonly (Handled & { began: number; ended: number })[]): string[] {
  const until = new Map<string, { n: number; ended: number }>()
  return handled
    .toSorted((a, b) => a.began - b.began)
    .flatMap(({ key, n, began, ended }) => {
      const before = until.get(key)
      if (!before || before.ended < ended) until.set(key, { n, ended })
      return before && before.ended > began ? [`${key}: ${n} while ${before.n}`] : []
    })
}
