/**
 * Which months of fixed fees an invoice run charges (spec/invoicing.md, contract terms). Whole calendar months: a month
 * is due in the run whose period holds its last day, so that runs one after another leave none out and bill none
 * twice. Pure.
 */
import type { VatRegime } from '@guichet/contracts/billing'
import { lineAmounts, money, plain } from './amounts.ts'
import { termsOn, type StoredContract } from './contract.ts'
import type { StoredFee } from './fixed-fees.ts'
import type { StoredLine } from './invoice.ts'
import { kindKey } from './kind.ts'
import { categoryOf, rateUnder } from './vat.ts'

/** One month of one fee, held by a draft or on an invoice. */
export interface FeeCharge {
  feeId: string
  /** As `kindKey` has it: a fee that was taken off and agreed anew does not bill a month again. */
  name: string
  /** `2026-11` */
  month: string
}

/** One document per company, so that no month is charged twice. By draft; an empty entry takes nothing any more. */
export interface FeeLedger {
  charges: Record<string, FeeCharge[]>
}

export interface DueFee extends FeeCharge {
  fee: StoredFee
}

export const lastDayOf = (month: string): string => {
  const { year, month: number } = Temporal.PlainYearMonth.from(month)
  return Temporal.PlainDate.from({ year, month: number, day: 31 }).toString()
}

/** Months whose last day lies in the period, earliest first. */
function monthsEndingIn({ from, to }: { from: string; to: string }): string[] {
  const months: string[] = []
  let month = Temporal.PlainYearMonth.from(from.slice(0, 7))
  for (; lastDayOf(month.toString()) <= to; month = month.add({ months: 1 })) months.push(month.toString())
  return months
}

/**
 * What a run over the period charges. The price is that of the month's first day: a change in mid-month counts from
 * the next month on. A fee that was agreed in the course of the month counts as it was agreed.
 */
export function dueFees(
  contract: StoredContract | undefined,
  period: { from: string; to: string },
): DueFee[] {
  return monthsEndingIn(period).flatMap((month) => {
    const atFirst = feesOn(contract, `${month}-01`)
    const atLast = feesOn(contract, lastDayOf(month))
    const added = atLast.filter(({ id }) => atFirst.every((fee) => fee.id !== id))
    return [...atFirst, ...added]
      .filter((fee) => fee.from <= month && (!fee.until || month <= fee.until))
      .map((fee) => ({ fee, feeId: fee.id, name: kindKey(fee.description), month }))
  })
}

/** Of the terms that count on a day. What was stored before fees had ids has no fees. */
function feesOn(contract: StoredContract | undefined, day: string): StoredFee[] {
  return (termsOn(contract, day).fees ?? []).flatMap((fee) =>
    fee.id === undefined ? [] : [{ ...fee, id: fee.id }],
  )
}

/** Whether any version of the contract charges by the month. */
export function hasFees({ terms, later = [] }: StoredContract): boolean {
  return [terms, ...later.map((version) => version.terms)].some(({ fees = [] }) => fees.length > 0)
}

const isSame = (one: FeeCharge, other: FeeCharge): boolean =>
  one.month === other.month && (one.feeId === other.feeId || one.name === other.name)

/** What no draft and no invoice has charged yet. */
export function notCharged(ledger: FeeLedger | undefined, due: readonly DueFee[]): DueFee[] {
  const charged = Object.values(ledger?.charges ?? {}).flat()
  return due.filter((fee) => charged.every((charge) => !isSame(charge, fee)))
}

/** One line for each month. A ticket has nothing to do with it. */
export function feeLine({ fee, feeId, name, month }: DueFee, regime: VatRegime): Omit<StoredLine, 'id'> {
  const amounts = { quantity: '1', price: fee.price, per: 1, discountPercent: null }
  const [year, number] = month.split('-')
  return {
    ...amounts,
    description: `${fee.description} – ${number}/${year}`,
    note: null,
    unit: 'piece',
    vatRate: plain(rateUnder(regime, fee.vatRate)),
    vatCategory: categoryOf(regime),
    ticket: null,
    workedOn: null,
    period: { from: `${month}-01`, to: lastDayOf(month) },
    prestationId: null,
    packId: null,
    minutesWorked: null,
    agent: null,
    kind: null,
    charge: { feeId, name, month },
    net: money(lineAmounts(amounts).net),
  }
}
