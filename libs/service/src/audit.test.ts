import type { Envelope } from '@guichet/contracts/envelope'
import { Failure } from '@guichet/contracts/failure'
import { expect, test } from 'vitest'
import { pageOfHistory } from './audit.ts'
import type { Audited } from './definition.ts'

const recorded = (version: number): Envelope => ({
  id: `tickets/1001@${version}.0`,
  subject: 'ticket.closed',
  key: '1001',
  version: 1,
  occurredAt: `2026-11-${String(version).padStart(2, '0')}T09:00:00.000Z`,
  actor: { kind: 'service', service: 'ticket' },
  audience: { accounts: [], staff: true },
  data: { number: 1001 },
})
const tickets: Audited = {
  name: 'tickets',
  async *history(id) {
    if (id === '1001') for (let version = 1; version <= 7; version += 1) yield recorded(version)
  },
}
const days = (page: { items: { at: string }[] }) => page.items.map(({ at }) => Number(at.slice(8, 10)))

test('the newest first, page by page, each once', async () => {
  const seen: number[][] = []
  let cursor: string | undefined
  do {
    const page = await pageOfHistory([tickets], { collection: 'tickets', id: '1001', limit: 3, cursor })
    seen.push(days(page))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  expect(seen).toEqual([[7, 6, 5], [4, 3, 2], [1]])
})

test('what never was has no history; a collection that is not shown is not found', async () => {
  expect(await pageOfHistory([tickets], { collection: 'tickets', id: '4711' })).toEqual({
    items: [],
    next: null,
  })
  await expect(pageOfHistory([tickets], { collection: 'sessions', id: '1001' })).rejects.toThrow(
    new Failure('not-found'),
  )
})
