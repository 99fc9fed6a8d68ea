import { until } from '@guichet/testing/until'
import { describe, expect, it } from 'vitest'
import { countOf, numberOf, orderFaults, range, type Handled, type Stage } from './stage.ts'
import type { Broker, EventsSuite } from './world.ts'

/** What a killed broker leaves standing. */
export function describeFaults(suite: EventsSuite, stageOf: () => Stage): void {
  function brokerOf(stage: Stage): Broker {
    if (!stage.world.broker) throw new Error('a killable world has a broker')
    return stage.world.broker
  }
  /** As a relay does: again and again, in order. */
  async function publishUntilDone(stage: Stage, key: string, n: number): Promise<void> {
    await until(
      `${key} ${n} is published`,
      () => stage.events.publish(stage.event(key, n)).then(() => true),
      {
        timeoutMs: 60_000,
      },
    )
  }

  describe.runIf(suite.killable)('when the broker is killed', () => {
    it('what it acknowledged is there after it comes back; consumers go on by themselves', async () => {
      const stage = stageOf()
      const broker = brokerOf(stage)
      const handled: Handled[] = []
      await stage.subscribe(async (event) => void handled.push({ key: event.key, n: numberOf(event) }))
      const keys = range(1, 8).map((n) => `ticket-${n}`)
      let wanted = 0
      let publishing = true
      const publishers = keys.map(async (key) => {
        for (let n = 1; publishing; n++) {
          await publishUntilDone(stage, key, n)
          wanted += 1
        }
      })
      await until('it is under way', () => wanted > 100)
      await broker.restart()
      const afterRestart = wanted
      await until('it goes on', () => wanted > afterRestart + 100, { timeoutMs: 60_000 })
      publishing = false
      await Promise.all(publishers)
      await until('all are handled', () => countOf(handled) === wanted, { timeoutMs: 60_000 })
      expect(orderFaults(handled)).toEqual([])
    })

    it('acknowledged, then killed at once: not lost', async () => {
      const stage = stageOf()
      const broker = brokerOf(stage)
      await stage.publish('a', 1, 2, 3)
      await broker.kill()
      await broker.restart()
      const seen: number[] = []
      const { events } = await stage.connect()
      await stage.subscribe(async (event) => void seen.push(numberOf(event)), { events })
      await until('all are there', () => seen.length >= 3, { timeoutMs: 30_000 })
      expect(seen).toEqual([1, 2, 3])
    })

    it('publishing without a broker is refused within seconds, and succeeds when it is back', async () => {
      const stage = stageOf()
      const broker = brokerOf(stage)
      await broker.kill()
      const began = performance.now()
      await expect(stage.publish('a', 1)).rejects.toThrow()
      expect(performance.now() - began).toBeLessThan(8000)
      await expect(stage.events.check()).rejects.toThrow()
      await broker.restart()
      await publishUntilDone(stage, 'a', 1)
      await until('it is well again', () => stage.events.check().then(() => true), { timeoutMs: 30_000 })
      const seen: number[] = []
      await stage.subscribe(async (event) => void seen.push(numberOf(event)))
      await until('it is there', () => seen.length > 0, { timeoutMs: 30_000 })
      expect(seen[0]).toBe(1)
    })
  })
}
