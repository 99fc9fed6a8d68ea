import fc from 'fast-check'
import { expect, test } from 'vitest'
import { difference, sum } from './amounts.ts'

test('to the cent, with signs', () => {
  expect(sum(['0.10', '0.20', '-0.05'])).toBe('0.25')
  expect(sum([])).toBe('0.00')
  expect(difference('100.00', '100.01')).toBe('-0.01')
  expect(difference('12345678901234.56', '0.57')).toBe('12345678901233.99')
})

test('what is added and taken away is where it began', () => {
  const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
  const amount = cents.map((n) => {
    const value = n < 0n ? -n : n
    return `${n < 0n ? '-' : ''}${value / 100n}.${String(value % 100n).padStart(2, '0')}`
  })
  fc.assert(fc.property(amount, amount, (a, b) => difference(sum([a, b]), b) === sum([a])))
})
