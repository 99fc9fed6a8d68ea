import { expect, test } from 'vitest'
import type { PageCall } from '../../page.ts'
import { ratesWith, ratesWithout } from './rates.tsx'

const typed = (form: Record<string, string>) => ({ form }) as unknown as PageCall
const rate = (kind: string, unit: 'hour' | 'km', price: string) => ({ kind, unit, price, vatRate: '21' })
const RATES = [
  rate('Trajet', 'hour', '45.00'),
  rate('Trajet', 'km', '0.4327'),
  rate('Support', 'hour', '90.00'),
]

test('a rate replaces the one of its kind and unit, and leaves the other of its kind', () => {
  const form = { kind: ' trajet ', unit: 'km', price: '0,45', vatRate: '21', discountPercent: '' }
  expect(ratesWith(RATES, typed(form))).toEqual([
    RATES[0],
    RATES[2],
    { kind: 'trajet', unit: 'km', price: '0.45', vatRate: '21', discountPercent: null },
  ])
  expect(ratesWith(RATES, typed({ ...form, discountPercent: '7,5' })).at(-1)?.discountPercent).toBe('7.5')
})

test('one is removed by kind and unit', () => {
  expect(ratesWithout(RATES, typed({ kind: 'Trajet', unit: 'hour' }))).toEqual([RATES[1], RATES[2]])
})
