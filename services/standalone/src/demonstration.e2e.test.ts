/** What somebody who tries the product finds: two months of a desk, dated as they went, told once however it was cut. */
import { startProduct, type Product } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import type { ApiClient, Json } from '@guichet/testing/api-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TICKETS } from './demonstration/story.ts'
import { enterAs, storyTold } from './testing/story-told.ts'

let product: Product
let admin: ApiClient
beforeAll(async () => {
  product = await startProduct('start')
  const first = await enterAs(product, 'administrateur')
  // Cut off in the middle of the story: it goes on at the next start.
  await until('the story is being told', async () => {
    const { items } = (await first.get('/tickets?view=recent')).body as unknown as { items: unknown[] }
    return items.length >= 3
  })
  await product.kill()
  await product.restart()
  await storyTold(product)
  admin = await enterAs(product, 'administrateur')
})
afterAll(() => product.remove())

async function everything(path: string): Promise<Json[]> {
  const found: Json[] = []
  let cursor = ''
  do {
    const { body } = await admin.get(`${path}${path.includes('?') ? '&' : '?'}limit=100${cursor}`)
    found.push(...(body['items'] as unknown as Json[]))
    cursor = body['next'] ? `&cursor=${String(body['next'])}` : ''
  } while (cursor !== '')
  return found
}

test('every ticket is there once, with all that was said and worked on it', async () => {
  const tickets = [...(await everything('/tickets?view=open')), ...(await everything('/tickets?view=recent'))]
  expect(tickets.map(({ subject }) => subject).toSorted()).toEqual(
    TICKETS.map(({ subject }) => subject).toSorted(),
  )
  const now = Date.now()
  for (const ticket of tickets) {
    const told = TICKETS.find(({ subject }) => subject === ticket['subject'])
    const number = String(ticket['number'])
    const detail = (await admin.get(`/tickets/${number}`)).body
    const timeline = detail['timeline'] as unknown as Json[]
    const said = timeline.filter(({ kind }) => String(kind) === 'message' || String(kind) === 'note')
    const worked = await everything(`/tickets/${number}/prestations`)
    expect([number, said.length, worked.length]).toEqual([
      number,
      1 + (told?.acts.filter((act) => 'says' in act).length ?? 0),
      told?.acts.filter((act) => 'works' in act).length,
    ])
    // Nothing is dated in the future, and an answer never before its question.
    const times = timeline.map(({ at }) => Date.parse(at as string))
    expect(Math.max(...times)).toBeLessThanOrEqual(now)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
})

test('it goes back weeks and up to now; every status occurs, and someone waits', async () => {
  const tickets = [...(await everything('/tickets?view=open')), ...(await everything('/tickets?view=recent'))]
  const ages = tickets.map(({ openedAt }) => (Date.now() - Date.parse(openedAt as string)) / 86_400_000)
  expect(Math.max(...ages)).toBeGreaterThan(45)
  expect(Math.min(...ages)).toBeLessThan(1)
  expect(new Set(tickets.map(({ status }) => status))).toEqual(new Set(['new', 'open', 'waiting', 'closed']))
  const { body } = await admin.get('/tickets?view=open&sort=waiting&limit=1')
  expect(body['items']?.[0]?.['waitsSince']).toBeTruthy()
})

test('months are closed: invoices that were paid, and one that fell due, each with its PDF and UBL', async () => {
  const invoices = await everything('/invoices')
  expect(invoices.length).toBeGreaterThanOrEqual(3)
  expect(new Set(invoices.map(({ status }) => status))).toContain('paid')
  for (const { number } of invoices) {
    for (const format of ['pdf', 'ubl'])
      expect((await admin.get(`/invoices/${String(number)}/${format}`)).status).toBe(200)
  }
})

test('nobody begins under a heap of old notifications', async () => {
  for (const part of ['cliente', 'support', 'administrateur']) {
    const { unread } = (await (await enterAs(product, part)).get('/notifications')).body
    expect(Number(unread)).toBeLessThanOrEqual(8)
  }
})
