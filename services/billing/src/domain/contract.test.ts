/** Versions by date: a change never touches the past (spec/invoicing.md §1). */
import type { ContractTerms } from '@guichet/contracts/billing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_TERMS, termsOn, versionFaults, withVersion, type StoredContract } from './contract.ts'

const priced = (price: string): ContractTerms => ({
  ...DEFAULT_TERMS,
  rates: [{ kind: 'Support', unit: 'hour', price, vatRate: '21' }],
})
const priceOn = (contract: StoredContract | undefined, day: string) => termsOn(contract, day).rates[0]?.price
const stored = (contract: Omit<StoredContract, 'updatedAt'>): StoredContract => ({
  ...contract,
  updatedAt: '',
})
const TODAY = '2026-11-24'

test('the first terms count from the beginning; a later version from its day', () => {
  const first = stored(withVersion(undefined, priced('80.00'), undefined, TODAY))
  const second = stored(withVersion(first, priced('90.00'), '2027-01-01', TODAY))
  expect(
    ['2020-05-05', TODAY, '2026-12-31', '2027-01-01', '2030-01-01'].map((day) => priceOn(second, day)),
  ).toEqual(['80.00', '80.00', '80.00', '90.00', '90.00'])
})

test('the first terms, agreed for later, price no work before their day', () => {
  const contract = stored(withVersion(undefined, priced('80.00'), '2027-01-01', TODAY))
  expect([TODAY, '2026-12-31', '2027-01-01'].map((day) => priceOn(contract, day))).toEqual([
    undefined,
    undefined,
    '80.00',
  ])
  expect(priceOn(stored(withVersion(undefined, priced('80.00'), TODAY, TODAY)), '2026-11-02')).toBe('80.00')
})

test('a correction changes what counts today, and no other version', () => {
  let contract = stored(withVersion(undefined, priced('80.00'), undefined, TODAY))
  contract = stored(withVersion(contract, priced('90.00'), '2026-11-20', '2026-11-20'))
  contract = stored(withVersion(contract, priced('99.00'), '2027-01-01', TODAY))
  contract = stored(withVersion(contract, priced('91.00'), undefined, TODAY))
  expect(['2026-11-19', '2026-11-20', '2027-01-01'].map((day) => priceOn(contract, day))).toEqual([
    '80.00',
    '91.00',
    '99.00',
  ])
})

test('a contract from before there were versions is read as one', () => {
  expect(priceOn({ terms: priced('80.00'), updatedAt: '' }, TODAY)).toBe('80.00')
  expect(termsOn(undefined, TODAY)).toEqual(DEFAULT_TERMS)
})

test('a change in the past is refused', () => {
  expect(versionFaults('2026-10-31', TODAY)).toMatchObject([{ code: 'version-in-the-past' }])
  expect(versionFaults('2026-11-01', TODAY)).toEqual([])
  expect(versionFaults('2026-02-30', TODAY)).toMatchObject([{ code: 'no-such-day' }])
  expect([versionFaults(TODAY, TODAY), versionFaults(undefined, TODAY)]).toEqual([[], []])
})

test('whatever changes are made as the days go by: no day before a change gets another price', () => {
  const day = fc
    .integer({ min: 0, max: 60 })
    .map((at) => new Date(Date.UTC(2026, 10, 1 + at)).toISOString().slice(0, 10))
  const change = fc.record({
    made: day,
    ahead: fc.integer({ min: 0, max: 40 }),
    price: fc.integer({ min: 1, max: 999 }),
  })
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 12 }),
      fc.array(day, { minLength: 5, maxLength: 5 }),
      (changes, days) => {
        let contract = stored(withVersion(undefined, priced('1.00'), undefined, '2026-10-01'))
        for (const { made, ahead, price } of changes.toSorted((a, b) => (a.made < b.made ? -1 : 1))) {
          const from = new Date(Date.parse(made) + ahead * 86_400_000).toISOString().slice(0, 10)
          const before = days.filter((each) => each < from).map((each) => priceOn(contract, each))
          contract = stored(withVersion(contract, priced(`${price}.00`), from, made))
          expect(days.filter((each) => each < from).map((each) => priceOn(contract, each))).toEqual(before)
          expect(priceOn(contract, from)).toBe(`${price}.00`)
        }
      },
    ),
  )
})
