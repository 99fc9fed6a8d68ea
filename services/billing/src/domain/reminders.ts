/** Three reminders of what is late, each once, never two in a week. Pure. */
import type { ReminderLevel, ReminderSettings } from '@guichet/contracts/receivables'
import type { FieldFault } from '@guichet/contracts/failure'
import { ZERO } from './amounts.ts'
import { daysBetween, latest, plusDays } from './days.ts'
import { openAmount, type InvoiceDocument } from './invoice.ts'

export interface StoredReminder {
  level: ReminderLevel
  /** The calendar day and the instant. */
  sentOn: string
  at: string
}

/** Nobody is reminded by itself until the house wants it: a payment that was not recorded yet is no debt. */
export const DEFAULT_REMINDERS: ReminderSettings = { automatic: false, daysLate: [7, 21, 35] }

/** Between two reminders: the client needs time to pay, and the bank to say so. */
const DAYS_BETWEEN = 7

const LEVELS = [1, 2, 3] as const

export function reminderSettingsFaults({ daysLate }: ReminderSettings): FieldFault[] {
  return daysLate.flatMap((days, at) => {
    const before = daysLate[at - 1]
    return before !== undefined && days < before + DAYS_BETWEEN
      ? [{ path: `daysLate.${at}`, code: 'reminders-too-close', params: { days: before + DAYS_BETWEEN } }]
      : []
  })
}

/** Issued, an invoice, not settled. */
export function isReceivable(invoice: InvoiceDocument): boolean {
  return invoice.stage === 'issued' && invoice.kind === 'invoice' && openAmount(invoice).gt(ZERO)
}

export function daysLate(invoice: InvoiceDocument, today: string): number {
  const due = invoice.issued?.dueOn
  return due == null || due >= today ? 0 : daysBetween(due, today)
}

export function remindersOf({ reminders }: InvoiceDocument): readonly StoredReminder[] {
  return reminders ?? []
}

/** What comes next, and from which day; undefined: none is left, or they are paused. */
export function nextReminder(
  invoice: InvoiceDocument,
  settings: ReminderSettings,
): { level: ReminderLevel; from: string } | undefined {
  const sent = remindersOf(invoice)
  const last = sent.at(-1)
  const level = LEVELS.find((one) => one > (last?.level ?? 0))
  const due = invoice.issued?.dueOn
  if (level === undefined || due == null || !isReceivable(invoice) || invoice.remindersPaused)
    return undefined
  const from = plusDays(due, settings.daysLate[level - 1] ?? 0)
  return { level, from: last ? latest(from, plusDays(last.sentOn, DAYS_BETWEEN)) : from }
}
