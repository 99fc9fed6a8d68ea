import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_TERMS, termsFaults, withTerms } from './contract.ts'
import { billedMinutes, costOf } from './pricing.ts'

const LAW = { from: '2022-02-01', lateIndemnity: '40.00', maximumTermDays: 60 }
const rounding = (stepMinutes: number, minimumMinutes: number) => ({ stepMinutes, minimumMinutes })
const terms = withTerms(undefined, {
  rates: [
    { kind: 'Support', unit: 'hour', price: '90.00', vatRate: '21' },
    { kind: 'Trajet', unit: 'km', price: '0.4327', vatRate: '21' },
    { kind: 'Trajet', unit: 'hour', price: '45', vatRate: '21' },
  ],
  rounding: rounding(15, 30),
})
const cost = (kind: string, minutes: number | null, quantity: string | null = null, billable = true) =>
  costOf({ kind, minutes, quantity, billable }, terms)

describe('what a prestation costs', () => {
  test('is rounded up to the next step, at least the minimum', () => {
    expect([1, 29, 30, 31, 45, 46].map((worked) => billedMinutes(worked, rounding(15, 30)))).toEqual([
      30, 30, 30, 45, 45, 60,
    ])
    expect([1, 61].map((worked) => billedMinutes(worked, rounding(60, 20)))).toEqual([60, 120])
    expect(billedMinutes(7, rounding(1, 0))).toBe(7)
  })

  test('follows the rate of its kind, in whatever case it was written, and of its measure', () => {
    expect(cost('Support', 20)).toBe('45.00')
    expect(cost(' SUPPORT ', 31)).toBe('67.50')
    expect(cost('Trajet', null, '37')).toBe('16.01')
    expect(cost('Trajet', 60)).toBe('45.00')
    expect(cost('Support', null, '2')).toBeNull()
    expect(cost('Nuit', 20)).toBeNull()
    expect(cost('Support', 20, null, false)).toBe('0.00')
  })

  test('never bills less than was worked, nor a step too much', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 480 }),
        fc.integer({ min: 0, max: 480 }),
        (worked, step, minimum) => {
          const billed = billedMinutes(worked, rounding(step, minimum))
          expect(billed).toBeGreaterThanOrEqual(Math.max(worked, minimum))
          expect(billed).toBeLessThan(Math.max(worked + step, minimum + 1))
        },
      ),
    )
  })
})

describe('a contract', () => {
  test('begins with the defaults and keeps what is not named', () => {
    expect(withTerms(undefined, { rates: [] })).toEqual(DEFAULT_TERMS)
    const next = withTerms(terms, { rates: [], customersSeeTime: true, language: undefined })
    expect(next).toMatchObject({ rates: [], customersSeeTime: true, rounding: rounding(15, 30) })
  })

  test('names one price per kind and unit, and a term that the law allows', () => {
    const rate = { kind: 'Support', unit: 'hour' as const, price: '90', vatRate: '21' }
    const twice = withTerms(undefined, { rates: [rate, { ...rate, kind: 'support ' }], paymentTermDays: 90 })
    expect(termsFaults(twice, LAW)).toEqual([
      { path: 'rates.1.kind', code: 'rate-twice' },
      { path: 'paymentTermDays', code: 'payment-term-too-long', params: { limit: 60 } },
    ])
    expect(termsFaults(terms, LAW)).toEqual([])
  })
})
