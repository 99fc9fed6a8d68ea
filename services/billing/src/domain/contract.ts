/** What was agreed with a company, and what counts where nothing was. The one place of the defaults. */
import type { ContractRate, ContractTerms, TimeClasses } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'
import type { Static } from 'typebox'
import { decimal, LARGEST, plain, priceText, ZERO } from './amounts.ts'
import { isRealDay } from './days.ts'
import { feeFaults, withFeeIds } from './fixed-fees.ts'
import { kindKey } from './kind.ts'
import type { LegalTerms } from './legal-terms.ts'

export type Rate = Static<typeof ContractRate>

export interface StoredContract {
  /** From the beginning, until the first of `later`. */
  terms: ContractTerms
  /** What was agreed for a day and after, earliest first. Missing in contracts from before there were versions. */
  later?: { from: string; terms: ContractTerms }[]
  /** A version from this past day is about to be saved, and whether its days are billed is being looked at. */
  announced?: string
  updatedAt: string
}

/** As they count for a day's work: with the zone in which its hours are read. */
export interface DatedTerms extends ContractTerms {
  zone?: string
}

/** By the day of the work. */
export type TermsByDay = (day: string) => DatedTerms

/** The terms that count for work of a day, or for an invoice of that day. */
export function termsOn(contract: StoredContract | undefined, day: string): ContractTerms {
  return contract?.later?.findLast(({ from }) => from <= day)?.terms ?? contract?.terms ?? DEFAULT_TERMS
}

/** The day on which the terms that count from a day on are followed by others. */
export function nextVersionAfter(contract: StoredContract | undefined, day: string): string | undefined {
  return contract?.later?.find(({ from }) => from > day)?.from
}

/**
 * The contract with these terms. `from` a day: a new version, and what was before it stays as it was. Without one the
 * terms of today are corrected where they stand: what is issued never changes by it, what is open does.
 */
export function withVersion(
  contract: StoredContract | undefined,
  terms: ContractTerms,
  from: string | undefined,
  today: string,
): Omit<StoredContract, 'updatedAt'> {
  // The first terms count from the beginning, work done before they were written down too; unless they are for later.
  if (!contract && (from === undefined || from <= today)) return { terms, later: [] }
  const later = contract?.later ?? []
  const corrected = from ?? later.findLast((version) => version.from <= today)?.from
  if (corrected === undefined) return { terms, later }
  const others = later.filter((version) => version.from !== corrected)
  return {
    terms: contract?.terms ?? DEFAULT_TERMS,
    later: [...others, { from: corrected, terms }].toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  }
}

export const DEFAULT_TERMS: ContractTerms = {
  rates: [],
  rounding: { stepMinutes: 15, minimumMinutes: 15 },
  vatRegime: 'normal',
  paymentTermDays: 30,
  buyerReference: null,
  language: null,
  customersSeeTime: false,
}

/** What the caller left out stays as it was. */
export function withTerms(
  before: ContractTerms | undefined,
  given: Partial<ContractTerms>,
  newId: () => string,
): ContractTerms {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const terms = { ...(before ?? DEFAULT_TERMS), ...named }
  return {
    ...terms,
    ...(terms.timeDiscountPercent === undefined
      ? {}
      : { timeDiscountPercent: percentOrNone(terms.timeDiscountPercent) }),
    ...(terms.fees ? { fees: withFeeIds(terms.fees, before?.fees ?? [], newId) } : {}),
    ...(terms.timeClasses ? { timeClasses: withPlainPercents(terms.timeClasses) } : {}),
    buyerReference: terms.buyerReference?.trim() || null,
    rates: terms.rates.map((rate) => ({
      kind: rate.kind.trim(),
      unit: rate.unit,
      price: priceText(rate.price),
      vatRate: plain(rate.vatRate),
      // Of nothing is something else than none of its own.
      ...(rate.discountPercent == null ? {} : { discountPercent: plain(rate.discountPercent) }),
    })),
  }
}

function percentOrNone(percent: string | null): string | null {
  return percent === null || decimal(percent).eq(ZERO) ? null : plain(percent)
}

function withPlainPercents(classes: TimeClasses): TimeClasses {
  const entries = Object.entries(classes.surcharges).map(([name, percent]) => [
    name,
    plain(percent.replace(',', '.')),
  ])
  return { ...classes, surcharges: Object.fromEntries(entries) as TimeClasses['surcharges'] }
}

export function termsFaults(terms: ContractTerms, law: LegalTerms): FieldFault[] {
  const faults: FieldFault[] = []
  const seen = new Set<string>()
  for (const [at, rate] of terms.rates.entries()) {
    const key = `${kindKey(rate.kind)}\n${rate.unit}`
    if (rate.kind === '') faults.push({ path: `rates.${at}.kind`, code: 'required' })
    else if (seen.has(key)) faults.push({ path: `rates.${at}.kind`, code: 'rate-twice' })
    if (decimal(rate.vatRate).gt(decimal('100'))) {
      faults.push({ path: `rates.${at}.vatRate`, code: 'too-large', params: { limit: 100 } })
    }
    if (decimal(rate.discountPercent ?? '0').gt(decimal('100'))) {
      faults.push({ path: `rates.${at}.discountPercent`, code: 'too-large', params: { limit: 100 } })
    }
    if (decimal(rate.price).gt(LARGEST)) {
      faults.push({ path: `rates.${at}.price`, code: 'amount-too-large' })
    }
    seen.add(key)
  }
  if (terms.timeDiscountPercent && decimal(terms.timeDiscountPercent).gt(decimal('100'))) {
    faults.push({ path: 'timeDiscountPercent', code: 'too-large', params: { limit: 100 } })
  }
  faults.push(...feeFaults(terms.fees ?? []), ...timeClassFaults(terms.timeClasses))
  if (terms.paymentTermDays > law.maximumTermDays) {
    const params = { limit: law.maximumTermDays }
    faults.push({ path: 'paymentTermDays', code: 'payment-term-too-long', params })
  }
  return faults
}

/** Three times the price on top is what nobody means. */
const MOST_PERCENT = 300

function timeClassFaults(classes: TimeClasses | null | undefined): FieldFault[] {
  if (!classes) return []
  const { officeFrom, officeTo, nightFrom, nightTo, surcharges } = classes
  const inOrder = nightTo <= officeFrom && officeFrom < officeTo && officeTo <= nightFrom
  return [
    ...(inOrder ? [] : [{ path: 'timeClasses.officeFrom', code: 'time-classes-overlap' }]),
    ...Object.entries(surcharges)
      .filter(([, percent]) => decimal(percent).gt(decimal(String(MOST_PERCENT))))
      .map(([name]) => ({
        path: `timeClasses.surcharges.${name}`,
        code: 'too-large',
        params: { limit: MOST_PERCENT },
      })),
  ]
}

/** What was agreed for past months is what was billed by: a change begins on the first of this one at the earliest. */
export function versionFaults(validFrom: string | undefined, today: string): FieldFault[] {
  if (validFrom === undefined) return []
  if (!isRealDay(validFrom)) return [{ path: 'validFrom', code: 'no-such-day' }]
  return validFrom < `${today.slice(0, 7)}-01` ? [{ path: 'validFrom', code: 'version-in-the-past' }] : []
}
