import { expect, test } from 'vitest'
import { checkCompany } from './company.ts'

test.each(['BE0403.019.261', 'be 0403 019 261', 'BE0403019261'])('%j is BE0403019261', (vatNumber) => {
  expect(checkCompany({ vatNumber })).toEqual({ input: { vatNumber: 'BE0403019261' }, faults: [] })
})

test('numbers that begin with 1 are Belgian too', () => {
  // 97 − (10000000 mod 97) = 97 − 26 … computed by hand: 10000000 = 97 × 103092 + 76, so 21.
  expect(checkCompany({ enterpriseNumber: '1000.000.021' }).faults).toEqual([])
})

test.each([
  [{ vatNumber: 'BE0403019262' }, 'vatNumber'],
  [{ enterpriseNumber: '0403019262' }, 'enterpriseNumber'],
  [{ enterpriseNumber: '2403019261' }, 'enterpriseNumber'],
])('%j is refused by its field', (input, path) => {
  expect(checkCompany(input).faults.map((fault) => fault.path)).toEqual([path])
})
