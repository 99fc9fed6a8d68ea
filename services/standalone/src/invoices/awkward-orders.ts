/** Invoices that go wrong in other products: half cents, long prices, several rates, signs no font has. */
import fc from 'fast-check'
import type { Line, Order } from './reckoning.ts'

const line = (changes: Partial<Line> = {}): Line => ({
  description: 'Support à distance',
  quantity: '1',
  unit: 'piece',
  price: '100.00',
  vatRate: '21',
  ...changes,
})
const minutes = (quantity: string, price = '90.00', changes: Partial<Line> = {}) =>
  line({ quantity, unit: 'minute', price, per: 60, ...changes })

/** Each with what it comes to, reckoned by hand: net, VAT, payable. */
export const BY_HAND: Record<string, { order: Order; net: string; vat: string; payable: string }> = {
  // spec/invoicing.md section 1: VAT per line would give 11.04.
  'VAT once per rate': {
    order: { lines: ['0.50', '49.50', '2.50'].map((price) => line({ price })) },
    net: '52.50',
    vat: '11.03',
    payable: '63.53',
  },
  'minutes and kilometres': {
    order: { lines: [minutes('20'), minutes('7'), line({ quantity: '37', unit: 'km', price: '0.4327' })] },
    net: '56.51',
    vat: '11.87',
    payable: '68.38',
  },
  // 0.005 goes up, -0.005 down: away from zero.
  'half a cent': {
    order: {
      lines: [
        line({ price: '0.005' }),
        line({ quantity: '-1', price: '0.005' }),
        line({ quantity: '0.5', price: '0.01' }),
        line({ price: '10.00' }),
      ],
    },
    net: '10.01',
    vat: '2.10',
    payable: '12.11',
  },
  // 90 × 7 / 60 = 10.50; 33.333333 % of it 3.50.
  'a third off': {
    order: { lines: [minutes('7', '90.00', { discountPercent: '33.333333' })] },
    net: '7.00',
    vat: '1.47',
    payable: '8.47',
  },
  'all of it off, beside one that is not': {
    order: { lines: [minutes('60', '85.50', { discountPercent: '100' }), line({ price: '19.99' })] },
    net: '19.99',
    vat: '4.20',
    payable: '24.19',
  },
  'a deposit deducted': {
    order: {
      lines: [line({ price: '1000' }), line({ quantity: '-1', price: '300', description: 'Acompte F-12' })],
      prepaid: '100.50',
    },
    net: '700.00',
    vat: '147.00',
    payable: '746.50',
  },
  // 21 %: 33.33 − 3.33 = 30.00; 6 %: 12.345678 × 3 = 37.04 − 0.04 = 37.00; 0 %: 5.00.
  'three rates, an allowance on two': {
    order: {
      lines: [
        line({ price: '33.33' }),
        line({ quantity: '3', price: '12.345678', vatRate: '6' }),
        line({ price: '5', vatRate: '0', vatCategory: 'E' }),
      ],
      allowances: [
        { amount: '3.33', vatRate: '21', reason: 'Geste commercial' },
        { amount: '0.04', vatRate: '6.00', reason: 'Arrondi' },
      ],
    },
    net: '72.00',
    vat: '8.52',
    payable: '80.52',
  },
  // 0.000001 × 1 000 000 = 1.00; 999 999.99 × 0.01 = 10 000.00.
  'very small and very large': {
    order: {
      lines: [
        line({ quantity: '1000000', price: '0.000001' }),
        line({ quantity: '0.01', price: '999999.99', unit: 'hour' }),
      ],
    },
    net: '10001.00',
    vat: '2100.21',
    payable: '12101.21',
  },
  'an hour in minutes of other bases': {
    order: { lines: [minutes('100', '1.234567', { per: 1 }), minutes('45', '700', { per: 480 })] },
    net: '189.09',
    vat: '39.71',
    payable: '228.80',
  },
}

/** What it says, not what it costs. */
export const WORDS: Record<string, Order> = {
  'control signs, emoji, other scripts': {
    lines: [
      line({
        description:
          'a\u0001b\u001f <script>&amp; "x" \'y\' 👨‍👩‍👧‍👦 🛠️ 漢字 עברית العربية ﬁ e\u0301 \u200b\ufeff\u2028 ]]> \ufffe',
        note: '\u0007',
      }),
      line({ description: '\u0001 \u0002 visible' }),
    ],
    reference: 'BC <2026> & "118" \u0008',
  },
  'as long as it may be': {
    lines: [
      line({ description: 'Réinstallation œuvre complète — '.repeat(62).trim(), note: 'é'.repeat(2000) }),
    ],
  },
  'many lines in one': {
    lines: [line({ description: 'Journal\r\n'.repeat(200).trim(), workedOn: '2026-01-31' })],
  },
}

export const NOT_TAXED: Record<'AE' | 'E', Order> = {
  AE: {
    lines: [
      minutes('20', '90.00', { vatRate: '0', vatCategory: 'AE' }),
      minutes('-7', '90.00', { vatRate: '0', vatCategory: 'AE' }),
      line({ price: '0.335', quantity: '3', vatRate: '0', vatCategory: 'AE', discountPercent: '12.5' }),
    ],
    allowances: [{ amount: '0.88', vatRate: '0', vatCategory: 'AE', reason: 'Korting' }],
  },
  E: { lines: [minutes('45', '66.67', { vatRate: '0.00', vatCategory: 'E' })], prepaid: '50.00' },
}

const decimalText = (whole: number, places: number) =>
  fc
    .tuple(fc.nat(whole), fc.nat(10 ** places - 1), fc.integer({ min: 0, max: places }))
    .map(([units, fraction, shown]) => {
      const digits = String(fraction).padStart(places, '0').slice(0, shown)
      return digits === '' ? String(units) : `${units}.${digits}`
    })

const anyLine = fc
  .record({
    quantity: fc.oneof(decimalText(500, 6), fc.integer({ min: 1, max: 900 }).map(String)),
    negative: fc.boolean(),
    unit: fc.constantFrom('minute', 'hour', 'km', 'piece'),
    price: decimalText(250, 6),
    per: fc.constantFrom(1, 60, 7, 1000),
    discount: fc.option(fc.oneof(decimalText(99, 4), fc.constant('100')), { freq: 2, nil: undefined }),
    rate: fc.constantFrom('21', '21.00', '12', '6', '0'),
    description: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  })
  .map(({ quantity, negative, discount, rate, description, ...rest }): Line => ({
    ...rest,
    quantity: negative ? `-${quantity}` : quantity,
    ...(discount !== undefined && { discountPercent: discount }),
    vatRate: rate,
    vatCategory: rate === '0' ? 'E' : 'S',
    description: `Ligne ${description}`,
  }))

/** Always the same ones: a failure is read, not chased. Each has one line more than all it deducts. */
export function generatedOrders(count: number): Order[] {
  const orders = fc
    .tuple(
      fc.array(anyLine, { minLength: 1, maxLength: 9 }),
      decimalText(60, 2),
      decimalText(80, 2),
      fc.boolean(),
    )
    .map(([lines, reduction, prepaid, reduces]): Order => ({
      lines: [...lines, line({ quantity: '1', price: '2000000', description: 'Serveur', vatRate: '21' })],
      ...(reduces && {
        allowances: [{ amount: `1${reduction}`, vatRate: '21', reason: 'Remise annuelle' }],
        prepaid,
      }),
    }))
  return fc.sample(orders, { numRuns: count, seed: 20_260_101 })
}
