/**
 * The number series, invoices' and credit notes' in one document, so that no number is ever given twice, in either.
 * A number is `<prefix><running number>`; it is taken together with all that completes its document, so that a crash
 * after it leaves nothing to decide. Source: DESIGN "Invoice number"; spec/invoicing.md section 2.
 */
import type { SeriesSettings } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import { latest } from './days.ts'
import type { PrintedIssue } from './invoice.ts'

export type SeriesKind = 'invoice' | 'creditNote'

/** A number taken for a document that does not carry it yet. */
export interface PendingNumber {
  number: string
  draftId: string
  issued: PrintedIssue
  by: Actor
}

export interface SeriesState {
  prefix: string
  /** The running number last used with this prefix; `next - 1` where the settings were moved on. */
  last: number
  lastDate: string | null
  pending: PendingNumber | null
}

export interface StoredSeries {
  invoice: SeriesState
  creditNote: SeriesState
  /** Of each prefix, whichever series had it: the highest running number ever used. */
  used: { prefix: string; running: number }[]
  /** Base of the last structured communication: year and six digits. */
  lastReference: string | null
}

export const NEW_SERIES: StoredSeries = {
  invoice: { prefix: 'F-', last: 0, lastDate: null, pending: null },
  creditNote: { prefix: 'NC-', last: 0, lastDate: null, pending: null },
  used: [],
  lastReference: null,
}

export interface Candidate {
  number: string
  running: number
  issuedOn: string
  /** 10 digits for the structured communication; null for credit notes. */
  referenceBase: string | null
}

/** The number that this document would get now. Dates never go back within a series. */
export function candidateOf(series: StoredSeries, kind: SeriesKind, today: string): Candidate {
  const { prefix, last, lastDate } = series[kind]
  const running = last + 1
  const issuedOn = latest(today, lastDate)
  return {
    number: `${prefix}${running}`,
    running,
    issuedOn,
    referenceBase:
      kind === 'invoice' ? nextReference(series.lastReference, issuedOn.slice(0, 4), running) : null,
  }
}

/** `2026000001` goes with number 1 of 2026; where that is taken (a new prefix began at 1 again), the next free one. */
function nextReference(last: string | null, year: string, running: number): string {
  const lastOfYear = last !== null && last.startsWith(year) ? Number(last.slice(4)) : 0
  const lowest = Math.max(lastOfYear + 1, running < 1_000_000 ? running : 1)
  if (lowest > 999_999) throw new RangeError('a million invoices in one year')
  return `${year}${String(lowest).padStart(6, '0')}`
}

export function taken(
  series: StoredSeries,
  kind: SeriesKind,
  candidate: Candidate,
  pending: PendingNumber | null,
): StoredSeries {
  const { prefix } = series[kind]
  return {
    ...series,
    [kind]: { prefix, last: candidate.running, lastDate: candidate.issuedOn, pending },
    used: [
      ...series.used.filter((one) => one.prefix !== prefix),
      { prefix, running: Math.max(lastUsed(series, prefix), candidate.running) },
    ],
    lastReference: candidate.referenceBase ?? series.lastReference,
  }
}

function lastUsed({ used }: StoredSeries, prefix: string): number {
  return used.find((one) => one.prefix === prefix)?.running ?? 0
}

export function settingsOf({ invoice, creditNote }: StoredSeries): SeriesSettings {
  return {
    invoice: { prefix: invoice.prefix, next: invoice.last + 1 },
    creditNote: { prefix: creditNote.prefix, next: creditNote.last + 1 },
  }
}

/** The series as set, or what is wrong: a number must never come twice. Forward, a person may go as they like. */
export function withSettings(
  series: StoredSeries,
  given: Partial<SeriesSettings>,
): { series: StoredSeries; faults: FieldFault[] } {
  const wanted = { ...settingsOf(series), ...given }
  const faults: FieldFault[] = []
  for (const kind of ['invoice', 'creditNote'] as const) {
    const used = lastUsed(series, wanted[kind].prefix)
    if (wanted[kind].next <= used) {
      faults.push({ path: `${kind}.next`, code: 'number-used', params: { next: used + 1 } })
    }
  }
  const path = given.creditNote ? 'creditNote.prefix' : 'invoice.prefix'
  if (couldMeet(wanted.invoice.prefix, wanted.creditNote.prefix)) {
    faults.push({ path, code: 'prefixes-meet' })
  }
  for (const kind of ['invoice', 'creditNote'] as const) {
    const { prefix } = wanted[kind]
    const past = series.used.find((old) => old.prefix !== prefix && couldMeet(old.prefix, prefix))
    const said = faults.some((fault) => fault.path === `${kind}.prefix`)
    if (past !== undefined && !said) faults.push({ path: `${kind}.prefix`, code: 'prefixes-meet' })
  }
  const set = (kind: SeriesKind): SeriesState => ({
    ...series[kind],
    prefix: wanted[kind].prefix,
    last: wanted[kind].next - 1,
  })
  return { series: { ...series, invoice: set('invoice'), creditNote: set('creditNote') }, faults }
}

/** `F` and `F2` could both give F21: from one to the other there are only digits. Numbers are found in any case. */
function couldMeet(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return long.toLowerCase().startsWith(short.toLowerCase()) && /^\d*$/.test(long.slice(short.length))
}
