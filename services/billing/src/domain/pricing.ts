/** What a prestation costs by a contract. Source: spec/invoicing.md section 1. */
import type { ContractTerms, Unit } from '@guichet/contracts/billing'
import { lineAmounts, money } from './amounts.ts'
import { kindKey, type Rate } from './contract.ts'

/** What is measured: worked minutes, or a quantity of kilometres or pieces; one of the two. */
export interface Measured {
  kind: string
  minutes: number | null
  quantity: string | null
}

export interface Priced {
  quantity: string
  unit: Unit
  price: string
  per: number
  vatRate: string
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

/** undefined: the contract names no price for such a kind. */
export function priced(measured: Measured, terms: ContractTerms): Priced | undefined {
  const rate = rateFor(measured, terms)
  if (!rate) return undefined
  const { price, vatRate } = rate
  // Minutes against an hourly price: decimal hours would lose cents.
  if (measured.minutes !== null) {
    return {
      quantity: String(billedMinutes(measured.minutes, terms.rounding)),
      unit: 'minute',
      price,
      per: 60,
      vatRate,
    }
  }
  return { quantity: measured.quantity ?? '0', unit: rate.unit, price, per: 1, vatRate }
}

/** Two decimals; `0.00` where it is not billed; null where it has no price yet. */
export function costOf(measured: Measured & { billable: boolean }, terms: ContractTerms): string | null {
  if (!measured.billable) return '0.00'
  const price = priced(measured, terms)
  return price ? money(lineAmounts({ ...price, discountPercent: null }).net) : null
}
