/**
 * What a prestation would cost, said before it is saved: the contract's price, less what prepaid hours take once the
 * work that is open already has had its turn. `day`: where the contract rounds the ticket's day as one, what that day
 * was given, this piece's own share among it. The same rules as the draft's (pricing, packs). Pure.
 */
import type { PrestationPreview } from '@guichet/contracts/service-time'
import { decimal, ZERO } from './amounts.ts'
import type { DatedTerms } from './contract.ts'
import { dayBefore, type DayShare } from './day-rounding.ts'
import { coverage, type CoverageWish, type PackLedger } from './packs.ts'
import type { PrestationFields } from './prestation.ts'
import { billedMinutes, costOfParts, discountFor, pricedParts, rateFor, withoutCovered } from './pricing.ts'

/** No stored prestation has this id; it sorts behind those of the same day, as what is logged last does. */
export const OWN = '\u{10FFFF}'

export function preview(
  fields: PrestationFields,
  terms: DatedTerms,
  ledger: PackLedger,
  open: readonly CoverageWish[],
  day: readonly DayShare[] = [],
): PrestationPreview {
  const own = day.find(({ prestationId }) => prestationId === OWN)
  const billed =
    fields.minutes === null ? null : (own?.minutes ?? billedMinutes(fields.minutes, terms.rounding))
  const parts = pricedParts(fields, terms, billed ?? undefined)
  const [price] = parts
  const others = day.filter(({ prestationId }) => prestationId !== OWN)
  const shown = {
    billedMinutes: billed,
    quantity: fields.quantity,
    unit: price?.unit ?? null,
    // The contract's own; what is on top of it stands beside.
    price: rateFor(fields, terms)?.price ?? null,
    ...discountShown(fields, terms),
    surcharges: parts.flatMap(({ surcharge, quantity }) =>
      surcharge ? [{ ...surcharge, minutes: Number(quantity) }] : [],
    ),
    ...(own ? { dayBefore: dayBefore(others, fields.kind) } : {}),
    coveredMinutes: 0,
    packMinutesLeft: billed === null ? 0 : leftFor(fields.workedOn, ledger, open),
  }
  if (!fields.billable) return { ...shown, why: 'not-billable', cost: '0.00' }
  const covered = billed === null ? 0 : coveredOf(fields.workedOn, billed, price !== undefined, ledger, open)
  if (covered > 0 && covered === billed)
    return { ...shown, why: 'covered', coveredMinutes: covered, cost: '0.00' }
  if (!price) return { ...shown, why: 'no-price', cost: null }
  const cost = costOfParts(billed === null ? parts : withoutCovered(parts, covered))
  return { ...shown, why: covered > 0 ? 'covered' : 'priced', coveredMinutes: covered, cost }
}

/** A kind's own, of nothing, is told where other time has one. */
function discountShown(fields: PrestationFields, terms: DatedTerms) {
  const discount = discountFor(fields, terms)
  if (!discount || (decimal(discount.percent).eq(ZERO) && !terms.timeDiscountPercent)) return {}
  return { discountPercent: discount.percent, discountOf: discount.of }
}

function coveredOf(
  workedOn: string,
  minutes: number,
  isPriced: boolean,
  ledger: PackLedger,
  open: readonly CoverageWish[],
): number {
  const own = { prestationId: OWN, workedOn, minutes, priced: isPriced }
  return coverage(ledger, [...open, own])
    .filter(({ prestationId }) => prestationId === OWN)
    .reduce((total, use) => total + use.minutes, 0)
}

/** What a piece of work of any length on that day would find: more than any pack holds is asked for. */
function leftFor(workedOn: string, ledger: PackLedger, open: readonly CoverageWish[]): number {
  const most = ledger.packs.reduce((total, { minutes }) => total + minutes, 0)
  return most === 0 ? 0 : coveredOf(workedOn, most, true, ledger, open)
}
