/** What a prestation costs by a contract. Source: spec/invoicing.md section 1. */
import type { ContractTerms, TimeClass, Unit } from '@guichet/contracts/billing'
import { decimal, lineAmounts, money, priceText, sum, ZERO } from './amounts.ts'
import type { DatedTerms, Rate } from './contract.ts'
import { kindKey } from './kind.ts'
import { classed } from './time-classes.ts'

/** What is measured: worked minutes, or a quantity of kilometres or pieces; one of the two. */
export interface Measured {
  kind: string
  minutes: number | null
  quantity: string | null
  /** With them the contract's time classes count. */
  workedOn?: string
  startedAt?: string | undefined
}

export interface Surcharge {
  timeClass: TimeClass
  percent: string
}

/** Where no zone is named: that of the law whose holidays count. */
const HOUSE_ZONE = 'Europe/Brussels'

export interface Priced {
  quantity: string
  unit: Unit
  price: string
  per: number
  vatRate: string
  /** By contract; absent: none. */
  discountPercent?: string
  /** The price holds it already. */
  surcharge?: Surcharge
}

/** Rounded up to the next step, at least the minimum. */
export function billedMinutes(
  worked: number,
  { stepMinutes, minimumMinutes }: ContractTerms['rounding'],
): number {
  return Math.max(Math.ceil(worked / stepMinutes) * stepMinutes, minimumMinutes)
}

export function rateFor(measured: Measured, terms: ContractTerms): Rate | undefined {
  const key = kindKey(measured.kind)
  const timed = measured.minutes !== null
  return terms.rates.find((rate) => kindKey(rate.kind) === key && (rate.unit === 'hour') === timed)
}

/** The contract names a price for such a kind. */
export const isPriced = (measured: Measured, terms: ContractTerms): boolean =>
  rateFor(measured, terms) !== undefined

export interface Discount {
  percent: string
  /** Of its kind alone, or of all time. */
  of: 'kind' | 'time'
}

/** What its kind is given off its price, `0` included; else, of time, what the contract gives on all of it. */
export function discountFor(measured: Measured, terms: ContractTerms): Discount | undefined {
  const own = rateFor(measured, terms)?.discountPercent
  if (own != null) return { percent: own, of: 'kind' }
  if (measured.minutes === null || !terms.timeDiscountPercent) return undefined
  return { percent: terms.timeDiscountPercent, of: 'time' }
}

/**
 * What it is billed as: one part, or one for each price where it was worked in several time classes. None: the contract
 * names no price for such a kind. What rounding adds is work that did not happen: it counts where the work ended.
 * `billed`: minutes, where the day's work is rounded as one; fewer than were worked where earlier work's rounding has
 * paid for the first of them already.
 */
export function pricedParts(
  measured: Measured,
  terms: DatedTerms,
  billed = billedMinutes(measured.minutes ?? 0, terms.rounding),
): Priced[] {
  const rate = rateFor(measured, terms)
  if (!rate) return []
  const { price, vatRate } = rate
  const { percent = '0' } = discountFor(measured, terms) ?? {}
  const discount = decimal(percent).eq(ZERO) ? {} : { discountPercent: percent }
  if (measured.minutes === null) {
    return [{ quantity: measured.quantity ?? '0', unit: rate.unit, price, per: 1, vatRate, ...discount }]
  }
  // Minutes against an hourly price: decimal hours would lose cents.
  const time = { unit: 'minute', per: 60, vatRate, ...discount } as const
  return surchargesOf(measured, measured.minutes, billed, terms).map(({ minutes, surcharge }) =>
    surcharge
      ? { ...time, quantity: String(minutes), price: raised(price, surcharge.percent), surcharge }
      : { ...time, quantity: String(minutes), price },
  )
}

type Part = { minutes: number; surcharge?: Surcharge }

function surchargesOf(measured: Measured, worked: number, billed: number, terms: DatedTerms): Part[] {
  const { timeClasses, zone = HOUSE_ZONE } = terms
  const { workedOn, startedAt } = measured
  if (!timeClasses || workedOn === undefined) return [{ minutes: billed }]
  const classes = classed({ workedOn, startedAt, minutes: worked }, timeClasses, zone)
  let paid = Math.max(worked - billed, 0)
  const parts = classes.map(({ timeClass, minutes }, at): Part => {
    const taken = Math.min(paid, minutes)
    paid -= taken
    const added = at === classes.length - 1 ? Math.max(billed - worked, 0) : 0
    const own = minutes - taken + added
    const percent = timeClass === 'office' ? '0' : timeClasses.surcharges[timeClass]
    return decimal(percent).eq(ZERO) ? { minutes: own } : { minutes: own, surcharge: { timeClass, percent } }
  })
  // Evening without a surcharge is billed with the office hours around it.
  const plainOnes = parts.filter(({ surcharge }) => surcharge === undefined)
  const together = plainOnes.reduce((sum, { minutes }) => sum + minutes, 0)
  const found = [
    ...(together > 0 ? [{ minutes: together }] : []),
    ...parts.filter(({ surcharge, minutes }) => surcharge !== undefined && minutes > 0),
  ]
  // It was worked, so it stands on the invoice, at nothing.
  return found.length > 0 ? found : [{ minutes: 0 }]
}

/** Unit prices have six decimals at most (spec/http-api.md). */
function raised(price: string, percent: string): string {
  const factor = decimal('100').plus(decimal(percent)).div(decimal('100'))
  return priceText(decimal(price).times(factor).round(6).toFixed())
}

/** What is left to bill once so many minutes are covered otherwise, the first of them first. */
export function withoutCovered(parts: readonly Priced[], covered: number): Priced[] {
  let left = covered
  return parts.flatMap((part) => {
    const taken = Math.min(left, Number(part.quantity))
    if (taken === 0) return [part]
    left -= taken
    const rest = Number(part.quantity) - taken
    return rest > 0 ? [{ ...part, quantity: String(rest) }] : []
  })
}

export const costOfParts = (parts: readonly Priced[]): string =>
  money(sum(parts.map((part) => lineAmounts({ ...part, discountPercent: part.discountPercent ?? null }).net)))

/** Two decimals; `0.00` where it is not billed; null where it has no price yet. */
export function costOf(
  measured: Measured & { billable: boolean },
  terms: DatedTerms,
  billed?: number,
): string | null {
  if (!measured.billable) return '0.00'
  const parts = pricedParts(measured, terms, billed)
  return parts.length > 0 ? costOfParts(parts) : null
}
