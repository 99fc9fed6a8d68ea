/** A reminder is a mark on its invoice and the event that asks for the mail, in one commit: never twice, never lost. */
import { Failure } from '@guichet/contracts/failure'
import { invoiceReminded, type ReminderLevel } from '@guichet/contracts/receivables'
import type { Actor } from '@guichet/contracts/values/actor'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { money } from '../domain/amounts.ts'
import { openAmount, type InvoiceDocument } from '../domain/invoice.ts'
import { daysLate, isReceivable, nextReminder, remindersOf } from '../domain/reminders.ts'

export const REMIND_EVERY_MS = 3600_000
const PAGE = 100

/** Whatever has come due, where the house lets it go by itself. */
export async function remindOfAllDue(context: Context): Promise<void> {
  const settings = await context.reminderSettings()
  if (!settings.automatic) return
  const today = context.today()
  let cursor: string | undefined
  do {
    const page = await context.invoices.find({
      index: 'receivable',
      key: ['all'],
      order: 'asc',
      limit: PAGE,
      cursor,
    })
    for (const { id, value } of page.items) {
      // Sorted by due day: from here on nothing is late.
      if (daysLate(value, today) === 0) return
      const next = nextReminder(value, settings)
      if (next && next.from <= today)
        await remind(context, id, { level: next.level, by: BILLING, onlyIfDue: true })
    }
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

const BILLING: Actor = { kind: 'service', service: 'billing' }

export interface ReminderOrder {
  /** undefined: the level that comes next. */
  level: ReminderLevel | undefined
  by: Actor
  /** By itself: a person may have reminded, paused or recorded a payment in between. */
  onlyIfDue: boolean
}

/** @throws Failure invoice-not-late, already-reminded, no-reminder-left */
export async function remind(
  context: Context,
  id: string,
  { level: wanted, by, onlyIfDue }: ReminderOrder,
): Promise<Stored<InvoiceDocument>> {
  return retryOnConflict(async () => {
    const stored = await context.invoices.get(id)
    if (!stored?.value.issued) throw new Failure('invoice-not-issued')
    const { value: invoice } = stored
    const today = context.today()
    if (onlyIfDue) {
      const next = nextReminder(invoice, await context.reminderSettings())
      if (next?.level !== wanted || next === undefined || next.from > today) return stored
    }
    if (!isReceivable(invoice) || daysLate(invoice, today) === 0) throw new Failure('invoice-not-late')
    const last = remindersOf(invoice).at(-1)
    if (last?.sentOn === today) throw new Failure('already-reminded')
    const level = wanted ?? nextLevel(last?.level)
    if (level === undefined) throw new Failure('no-reminder-left')

    const reminder = { level, sentOn: today, at: context.timestamp() }
    const value = { ...invoice, reminders: [...remindersOf(invoice), reminder] }
    const event = newEvent(
      invoiceReminded,
      {
        invoiceId: id,
        number: stored.value.issued.number,
        companyId: invoice.companyId,
        level,
        open: money(openAmount(invoice)),
        dueOn: stored.value.issued.dueOn ?? stored.value.issued.issuedOn,
        structuredReference: stored.value.issued.structuredReference,
        ...(invoice.takenOver ? { withoutDocument: true } : {}),
      },
      { actor: by, audience: STAFF_ONLY, at: context.now() },
    )
    const { version } = await context.invoices.commit({
      id,
      expectedVersion: stored.version,
      value,
      events: [event],
    })
    return { id, version, value }
  })
}

function nextLevel(last: ReminderLevel | undefined): ReminderLevel | undefined {
  if (last === undefined) return 1
  return last === 1 ? 2 : last === 2 ? 3 : undefined
}
