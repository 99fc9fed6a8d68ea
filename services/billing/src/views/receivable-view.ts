/** What a client owes of one invoice. */
import type { Receivable, ReminderSettings } from '@guichet/contracts/receivables'
import type { Stored } from '@guichet/store'
import { money } from '../domain/amounts.ts'
import { creditedGross, openAmount, paidAmount, totals, type InvoiceDocument } from '../domain/invoice.ts'
import { daysLate, nextReminder, remindersOf } from '../domain/reminders.ts'

export function receivableView(
  { id, value }: Stored<InvoiceDocument>,
  settings: ReminderSettings,
  today: string,
): Receivable {
  if (!value.issued) throw new Error(`${id} is not issued: nobody owes it`)
  const { number, issuedOn, dueOn, structuredReference, buyer } = value.issued
  return {
    invoiceId: id,
    number,
    company: { id: value.companyId, name: buyer.name },
    issuedOn,
    dueOn: dueOn ?? issuedOn,
    daysLate: daysLate(value, today),
    payable: totals(value).payable,
    credited: money(creditedGross(value)),
    paid: money(paidAmount(value)),
    open: money(openAmount(value)),
    currency: 'EUR',
    structuredReference,
    reminders: remindersOf(value).map(({ level, at }) => ({ level, at })),
    remindersPaused: value.remindersPaused ?? false,
    nextReminder: nextReminder(value, settings) ?? null,
  }
}
