import { randomUUID } from 'node:crypto'
import { live } from '@guichet/contracts/definition'
import type { Audience } from '@guichet/contracts/envelope'
import { until } from '@guichet/testing/until'
import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestsConnection, RequestsWorld } from './world.ts'

const newContract = () =>
  live(`test-${randomUUID().slice(0, 8)}.presence`, Type.Object({ number: Type.Integer() }))
const audience: Audience = { accounts: ['acc-1'], staff: true }

export function liveSuite(name: string, world: RequestsWorld): void {
  describe(`live messages on ${name}`, () => {
    let one: RequestsConnection
    let two: RequestsConnection
    let contract: ReturnType<typeof newContract>

    beforeEach(async () => {
      contract = newContract()
      ;[one, two] = await Promise.all([world.connect(), world.connect()])
    })
    afterEach(async () => {
      await Promise.all([one.close(), two.close()])
    })

    it('reach every copy that watches, the announcing one too, in order, with their audience', async () => {
      const seen: Record<string, unknown[]> = { one: [], two: [], again: [] }
      await one.live.watch(contract, (data, to) => seen['one']?.push([data, to]))
      await two.live.watch(contract, (data, to) => seen['two']?.push([data, to]))
      await two.live.watch(contract, (data, to) => seen['again']?.push([data, to]))
      for (const number of [1001, 1002]) one.live.announce(contract, { number }, audience)
      await until('all have seen both', () => Object.values(seen).every((list) => list.length === 2))
      const both = [
        [{ number: 1001 }, audience],
        [{ number: 1002 }, audience],
      ]
      expect(seen).toEqual({ one: both, two: both, again: both })
    })

    it('nobody watching is no error, and who watches later sees what comes later', async () => {
      two.live.announce(contract, { number: 1 }, audience)
      const seen: number[] = []
      await two.live.watch(contract, ({ number }) => void seen.push(number))
      two.live.announce(contract, { number: 2 }, audience)
      await until('it is seen', () => seen.length > 0)
      expect(seen).toEqual([2])
    })

    it('who stopped sees nothing more', async () => {
      const stopped: number[] = []
      const other: number[] = []
      const watching = await two.live.watch(contract, ({ number }) => void stopped.push(number))
      await two.live.watch(contract, ({ number }) => void other.push(number))
      await watching.stop()
      one.live.announce(contract, { number: 1 }, audience)
      await until('the other sees it', () => other.length === 1)
      expect(stopped).toEqual([])
    })

    it('a watcher’s defect and what does not fit its contract harm nobody', async () => {
      const seen: number[] = []
      await two.live.watch(contract, ({ number }) => {
        if (number === 1) throw new Error('a defect')
        seen.push(number)
      })
      one.live.announce(contract, { number: 1 }, audience)
      one.live.announce(contract, { number: 'two' } as unknown as { number: number }, audience)
      one.live.announce(contract, { number: 3 }, audience)
      await until('the last is seen', () => seen.length > 0)
      expect(seen).toEqual([3])
      expect(two.defects.map(([subject]) => subject)).toEqual([contract.subject, contract.subject])
    })
  })
}
