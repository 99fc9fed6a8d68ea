import { describe, expect, test } from 'vitest'
import type { PackLedger, StoredPack } from './packs.ts'
import { prepaidLow } from './prepaid-low.ts'

const TODAY = '2026-11-24'
const pack = (id: string, minutes: number, changes: Partial<StoredPack> = {}): StoredPack => ({
  id,
  minutes,
  price: '800.00',
  vatRate: '21',
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
  soldAt: '',
  invoiceId: `invoice-${id}`,
  drafted: true,
  ...changes,
})
const ledger = (packs: StoredPack[], used = 0, lowSaidFor?: string): PackLedger => ({
  packs,
  uses: used > 0 ? { i: [{ packId: packs[0]?.id ?? '', prestationId: 'p', minutes: used }] } : {},
  ...(lowSaidFor === undefined ? {} : { lowSaidFor }),
})
const open = (minutes: number, workedOn = '2026-11-20') => [
  { prestationId: 'open', workedOn, minutes, priced: true },
]

describe('told', () => {
  test('once a fifth or less is left', () => {
    expect(prepaidLow(ledger([pack('a', 600)], 479), [], TODAY)).toBeUndefined()
    expect(prepaidLow(ledger([pack('a', 600)], 480), [], TODAY)).toEqual({
      remainingMinutes: 120,
      soldMinutes: 600,
      validUntil: '2026-12-31',
      packs: 'a',
    })
  })

  test('at the share that the contract says; 0 is once none is left', () => {
    expect(prepaidLow(ledger([pack('a', 600)], 299), [], TODAY, 50)).toBeUndefined()
    expect(prepaidLow(ledger([pack('a', 600)], 300), [], TODAY, 50)).toMatchObject({ remainingMinutes: 300 })
    expect(prepaidLow(ledger([pack('a', 600)], 599), [], TODAY, 0)).toBeUndefined()
    expect(prepaidLow(ledger([pack('a', 600)], 600), [], TODAY, 0)).toMatchObject({ remainingMinutes: 0 })
    expect(prepaidLow(ledger([pack('a', 600)], 480), [], TODAY, null)).toMatchObject({
      remainingMinutes: 120,
    })
  })

  test('work that waits for its invoice counts', () => {
    expect(prepaidLow(ledger([pack('a', 600)], 400), open(100), TODAY)).toMatchObject({
      remainingMinutes: 100,
    })
    expect(prepaidLow(ledger([pack('a', 600)], 400), open(500), TODAY)).toMatchObject({ remainingMinutes: 0 })
  })

  test('packs that are valid together are one balance', () => {
    expect(prepaidLow(ledger([pack('a', 600), pack('b', 600)], 600), [], TODAY)).toBeUndefined()
    expect(prepaidLow(ledger([pack('a', 1000), pack('b', 100)], 900), [], TODAY)).toMatchObject({
      remainingMinutes: 200,
      soldMinutes: 1100,
      packs: 'a b',
    })
  })
})

describe('not told', () => {
  test('twice for the same packs; a new one begins anew', () => {
    expect(prepaidLow(ledger([pack('a', 600)], 590, 'a'), [], TODAY)).toBeUndefined()
    expect(prepaidLow(ledger([pack('a', 600), pack('b', 30)], 600, 'a'), [], TODAY)).toMatchObject({
      packs: 'a b',
    })
  })

  test('of packs that are over, not begun, or not on a draft yet', () => {
    expect(prepaidLow(ledger([pack('a', 600, { validUntil: '2026-11-23' })], 600), [], TODAY)).toBeUndefined()
    expect(prepaidLow(ledger([pack('a', 600, { validFrom: '2026-11-25' })], 600), [], TODAY)).toBeUndefined()
    expect(prepaidLow(ledger([pack('a', 600, { drafted: false })], 600), [], TODAY)).toBeUndefined()
    expect(prepaidLow(ledger([]), [], TODAY)).toBeUndefined()
  })
})
