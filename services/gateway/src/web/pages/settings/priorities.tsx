/** What each priority means: the house's convention with its clients, in their three languages. */
import { getPriorities, putPriorities } from '@guichet/contracts/ticket'
import type { Page, PageCall } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Fault, Field } from '../../parts/forms.tsx'
import { settingsTexts } from '../../texts/settings.ts'
import { SettingsHead } from './tabs.tsx'

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const LANGUAGES = ['fr', 'nl', 'en'] as const

function meaningIn(form: PageCall['form'], priority: string) {
  const text = (language: string) => form[`${priority}.${language}`]?.trim() ?? ''
  return { fr: text('fr'), nl: text('nl'), en: text('en') }
}

export const prioritiesPage: Page = {
  path: '/settings/priorities',
  access: 'admin',
  show: async (call, refusal) => {
    const t = settingsTexts(call.language)
    const meanings = await call.ask(getPriorities, {})
    return {
      title: t.tabs.priorities,
      body: (
        <>
          <SettingsHead call={call} current="priorities" />
          <p class="hint">{t.prioritiesLead}</p>
          <Fault refusal={refusal} />
          <form method="post" class="stacked narrow-form spaced">
            {PRIORITIES.map((priority) => (
              <fieldset key={priority} class="stack-tight">
                <legend>{t.priorityNames[priority]}</legend>
                {LANGUAGES.map((language) => (
                  <Field
                    key={language}
                    name={`${priority}.${language}`}
                    label={`${t.priorityNames[priority]} ${t.inLanguage[language]}`}
                    value={meanings[priority]?.[language] ?? ''}
                    maxLength={500}
                    refusal={refusal}
                  />
                ))}
              </fieldset>
            ))}
            <p>
              <button class="primary">{t.save}</button>
            </p>
          </form>
          <AuditLink call={call} kind="priorities" id="priorities" />
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    const [low, normal, high, urgent] = PRIORITIES.map((priority) => meaningIn(form, priority))
    if (low && normal && high && urgent)
      await ask(putPriorities, { priorities: { low, normal, high, urgent } })
    return { redirect: '/settings/priorities', done: { text: settingsTexts(language).saved } }
  },
}
