/** What a draft bills of a ticket's day, where the day is rounded as one: taken once, given back with what it releases. */
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import type { DayLedgers } from '../collections.ts'
import type { TermsByDay } from '../domain/contract.ts'
import {
  dayOf,
  dayShares,
  EMPTY_DAY,
  roundedByDay,
  type DayLedger,
  type DayShare,
} from '../domain/day-rounding.ts'
import type { HeldPrestation } from '../domain/held-prestation.ts'
import { billedMinutes } from '../domain/pricing.ts'

/** Minutes that a piece of time is billed; 0 for what is measured otherwise. */
export type BilledMinutes = (prestation: HeldPrestation) => number

/** Decided once per draft and day: a second call gives what the first one took. `days`: the ledgers that it wrote in. */
export async function takeFromDays(
  ledgers: DayLedgers,
  draftId: string,
  held: readonly HeldPrestation[],
  terms: TermsByDay,
): Promise<{ billed: BilledMinutes; days: string[] }> {
  const days = daysOf(held, terms)
  const shares: DayShare[] = []
  for (const [day, work] of days) {
    shares.push(
      ...(await retryOnConflict(async () => {
        const stored = await ledgers.get(day)
        const ledger = stored?.value ?? EMPTY_DAY
        const taken = ledger.uses[draftId]
        if (taken) return taken
        const own = dayShares(ledger, work, roundingOf(work, terms))
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
  sharesOn: (day: string) => readonly DayShare[]
}

/**
 * What open work would be billed if it were drafted now. `open` must hold all that is open of each ticket and day in
 * it: what is noted first pays for the rounding. `asked`: what may be on a draft or an invoice already.
 */
export async function foreseenDays(
  { dayLedgers }: Pick<Context, 'dayLedgers'>,
  open: readonly HeldPrestation[],
  terms: TermsByDay,
  asked: readonly HeldPrestation[] = open,
): Promise<Foreseen> {
  const work = daysOf(open, terms)
  const days = [...new Set([...work.keys(), ...daysOf(asked, terms).keys()])]
  const ledgers = new Map((await dayLedgers.getMany(days)).map(({ id, value }) => [id, value]))
  const shares = new Map(
    days.map((day) => {
      const ledger = ledgers.get(day) ?? EMPTY_DAY
      const own = work.get(day) ?? []
      const foreseen = own.length === 0 ? [] : dayShares(ledger, own, roundingOf(own, terms))
      return [day, [...Object.values(ledger.uses).flat(), ...foreseen]] as const
    }),
  )
  const all = [...shares.values()].flat()
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
