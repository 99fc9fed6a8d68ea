/**
 * Money is decimals, never floats: the three formulas of an invoice, in one place.
 * Source: spec/invoicing.md section 1 (EN 16931 BR-CO-10 … BR-CO-17, Peppol R120).
 */
import type { InvoiceTotals, VatCategory } from '@guichet/contracts/billing'
import Big from 'big.js'

const Exact = Big()
// A quotient of 6-decimal factors by a base of at most 10^6 lies further from half a cent than 10^-20: rounding once at
// 40 decimals and then at 2 gives what exact fractions would.
Exact.DP = 40
Exact.RM = Big.roundHalfUp
/** A JavaScript number in an amount is a defect: it throws. */
Exact.strict = true

export type Decimal = Big

/** @throws Error for anything but a decimal string. */
export function decimal(text: string): Decimal {
  return new Exact(text)
}

export const ZERO = decimal('0')
/**
 * What a line's amount or a unit price may be at most: the totals of the longest invoice, with VAT, then still fit the
 * 12 digits that the contract carries.
 */
export const LARGEST = decimal('99999999.99')

/** Two decimals, half away from zero. */
export function r2(value: Decimal): Decimal {
  return value.round(2, Big.roundHalfUp)
}

/** `"30.00"`; never `"-0.00"`. */
export function money(value: Decimal): string {
  const rounded = r2(value)
  return rounded.eq(ZERO) ? '0.00' : rounded.toFixed(2)
}

/** A quantity, price or rate without padding: `21.00` and `21` are one rate, `"21"`. */
export function plain(text: string): string {
  const value = decimal(text)
  return value.eq(ZERO) ? '0' : value.toFixed()
}

/** A price as people write it: two decimals at least, as many as it has: `90.00`, `0.4327`. */
export function priceText(text: string): string {
  const [whole = '0', fraction = ''] = plain(text).split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO
  for (const value of values) total = total.plus(value)
  return total
}

export function max(a: Decimal, b: Decimal): Decimal {
  return a.gt(b) ? a : b
}

/** What makes a line's amount. */
export interface LineAmounts {
  quantity: string
  price: string
  /** Base quantity of the price: 60 for minutes at an hourly price. */
  per: number
  discountPercent: string | null
}

/**
 * Formula 1: `net = r2(quantity × price / per) − r2(discount)`. The discount is taken of the rounded amount, as UBL's
 * BaseAmount × MultiplierFactorNumeric states it (Peppol R040).
 */
export function lineAmounts(line: LineAmounts): { full: Decimal; discount: Decimal; net: Decimal } {
  const full = r2(
    decimal(line.quantity)
      .times(decimal(line.price))
      .div(decimal(String(line.per))),
  )
  const percent = decimal(line.discountPercent ?? '0')
  const discount = r2(full.times(percent).div(decimal('100')))
  return { full, discount, net: full.minus(discount) }
}

export interface TaxedAmount {
  /** Two decimals. */
  amount: string
  vatRate: string
  vatCategory: VatCategory
}

const CATEGORY_ORDER: readonly VatCategory[] = ['S', 'AE', 'E']

/** One group per category and rate; 21 and 21.00 are the same. */
export function groupKey({ vatRate, vatCategory }: Omit<TaxedAmount, 'amount'>): string {
  return `${vatCategory} ${plain(vatRate)}`
}

/** Formulas 2 and 3: VAT is rounded once per group, on its total. Highest rate first, then what bears no VAT. */
export function totalsOf(
  lines: readonly TaxedAmount[],
  allowances: readonly TaxedAmount[],
  prepaid: string,
): InvoiceTotals {
  const groups = new Map<string, { rate: string; category: VatCategory; taxable: Decimal }>()
  const add = (part: TaxedAmount, signed: Decimal) => {
    const key = groupKey(part)
    const group = groups.get(key) ?? { rate: plain(part.vatRate), category: part.vatCategory, taxable: ZERO }
    groups.set(key, { ...group, taxable: group.taxable.plus(signed) })
  }
  for (const line of lines) add(line, decimal(line.amount))
  for (const allowance of allowances) add(allowance, ZERO.minus(decimal(allowance.amount)))

  const vat = [...groups.values()]
    .map((group) => ({ ...group, amount: r2(group.taxable.times(decimal(group.rate)).div(decimal('100'))) }))
    .sort(
      (a, b) =>
        CATEGORY_ORDER.indexOf(a.category) - CATEGORY_ORDER.indexOf(b.category) ||
        decimal(b.rate).cmp(decimal(a.rate)),
    )
  const net = sum(vat.map(({ taxable }) => taxable))
  const gross = net.plus(sum(vat.map(({ amount }) => amount)))
  return {
    net: money(net),
    vat: vat.map(({ rate, category, taxable, amount }) => ({
      rate,
      category,
      taxable: money(taxable),
      amount: money(amount),
    })),
    gross: money(gross),
    prepaid: money(decimal(prepaid)),
    payable: money(gross.minus(decimal(prepaid))),
  }
}
