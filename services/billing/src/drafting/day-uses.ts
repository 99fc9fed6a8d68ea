/** What a draft bills of a ticket's day, where the day is rounded as one: taken once, given back with what it releases. */
import { retryOnConflict } from '@guichet/service'
import { allOf } from '../all-of.ts'
import type { Context } from '../context.ts'
import type { TermsByDay } from '../domain/contract.ts'
import {
  billedOfDay,
  dayOf,
  dayShares,
  EMPTY_DAY,
  NO_BILLS,
  roundedByDay,
  type DayLedger,
  type DayShare,
} from '../domain/day-rounding.ts'
import type { HeldPrestation } from '../domain/held-prestation.ts'
import { billedMinutes } from '../domain/pricing.ts'
import { dayBills } from './day-bills.ts'

/** Minutes that a piece of time is billed; 0 for what is measured otherwise. */
export type BilledMinutes = (prestation: HeldPrestation) => number

/** Decided once per draft and day: a second call gives what the first one took. `days`: the ledgers that it wrote in. */
export async function takeFromDays(
  context: Pick<Context, 'dayLedgers' | 'prestations' | 'invoices'>,
  draftId: string,
  held: readonly HeldPrestation[],
  terms: TermsByDay,
): Promise<{ billed: BilledMinutes; days: string[] }> {
  const days = daysOf(held, terms)
  const ledgers = context.dayLedgers
  const billsOn = days.size > 0 ? await dayBills(context, [...days.values()].flat()) : () => NO_BILLS
  const shares: DayShare[] = []
  for (const [day, work] of days) {
    shares.push(
      ...(await retryOnConflict(async () => {
        const stored = await ledgers.get(day)
        const ledger = stored?.value ?? EMPTY_DAY
        const taken = ledger.uses[draftId]
        if (taken) return taken
        const own = dayShares(ledger, work, roundingOf(work, terms), billsOn(day))
        const value: DayLedger = { uses: { ...ledger.uses, [draftId]: own } }
        await ledgers.commit({ id: day, expectedVersion: stored?.version ?? 0, value })
        return own
      })),
    )
  }
  return { billed: billedBy(shares, terms), days: [...days.keys()] }
}

export interface Foreseen {
  billed: BilledMinutes
  /** Minutes; undefined for what was drafted before its contract rounded by day, and was rounded by itself. */
  given: (prestationId: string) => number | undefined
  /** Of a day that there is open work of. */
  sharesOn: (day: string) => readonly DayShare[]
}

/**
 * What open work would be billed if it were drafted now. `open` must hold all that is open of each ticket and day in
 * it: what is noted first pays for the rounding. `asked`: what may be on a draft or an invoice already.
 */
export async function foreseenDays(
  context: Pick<Context, 'dayLedgers' | 'prestations' | 'invoices'>,
  open: readonly HeldPrestation[],
  terms: TermsByDay,
  asked: readonly HeldPrestation[] = open,
): Promise<Foreseen> {
  const work = daysOf(open, terms)
  const days = [...new Set([...work.keys(), ...daysOf(asked, terms).keys()])]
  if (days.length === 0) return { billed: billedBy([], terms), given: () => undefined, sharesOn: () => [] }
  const ledgers = new Map((await allOf(context.dayLedgers, days)).map(({ id, value }) => [id, value]))
  const billsOn = await dayBills(context, [...work.values()].flat())
  const seen = days.map((day) => {
    const ledger = ledgers.get(day) ?? EMPTY_DAY
    const own = work.get(day) ?? []
    const bills = billsOn(day)
    const foreseen = own.length === 0 ? [] : dayShares(ledger, own, roundingOf(own, terms), bills)
    return { day, foreseen, taken: Object.values(ledger.uses).flat(), before: billedOfDay(ledger, bills) }
  })
  const all = seen.flatMap(({ taken, foreseen }) => [...taken, ...foreseen])
  const shares = new Map(seen.map(({ day, before, foreseen }) => [day, [...before, ...foreseen]]))
  const given = minutesOf(all)
  return {
    billed: billedBy(all, terms),
    given: (id) => given.get(id),
    sharesOn: (day) => shares.get(day) ?? [],
  }
}

function daysOf(work: readonly HeldPrestation[], terms: TermsByDay): Map<string, HeldPrestation[]> {
  return Map.groupBy(
    work.filter((one) => roundedByDay(one, terms)),
    dayOf,
  )
}

function roundingOf([first]: readonly HeldPrestation[], terms: TermsByDay) {
  return terms(first?.value.workedOn ?? '').rounding
}

function billedBy(shares: readonly DayShare[], terms: TermsByDay): BilledMinutes {
  const given = minutesOf(shares)
  return ({ id, value }) =>
    value.minutes === null
      ? 0
      : (given.get(id) ?? billedMinutes(value.minutes, terms(value.workedOn).rounding))
}

const minutesOf = (shares: readonly DayShare[]) =>
  new Map(shares.map(({ prestationId, minutes }) => [prestationId, minutes]))
