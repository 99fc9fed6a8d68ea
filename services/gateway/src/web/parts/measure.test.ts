import { expect, test } from 'vitest'
import { measure } from './measure.ts'

test.each([
  [{ minutes: 90, quantity: null }, '1 h 30'],
  [{ minutes: null, quantity: '37.5', unit: 'km' as const }, '37,5 km'],
  [{ minutes: null, quantity: '2' }, '× 2'],
])('%j reads %s', (prestation, said) => {
  expect(measure(prestation, 'fr')).toBe(said)
})
