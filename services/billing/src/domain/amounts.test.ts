import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal, lineAmounts, money, plain, priceText, r2, totalsOf } from './amounts.ts'

const line = (quantity: string, price: string, per = 1, discountPercent: string | null = null) => ({
  quantity,
  price,
  per,
  discountPercent,
})
const net = (...args: Parameters<typeof line>) => money(lineAmounts(line(...args)).net)
const standard = (amount: string, vatRate = '21') => ({ amount, vatRate, vatCategory: 'S' as const })

describe('worked examples of spec/invoicing.md section 1', () => {
  test('VAT is rounded once per rate, not per line', () => {
    const totals = totalsOf([standard('0.50'), standard('49.50'), standard('2.50')], [], '0.00')
    expect(totals).toMatchObject({ net: '52.50', vat: [{ amount: '11.03' }], gross: '63.53' })
  })

  test('20 min and 7 min at 90.00/h plus 37 km at 0.4327', () => {
    const nets = [net('20', '90.00', 60), net('7', '90.00', 60), net('37', '0.4327')]
    expect(nets).toEqual(['30.00', '10.50', '16.01'])
    const totals = totalsOf(
      nets.map((amount) => standard(amount)),
      [],
      '0.00',
    )
    expect(totals).toMatchObject({
      net: '56.51',
      vat: [{ amount: '11.87' }],
      gross: '68.38',
      payable: '68.38',
    })
  })
})

test('half goes away from zero, on both sides; zero has no sign', () => {
  const rounded = ['0.005', '-0.005', '2.675', '-2.675', '0.0049', '-0.0049', '1.995'].map((text) =>
    money(decimal(text)),
  )
  expect(rounded).toEqual(['0.01', '-0.01', '2.68', '-2.68', '0.00', '0.00', '2.00'])
})

test('a discount is taken of the rounded amount', () => {
  expect(net('1', '10.005', 1, '50')).toBe('5.00')
  expect(net('3', '33.335', 1, '10')).toBe('90.01')
  expect(net('-3', '33.335', 1, '10')).toBe('-90.01')
})

test('rates are one however they are written, the highest first, then what bears no VAT', () => {
  const totals = totalsOf(
    [
      { amount: '1.00', vatRate: '0', vatCategory: 'E' },
      standard('10.00', '6'),
      standard('5.00', '21.00'),
      standard('5.00', '21'),
    ],
    [standard('2.00', '21.0')],
    '3.00',
  )
  expect(totals).toEqual({
    net: '19.00',
    vat: [
      { rate: '21', category: 'S', taxable: '8.00', amount: '1.68' },
      { rate: '6', category: 'S', taxable: '10.00', amount: '0.60' },
      { rate: '0', category: 'E', taxable: '1.00', amount: '0.00' },
    ],
    gross: '21.28',
    prepaid: '3.00',
    payable: '18.28',
  })
})

test('a float is a defect', () => {
  // Type checks refuse it; what slips through at run time throws.
  expect(() => decimal(Number('0.1') as unknown as string)).toThrow()
})

test('plain decimals lose their padding only', () => {
  expect(['21.00', '021', '0.0', '-0', '0.4327', '1000000000000'].map(plain)).toEqual([
    '21',
    '21',
    '0',
    '0',
    '0.4327',
    '1000000000000',
  ])
})

test('prices have two decimals at least', () => {
  expect(['90', '90.5', '0.4327', '31.50', '0', '1.100000'].map(priceText)).toEqual([
    '90.00',
    '90.50',
    '0.4327',
    '31.50',
    '0.00',
    '1.10',
  ])
})

// Exact integers beside the decimals: a second, independent way to the same cents.
const micros = (text: string) => BigInt(decimal(text).times(decimal('1000000')).toFixed())
function halfAway(numerator: bigint, denominator: bigint): bigint {
  const [n, sign] = numerator < 0n ? [-numerator, -1n] : [numerator, 1n]
  return sign * ((2n * n + denominator) / (2n * denominator))
}
const cents = (text: string) => BigInt(decimal(text).times(decimal('100')).toFixed())

const aQuantity = fc
  .integer({ min: -5_000_000, max: 5_000_000 })
  .map((n) => decimal(String(n)).div(decimal('1000')).toFixed())
const aPrice = fc
  .integer({ min: 0, max: 2_000_000_000 })
  .map((n) => decimal(String(n)).div(decimal('1000000')).toFixed())
const aBase = fc.constantFrom(1, 7, 60, 100, 1_000_000)
const anAmount = fc
  .integer({ min: -10_000_00, max: 10_000_00 })
  .map((n) => money(decimal(String(n)).div(decimal('100'))))
const aTaxed = fc.record({
  amount: anAmount,
  vatRate: fc.constantFrom('21', '12', '6', '21.0'),
  vatCategory: fc.constant('S' as const),
})

describe('for any figures', () => {
  test('a line is the exact fraction, rounded once', () => {
    fc.assert(
      fc.property(aQuantity, aPrice, aBase, (quantity, price, per) => {
        const exact = halfAway(micros(quantity) * micros(price), BigInt(per) * 10n ** 10n)
        expect(cents(net(quantity, price, per))).toBe(exact)
      }),
    )
  })

  test('minutes against an hourly price lose nothing that hours have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), aPrice, (hours, price) => {
        expect(net(String(hours * 60), price, 60)).toBe(net(String(hours), price))
      }),
    )
  })

  test('a negated quantity is the negated amount', () => {
    fc.assert(
      fc.property(
        aQuantity,
        aPrice,
        aBase,
        fc.constantFrom(null, '10', '33.333333'),
        (quantity, price, per, percent) => {
          const negated = decimal('0').minus(decimal(quantity)).toFixed()
          expect(cents(net(negated, price, per, percent))).toBe(-cents(net(quantity, price, per, percent)))
        },
      ),
    )
  })

  test('totals follow from lines, allowances, groups and prepaid, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.array(aTaxed, { maxLength: 30 }),
        fc.array(aTaxed, { maxLength: 5 }),
        anAmount,
        (lines, less, prepaid) => {
          const totals = totalsOf(lines, less, prepaid)
          const add = (amounts: readonly string[]) =>
            amounts.reduce((total, amount) => total + cents(amount), 0n)
          const excl = add(lines.map(({ amount }) => amount)) - add(less.map(({ amount }) => amount))
          expect(cents(totals.net)).toBe(excl)
          expect(add(totals.vat.map(({ taxable }) => taxable))).toBe(excl)
          for (const group of totals.vat) {
            expect(cents(group.amount)).toBe(
              halfAway(cents(group.taxable) * micros(group.rate), 100n * 10n ** 6n),
            )
          }
          expect(cents(totals.gross)).toBe(excl + add(totals.vat.map(({ amount }) => amount)))
          expect(cents(totals.payable)).toBe(cents(totals.gross) - cents(prepaid))
          expect(totalsOf(lines.toReversed(), less.toReversed(), prepaid)).toEqual(totals)
        },
      ),
    )
  })

  test('rounding never moves a value by more than half a cent', () => {
    fc.assert(
      fc.property(aPrice, (price) => {
        expect(r2(decimal(price)).minus(decimal(price)).abs().lte(decimal('0.005'))).toBe(true)
      }),
    )
  })
})
