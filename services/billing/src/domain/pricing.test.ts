import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContractTerms } from '@guichet/contracts/billing'
import { DEFAULT_TERMS, termsFaults, withTerms } from './contract.ts'
import { billedMinutes, costOf, pricedParts, withoutCovered } from './pricing.ts'

const LAW = { from: '2022-02-01', lateIndemnity: '40.00', maximumTermDays: 60 }
const rounding = (stepMinutes: number, minimumMinutes: number) => ({ stepMinutes, minimumMinutes })
const agreed = (before: ContractTerms | undefined, given: Partial<ContractTerms>) =>
  withTerms(before, given, () => 'new')
const terms = agreed(undefined, {
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
    expect(agreed(undefined, { rates: [] })).toEqual(DEFAULT_TERMS)
    const next = agreed(terms, { rates: [], customersSeeTime: true, language: undefined })
    expect(next).toMatchObject({ rates: [], customersSeeTime: true, rounding: rounding(15, 30) })
  })

  test('names one price per kind and unit, and a term that the law allows', () => {
    const rate = { kind: 'Support', unit: 'hour' as const, price: '90', vatRate: '21' }
    const twice = agreed(undefined, { rates: [rate, { ...rate, kind: 'support ' }], paymentTermDays: 90 })
    expect(termsFaults(twice, LAW)).toEqual([
      { path: 'rates.1.kind', code: 'rate-twice' },
      { path: 'paymentTermDays', code: 'payment-term-too-long', params: { limit: 60 } },
    ])
    expect(termsFaults(terms, LAW)).toEqual([])
  })
})

describe('by time classes', () => {
  const timeClasses = {
    officeFrom: '08:00',
    officeTo: '18:00',
    nightFrom: '22:00',
    nightTo: '06:00',
    surcharges: { evening: '25', night: '50', weekend: '50', holiday: '100' },
  }
  const classy = agreed(terms, { timeClasses })
  const parts = (startedAt: string | undefined, minutes: number, workedOn = '2026-11-24') =>
    pricedParts({ kind: 'Support', minutes, quantity: null, workedOn, startedAt }, classy).map(
      ({ quantity, price, surcharge }) => [quantity, price, surcharge?.timeClass ?? 'office'],
    )

  test('each class is a part at its own price; what rounding adds counts where the work ended', () => {
    // 50 minutes are billed as 60: 30 in office hours, 20 worked and 10 rounded in the evening.
    expect(parts('17:30', 50)).toEqual([
      ['30', '90.00', 'office'],
      ['30', '112.50', 'evening'],
    ])
    expect(parts('21:00', 120)).toEqual([
      ['60', '112.50', 'evening'],
      ['60', '135.00', 'night'],
    ])
    expect(parts(undefined, 30, '2026-11-11')).toEqual([['30', '180.00', 'holiday']])
  })

  test('costs the sum of its parts, each rounded as its line is', () => {
    const one = { kind: 'Support', minutes: 50, quantity: null, billable: true, workedOn: '2026-11-24' }
    // 30 min at 90.00 and 30 at 112.50.
    expect(costOf({ ...one, startedAt: '17:30' }, classy)).toBe('101.25')
    expect(costOf(one, classy)).toBe('90.00')
    expect(costOf({ ...one, startedAt: '17:30' }, terms)).toBe('90.00')
  })

  test('less the discount on its kind, on the price with what the hours put on top', () => {
    const rates = classy.rates.map((rate) => ({ ...rate, discountPercent: '5' }))
    const one = { kind: 'Support', minutes: 50, quantity: null, billable: true, workedOn: '2026-11-24' }
    // 45.00 − 2.25 in office hours; 56.25 − 2.81 (2.8125) in the evening.
    expect(costOf({ ...one, startedAt: '17:30' }, { ...classy, rates })).toBe('96.19')
  })

  test('a class without a surcharge is billed with the office hours around it', () => {
    const none = agreed(classy, {
      timeClasses: { ...timeClasses, surcharges: { ...timeClasses.surcharges, evening: '0' } },
    })
    const found = pricedParts(
      { kind: 'Support', minutes: 60, quantity: null, workedOn: '2026-11-24', startedAt: '17:30' },
      none,
    )
    expect(found).toMatchObject([{ quantity: '60', price: '90.00' }])
  })

  test('what a pack covers comes off the first of it', () => {
    const all = pricedParts(
      { kind: 'Support', minutes: 60, quantity: null, workedOn: '2026-11-24', startedAt: '17:30' },
      classy,
    )
    expect(withoutCovered(all, 40).map(({ quantity, price }) => [quantity, price])).toEqual([
      ['20', '112.50'],
    ])
    expect(withoutCovered(all, 60)).toEqual([])
    expect(withoutCovered(all, 0)).toEqual(all)
  })

  test('whatever the hour: the parts are what is billed, and never cheaper than at the plain price', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 400 }),
        (minutes, hour, days) => {
          const workedOn = Temporal.PlainDate.from('2026-01-01').add({ days }).toString()
          const work = {
            kind: 'Support',
            minutes,
            quantity: null,
            workedOn,
            startedAt: `${String(hour).padStart(2, '0')}:10`,
          }
          const found = pricedParts(work, classy)
          expect(found.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(
            billedMinutes(minutes, classy.rounding),
          )
          const dear = costOf({ ...work, billable: true }, classy)
          const flat = costOf({ ...work, billable: true }, terms)
          // Each line is rounded for itself: a cent a part, at most.
          expect(Number(dear)).toBeGreaterThanOrEqual(Number(flat) - 0.01 * found.length)
        },
      ),
    )
  })

  test('hours out of order and surcharges beyond measure are refused', () => {
    const faults = (changes: object) =>
      termsFaults(agreed(terms, { timeClasses: { ...timeClasses, ...changes } }), LAW).map(({ code }) => code)
    expect(faults({})).toEqual([])
    expect(faults({ officeTo: '07:00' })).toEqual(['time-classes-overlap'])
    expect(faults({ nightFrom: '17:00' })).toEqual(['time-classes-overlap'])
    expect(faults({ surcharges: { ...timeClasses.surcharges, night: '301' } })).toEqual(['too-large'])
    expect(
      agreed(terms, {
        timeClasses: { ...timeClasses, surcharges: { ...timeClasses.surcharges, night: '33,5' } },
      }).timeClasses?.surcharges.night,
    ).toBe('33.5')
  })
})
