import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { putReminderSettings } from '@guichet/contracts/receivables'
import { retryOnConflict } from '@guichet/service'
import { REMINDERS_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import { reminderSettingsFaults } from '../domain/reminders.ts'

export async function answerPutReminderSettings(
  { settingsOfReminders }: Context,
  { settings }: InputOf<typeof putReminderSettings>,
): Promise<OutputOf<typeof putReminderSettings>> {
  const faults = reminderSettingsFaults(settings)
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  await retryOnConflict(async () => {
    const stored = await settingsOfReminders.get(REMINDERS_ID)
    await settingsOfReminders.commit({
      id: REMINDERS_ID,
      expectedVersion: stored?.version ?? 0,
      value: settings,
    })
  })
  return settings
}
