import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleOrder } from '../testing/sample-orders.ts'
import { daysBetween, plusDays } from './days.ts'
import { NEW_INVOICE, type InvoiceDocument } from './invoice.ts'
import { daysLate, isReceivable, nextReminder, reminderSettingsFaults } from './reminders.ts'

const DOCUMENT = { blobId: 'x', name: 'x', type: 'application/pdf', size: 1, sha256: '' }
const SETTINGS = { automatic: true, daysLate: [7, 21, 35] }
function due(on = '2026-12-31', changes: Partial<InvoiceDocument> = {}): InvoiceDocument {
  const { invoice, issued } = sampleOrder({ issued: { dueOn: on } })
  return {
    ...NEW_INVOICE,
    ...invoice,
    stage: 'issued',
    companyId: 'acme',
    companyName: 'Acme',
    createdAt: '2026-12-01T09:00:00.000Z',
    issued: { ...issued, documents: { pdf: DOCUMENT, ubl: null } },
    ...changes,
  }
}
const sent = (level: 1 | 2 | 3, sentOn: string) => ({ level, sentOn, at: `${sentOn}T09:00:00.000Z` })
const paid = (amount: string) => [
  { id: 'p', amount, paidOn: '2026-12-20', reference: null, recordedAt: '2026-12-20T09:00:00.000Z' },
]

describe('reminders', () => {
  test('come at their days after the due day, each once, a week apart at least', () => {
    expect(nextReminder(due(), SETTINGS)).toEqual({ level: 1, from: '2027-01-07' })
    expect(nextReminder(due('2026-12-31', { reminders: [sent(1, '2027-01-07')] }), SETTINGS)).toEqual({
      level: 2,
      from: '2027-01-21',
    })
    // The first left late: the second waits a week all the same.
    expect(nextReminder(due('2026-12-31', { reminders: [sent(1, '2027-01-20')] }), SETTINGS)?.from).toBe(
      '2027-01-27',
    )
    const all = [sent(1, '2027-01-07'), sent(2, '2027-01-21'), sent(3, '2027-02-04')]
    expect(nextReminder(due('2026-12-31', { reminders: all }), SETTINGS)).toBeUndefined()
  })

  test('of what is paid, credited whole, paused, a draft or a credit note there are none', () => {
    for (const changes of [
      { payments: paid('787.67') },
      { payments: paid('900.00') },
      { remindersPaused: true },
      { stage: 'draft' as const },
      { kind: 'credit-note' as const },
    ]) {
      expect(nextReminder(due('2026-12-31', changes), SETTINGS)).toBeUndefined()
    }
    expect(isReceivable(due('2026-12-31', { payments: paid('787.66') }))).toBe(true)
  })

  test('late is counted from the day after', () => {
    expect(
      [due(), due()].map((invoice, at) => daysLate(invoice, ['2026-12-31', '2027-01-01'][at] ?? '')),
    ).toEqual([0, 1])
  })

  test('settings leave a week between two', () => {
    expect(reminderSettingsFaults(SETTINGS)).toEqual([])
    expect(reminderSettingsFaults({ automatic: true, daysLate: [7, 13, 20] })).toEqual([
      { path: 'daysLate.1', code: 'reminders-too-close', params: { days: 14 } },
    ])
    expect(reminderSettingsFaults({ automatic: true, daysLate: [30, 20, 10] })).toHaveLength(2)
  })

  test('looked at on any days, each level goes once, in order, never two in a week', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }), (steps) => {
        let invoice = due()
        let today = '2026-12-31'
        for (const days of steps) {
          today = plusDays(today, days)
          const next = nextReminder(invoice, SETTINGS)
          if (next && next.from <= today) {
            invoice = { ...invoice, reminders: [...(invoice.reminders ?? []), sent(next.level, today)] }
          }
        }
        const reminders = invoice.reminders ?? []
        expect(reminders.map(({ level }) => level)).toEqual([1, 2, 3].slice(0, reminders.length))
        for (const [at, { sentOn }] of reminders.entries()) {
          const before = reminders[at - 1]
          if (before) expect(daysBetween(before.sentOn, sentOn)).toBeGreaterThanOrEqual(7)
        }
      }),
    )
  })
})
