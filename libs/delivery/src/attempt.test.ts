import { event, type EventContract } from '@guichet/contracts/definition'
import type { Envelope } from '@guichet/contracts/envelope'
import { VersionConflict } from '@guichet/store'
import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { createAttempt, type EventHandler } from './attempt.ts'
import { effectId } from './effect-id.ts'

const opened = event(
  'thing.opened',
  2,
  Type.Object({ n: Type.Integer(), note: Type.Optional(Type.String()) }),
)
const envelope = (changes: Partial<Envelope>): Envelope => ({
  id: 'things/1@1.0',
  subject: 'thing.opened',
  key: '1',
  version: 2,
  occurredAt: '2026-11-24T10:00:00.000Z',
  actor: { kind: 'service', service: 'thing' },
  audience: { accounts: [], staff: false },
  data: { n: 1 },
  ...changes,
})
function recorder(contract: EventContract = opened, fail: (times: number) => unknown = () => undefined) {
  const seen: unknown[] = []
  const handler: EventHandler = {
    contract,
    handle: async (data: unknown) => {
      seen.push(data)
      const error = fail(seen.length)
      if (error) throw error
    },
  }
  return { seen, handler }
}

it('hands over what fits, an older version too', async () => {
  const { seen, handler } = recorder()
  const attempt = createAttempt([handler])
  expect(await attempt(envelope({}))).toBeUndefined()
  expect(await attempt(envelope({ version: 1, data: { n: 2 } }))).toBeUndefined()
  expect(seen).toEqual([{ n: 1 }, { n: 2 }])
})

it('never hands over a version that it cannot know, nor data that does not fit', async () => {
  const { seen, handler } = recorder()
  const attempt = createAttempt([handler])
  const newer = await attempt(envelope({ version: 3 }))
  expect(newer?.fault).toEqual({
    code: 'unknown-schema',
    reason: 'thing.opened version 3 is not known here',
    dies: 'now',
  })
  const wrong = await attempt(envelope({ data: { n: 'private text' } }))
  expect(wrong?.fault).toEqual({ code: 'invalid-data', reason: 'n: wrong-type', dies: 'now' })
  expect(seen).toEqual([])
})

it('each version goes to its own handler', async () => {
  const one = recorder(event('thing.opened', 1, Type.Object({ n: Type.Integer() })))
  const two = recorder()
  const attempt = createAttempt([two.handler, one.handler])
  await attempt(envelope({ version: 1, data: { n: 1 } }))
  await attempt(envelope({ version: 2, data: { n: 2 } }))
  expect([one.seen, two.seen]).toEqual([[{ n: 1 }], [{ n: 2 }]])
  expect(() => createAttempt([two.handler, recorder().handler])).toThrow(
    'Two handlers of thing.opened version 2',
  )
})

it('a lost race is run again at once, a few times', async () => {
  const conflict = new VersionConflict('things', '1', 1)
  const lucky = recorder(opened, (times) => (times < 3 ? conflict : undefined))
  expect(await createAttempt([lucky.handler])(envelope({}))).toBeUndefined()
  expect(lucky.seen).toHaveLength(3)
  const unlucky = recorder(opened, () => conflict)
  expect(await createAttempt([unlucky.handler])(envelope({}))).toMatchObject({
    fault: { code: 'busy', dies: 'late' },
  })
  expect(unlucky.seen).toHaveLength(4)
})

it('an effect has one id per event and receiver', () => {
  const ids = [
    effectId('a/1@1.0'),
    effectId('a/1@1.0', 'anne'),
    effectId('a/1@1.0', 'paul'),
    effectId('a/1@2.0'),
  ]
  expect(new Set(ids).size).toBe(4)
  expect(effectId('a/1@1.0', 'anne')).toBe(ids[1])
})
