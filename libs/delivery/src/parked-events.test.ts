import type { Envelope } from '@guichet/contracts/envelope'
import { expect, it } from 'vitest'
import { ParkingFull, sizeOf, withEvent, withoutEvents, type ParkedKey } from './parked-events.ts'

const envelope = (n: number, text = ''): Envelope => ({
  id: `things/a@${n}.0`,
  subject: 'thing.done',
  key: 'a',
  version: 1,
  occurredAt: '2026-11-24T10:00:00.000Z',
  actor: { kind: 'stranger' },
  audience: { accounts: [], staff: false },
  data: { text },
})
function parked(...events: Envelope[]): ParkedKey {
  return {
    consumer: 'reader',
    key: 'a',
    state: 'dead',
    events,
    bytes: events.reduce((sum, event) => sum + sizeOf(event), 0),
    attempts: 6,
    failedAt: '2026-11-24T10:00:00.000Z',
    nextAttemptAt: '2026-11-24T10:00:31.000Z',
    deadSince: '2026-11-24T10:00:31.000Z',
    code: 'defect',
    reason: 'TypeError',
  }
}
const NOW = '2026-11-24T12:00:00.000Z'

it('an event waits once, behind the others', () => {
  const two = withEvent(parked(envelope(1)), envelope(2))
  expect(two.events.map(({ id }) => id)).toEqual(['things/a@1.0', 'things/a@2.0'])
  expect(two.bytes).toBe(sizeOf(envelope(1)) + sizeOf(envelope(2)))
  expect(withEvent(two, envelope(1))).toBe(two)
})

it('a queue has 500 places and 4 MB; what finds none is refused, not dropped', () => {
  let queue = parked(envelope(0))
  for (let n = 1; n < 500; n += 1) queue = withEvent(queue, envelope(n))
  expect(() => withEvent(queue, envelope(500))).toThrow(ParkingFull)
  expect(withEvent(queue, envelope(3))).toBe(queue)

  const fat = 'x'.repeat(60_000)
  let bytes = parked(envelope(0, fat))
  const filling = () => {
    for (let n = 1; n < 500; n += 1) bytes = withEvent(bytes, envelope(n, fat))
  }
  expect(filling).toThrow(ParkingFull)
  expect(bytes.bytes).toBeGreaterThan(4_000_000)
  expect(bytes.bytes).toBeLessThanOrEqual(4 * 1024 * 1024)
})

it('what was handled leaves; the next in line starts anew; the last one frees the key', () => {
  const queue = parked(envelope(1), envelope(2), envelope(3))
  const rest = withoutEvents(queue, new Set(['things/a@1.0', 'things/a@2.0']), NOW)
  expect(rest).toMatchObject({ state: 'retrying', attempts: 0, nextAttemptAt: NOW, deadSince: null })
  expect(rest?.events.map(({ id }) => id)).toEqual(['things/a@3.0'])
  expect(rest?.bytes).toBe(sizeOf(envelope(3)))
  expect(withoutEvents(queue, new Set(), NOW)).toBe(queue)
  expect(withoutEvents(queue, new Set(queue.events.map(({ id }) => id)), NOW)).toBeNull()
})
