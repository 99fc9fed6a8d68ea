import type { ContractTerms } from '@guichet/contracts/billing'
import { describe, expect, test } from 'vitest'
import { DEFAULT_TERMS } from './contract.ts'
import { NO_PACKS, type PackLedger } from './packs.ts'
import type { PrestationFields } from './prestation.ts'
import { preview } from './preview.ts'

const TERMS: ContractTerms = {
  ...DEFAULT_TERMS,
  rates: [
    { kind: 'À distance', unit: 'hour', price: '85.00', vatRate: '21' },
    { kind: 'Déplacement', unit: 'km', price: '0.4327', vatRate: '21' },
  ],
  rounding: { stepMinutes: 15, minimumMinutes: 15 },
}
const work = (changes: Partial<PrestationFields> = {}): PrestationFields => ({
  workedOn: '2026-11-20',
  minutes: 50,
  quantity: null,
  kind: 'À distance',
  description: '',
  billable: true,
  ...changes,
})
const ledgerOf = (minutes: number): PackLedger => ({
  packs: [
    {
      id: 'p',
      minutes,
      price: '900.00',
      vatRate: '21',
      validFrom: '2026-01-01',
      validUntil: '2026-12-31',
      soldAt: '',
      invoiceId: 'i',
      drafted: true,
    },
  ],
  uses: {},
})

describe('what it would cost', () => {
  test('an hour’s price for the minutes as they are rounded', () => {
    // 50 minutes are billed as 60.
    expect(preview(work(), TERMS, NO_PACKS, [])).toMatchObject({
      why: 'priced',
      billedMinutes: 60,
      price: '85.00',
      cost: '85.00',
    })
  })
  test('less the discount on its kind of work before the one on all time, and it says whose it is', () => {
    const own = (discountPercent: string, timeDiscountPercent: string | null = '12.5') => ({
      ...TERMS,
      timeDiscountPercent,
      rates: TERMS.rates.map((rate) => ({ ...rate, discountPercent })),
    })
    // 60 minutes at 85.00, 7.5 % of it are 6.375, away from zero 6.38.
    expect(preview(work(), own('7.5'), NO_PACKS, [])).toMatchObject({
      discountPercent: '7.5',
      discountOf: 'kind',
      cost: '78.62',
    })
    expect(preview(work(), own('0'), NO_PACKS, [])).toMatchObject({
      discountPercent: '0',
      discountOf: 'kind',
      cost: '85.00',
    })
    // Nothing is missed where no other time has a discount.
    expect(preview(work(), own('0', null), NO_PACKS, [])).not.toHaveProperty('discountPercent')
    // 37 × 0.4327 = 16.0099; 7.5 % of 16.01 are 1.20075.
    const drive = work({ minutes: null, quantity: '37', kind: 'déplacement' })
    expect(preview(drive, own('7.5'), NO_PACKS, [])).toMatchObject({ discountOf: 'kind', cost: '14.81' })
  })
  test('less the discount on time, which is on no kilometre', () => {
    const terms = { ...TERMS, timeDiscountPercent: '12.5' }
    // 60 minutes at 85.00 are 85.00; 12.5 % of it are 10.625, rounded away from zero: 10.63.
    expect(preview(work(), terms, NO_PACKS, [])).toMatchObject({
      price: '85.00',
      discountPercent: '12.5',
      cost: '74.37',
    })
    expect(preview(work(), terms, NO_PACKS, [])).toMatchObject({ discountOf: 'time' })
    const drive = work({ minutes: null, quantity: '37', kind: 'déplacement' })
    const driven = preview(drive, terms, NO_PACKS, [])
    expect(driven).toMatchObject({ cost: '16.01' })
    expect(driven).not.toHaveProperty('discountPercent')
  })
  test('kilometres as they are', () => {
    const drive = work({ minutes: null, quantity: '37', kind: 'déplacement' })
    expect(preview(drive, TERMS, NO_PACKS, [])).toMatchObject({
      why: 'priced',
      billedMinutes: null,
      cost: '16.01',
    })
  })
  test('nothing where it is not billed; nobody knows where the contract has no price', () => {
    expect(preview(work({ billable: false }), TERMS, NO_PACKS, [])).toMatchObject({
      why: 'not-billable',
      cost: '0.00',
    })
    expect(preview(work({ kind: 'Sur place' }), TERMS, NO_PACKS, [])).toMatchObject({
      why: 'no-price',
      cost: null,
    })
  })
})

describe('prepaid hours', () => {
  test('cover it whole, or as far as they go', () => {
    expect(preview(work(), TERMS, ledgerOf(600), [])).toMatchObject({
      why: 'covered',
      coveredMinutes: 60,
      packMinutesLeft: 600,
      cost: '0.00',
    })
    // 45 of 60 minutes are left: a quarter of an hour at 85.00.
    expect(preview(work(), TERMS, ledgerOf(45), [])).toMatchObject({
      why: 'covered',
      coveredMinutes: 45,
      cost: '21.25',
    })
  })
  test('are taken first by earlier work that is not drafted yet', () => {
    const earlier = { prestationId: 'a', workedOn: '2026-11-02', minutes: 30, priced: true }
    const later = { prestationId: 'b', workedOn: '2026-11-25', minutes: 600, priced: true }
    expect(preview(work(), TERMS, ledgerOf(45), [earlier, later])).toMatchObject({
      coveredMinutes: 15,
      packMinutesLeft: 15,
      cost: '63.75',
    })
  })
  test('of another year cover nothing, and no kilometre', () => {
    expect(preview(work({ workedOn: '2027-01-05' }), TERMS, ledgerOf(600), [])).toMatchObject({
      why: 'priced',
      packMinutesLeft: 0,
    })
    const drive = work({ minutes: null, quantity: '37', kind: 'Déplacement' })
    expect(preview(drive, TERMS, ledgerOf(600), [])).toMatchObject({ coveredMinutes: 0, cost: '16.01' })
  })
})
