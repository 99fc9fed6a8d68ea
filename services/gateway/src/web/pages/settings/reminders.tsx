/** When clients who are late are told. */
import { getReminderSettings, putReminderSettings } from '@guichet/contracts/receivables'
import type { Page } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Check, Fault, Field } from '../../parts/forms.tsx'
import { settingsTexts } from '../../texts/settings.ts'
import { SettingsHead } from './tabs.tsx'

const LEVELS = ['first', 'second', 'third'] as const

export const remindersPage: Page = {
  path: '/settings/reminders',
  access: 'finance',
  show: async (call, refusal) => {
    const t = settingsTexts(call.language)
    const { automatic, daysLate } = await call.ask(getReminderSettings, {})
    return {
      title: t.tabs.reminders,
      body: (
        <>
          <SettingsHead call={call} current="reminders" />
          <p class="hint">{t.remindersLead}</p>
          <Fault refusal={refusal} />
          <form method="post" class="stacked narrow-form spaced">
            <div class="row">
              {LEVELS.map((level, index) => (
                <Field
                  key={level}
                  name={level}
                  label={t.days[level]}
                  type="number"
                  min="1"
                  max="365"
                  value={String(daysLate[index])}
                  refusal={refusal}
                />
              ))}
            </div>
            <div>
              <Check name="automatic" label={t.automatic} checked={automatic} />
              <small class="hint">{t.automaticHint}</small>
            </div>
            <p>
              <button class="primary">{t.save}</button>
            </p>
          </form>
          <AuditLink call={call} kind="reminders" id="reminders" />
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    const settings = {
      automatic: form['automatic'] === 'true',
      daysLate: LEVELS.map((level) => Number(form[level])),
    }
    await ask(putReminderSettings, { settings })
    return { redirect: '/settings/reminders', done: { text: settingsTexts(language).saved } }
  },
}
