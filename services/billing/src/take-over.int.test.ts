/** What comes from another system: prepaid hours that were sold and invoiced there. */
import {
  issueInvoice,
  listInvoices,
  listPacks,
  logPrestation,
  runInvoices,
  sellPack,
  withdrawPack,
} from '@guichet/contracts/billing'
import { codeOf } from '@guichet/service/harness'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anne, finn, openReadyDesk, type Desk } from './testing/desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openReadyDesk()
})
afterEach(() => desk.stop())

const PACK = { minutes: 90, price: '0', vatRate: '21', validFrom: '2026-01-01', validUntil: '2026-12-31' }
const take = () =>
  desk
    .as(finn)
    .ask(sellPack, { companyId: 'acme', pack: { ...PACK, takenOver: true }, idempotencyKey: 'old 12' })
const packs = async () => (await desk.as(finn).ask(listPacks, { companyId: 'acme' })).items
async function billed(minutes: number) {
  const prestation = { workedOn: '2026-11-20', minutes, kind: 'Support', description: '' }
  await desk.as(anne).ask(logPrestation, { ticket: 1001, prestation })
  const { drafts } = await desk.as(finn).ask(runInvoices, { from: '2026-11-01', to: '2026-11-30' })
  return await desk.as(finn).ask(issueInvoice, { id: drafts[0]?.id ?? '' })
}

test('cover work from then on, and no invoice is made of them', async () => {
  expect(await take()).toMatchObject({ remainingMinutes: 90, invoice: null, takenOver: true })
  // Said twice, taken over once.
  await take()
  expect(await packs()).toHaveLength(1)
  expect((await desk.as(finn).ask(listInvoices, {})).items).toEqual([])
  // 90 of 100 minutes are covered; 10 at 90.00 an hour are not.
  expect((await billed(100)).totals.net).toBe('15.00')
  expect((await packs())[0]).toMatchObject({ remainingMinutes: 0 })
})

test('are withdrawn while none is used, by finance; what was sold here is not', async () => {
  const { id } = await take()
  expect(await codeOf(desk.as(anne).ask(withdrawPack, { companyId: 'acme', id }))).toBe('forbidden')
  expect(await codeOf(desk.as(finn).ask(withdrawPack, { companyId: 'zeta', id }))).toBe('not-found')
  await desk.as(finn).ask(withdrawPack, { companyId: 'acme', id })
  expect(await packs()).toEqual([])
  const sold = await desk.as(finn).ask(sellPack, { companyId: 'acme', pack: PACK })
  expect(await codeOf(desk.as(finn).ask(withdrawPack, { companyId: 'acme', id: sold.id }))).toBe(
    'pack-has-invoice',
  )
})

test('stay once a minute is used', async () => {
  const { id } = await take()
  await billed(10)
  expect(await codeOf(desk.as(finn).ask(withdrawPack, { companyId: 'acme', id }))).toBe('pack-in-use')
})
