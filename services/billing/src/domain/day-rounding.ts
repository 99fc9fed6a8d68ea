/**
 * Rounding per ticket and day, where a contract agrees on it: the work of one kind on one ticket and day is rounded
 * together, whoever did it and however often they noted it. One ledger per ticket and day holds what each draft was
 * given, so that what is noted late is billed only what the day still owes (decision 0051). Pure.
 */
import type { ContractTerms } from '@guichet/contracts/billing'
import type { TermsByDay } from './contract.ts'
import type { HeldPrestation } from './held-prestation.ts'
import { kindKey } from './kind.ts'
import { inOrder } from './order.ts'
import { billedMinutes } from './pricing.ts'

/** What one prestation was given of its day's billed minutes; `0` where the others' rounding has paid for it. */
export interface DayShare {
  prestationId: string
  /** As kinds are told apart. */
  kind: string
  worked: number
  minutes: number
}

/** Of one ticket and day, by draft or invoice. */
export interface DayLedger {
  uses: Record<string, DayShare[]>
}

export const EMPTY_DAY: DayLedger = { uses: {} }

/** What the documents say of a day and its ledger does not. */
export interface DayBills {
  /**
   * Shares as their lines have them, of what is on a draft or an invoice. They count where the ledger has none of them:
   * it was billed when its contract did not round by day.
   */
  apart: readonly DayShare[]
  /** Prestations that credit notes took back whole: of the day, nothing is billed by them. */
  credited: ReadonlySet<string>
}

export const NO_BILLS: DayBills = { apart: [], credited: new Set() }

/** The ledger's id. */
export const dayOf = ({ value }: HeldPrestation): string => `${value.ticket}/${value.workedOn}`

/** Time whose contract of that day rounds the day's work together. */
export function roundedByDay({ value }: HeldPrestation, terms: TermsByDay): boolean {
  return value.minutes !== null && terms(value.workedOn).rounding.per === 'ticket-day'
}

/** All that is billed of a day. */
export function billedOfDay({ uses }: DayLedger, { apart, credited }: DayBills = NO_BILLS): DayShare[] {
  const kept = Object.values(uses).flat()
  const inLedger = new Set(kept.map(({ prestationId }) => prestationId))
  const others = apart.filter(({ prestationId }) => !inLedger.has(prestationId))
  return [...kept, ...others].filter(({ prestationId }) => !credited.has(prestationId))
}

/**
 * In the order in which it was noted, what finance holds back after the rest: each gets what the day then comes to,
 * less what was given already. So all of a day always adds up to the day's work, rounded once.
 */
export function dayShares(
  ledger: DayLedger,
  work: readonly HeldPrestation[],
  rounding: ContractTerms['rounding'],
  bills: DayBills = NO_BILLS,
): DayShare[] {
  const before = billedOfDay(ledger, bills)
  const ofKind = Map.groupBy(work, ({ value }) => kindKey(value.kind))
  return [...ofKind].flatMap(([kind, own]) => {
    const given = before.filter((share) => share.kind === kind)
    let worked = given.reduce((total, share) => total + share.worked, 0)
    let billed = given.reduce((total, share) => total + share.minutes, 0)
    return own.toSorted(asNoted).map(({ id, value }) => {
      const minutes = value.minutes ?? 0
      worked += minutes
      const share = Math.max(billedMinutes(worked, rounding) - billed, 0)
      billed += share
      return { prestationId: id, kind, worked: minutes, minutes: share }
    })
  })
}

/** What was worked and billed of one kind that day already. Minutes. */
export function dayBefore(shares: readonly DayShare[], kind: string): { worked: number; billed: number } {
  const own = shares.filter((share) => share.kind === kindKey(kind))
  return {
    worked: own.reduce((total, { worked }) => total + worked, 0),
    billed: own.reduce((total, { minutes }) => total + minutes, 0),
  }
}

function asNoted(a: HeldPrestation, b: HeldPrestation): number {
  return (
    Number(a.value.heldBack !== undefined) - Number(b.value.heldBack !== undefined) ||
    inOrder(a.value.loggedAt, b.value.loggedAt) ||
    inOrder(a.id, b.id)
  )
}
