import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { putReminderSettings } from '@guichet/contracts/receivables'
import type { Actor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import { REMINDERS_ID } from '../collections.ts'
import type { Context } from '../context.ts'
import { reminderSettingsFaults } from '../domain/reminders.ts'
import { settingsChanged } from '../settings-changed.ts'

export async function answerPutReminderSettings(
  context: Context,
  { settings }: InputOf<typeof putReminderSettings>,
  actor: Actor,
): Promise<OutputOf<typeof putReminderSettings>> {
  const faults = reminderSettingsFaults(settings)
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  await retryOnConflict(async () => {
    const stored = await context.settingsOfReminders.get(REMINDERS_ID)
    await context.settingsOfReminders.commit({
      id: REMINDERS_ID,
      expectedVersion: stored?.version ?? 0,
      value: settings,
      events: settingsChanged(
        context,
        { setting: 'reminders', before: stored?.value, after: settings },
        actor,
      ),
    })
  })
  return settings
}
