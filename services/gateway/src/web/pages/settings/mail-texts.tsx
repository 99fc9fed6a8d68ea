/** The house's own words in its mails. */
import { getMailTexts, putMailTexts } from '@guichet/contracts/notification'
import type { Page, PageCall } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Fault, Field } from '../../parts/forms.tsx'
import { settingsTexts } from '../../texts/settings.ts'
import { SettingsHead } from './tabs.tsx'

const KINDS = ['signature', 'receipt'] as const
const LANGUAGES = ['fr', 'nl', 'en'] as const

function textIn(form: PageCall['form'], kind: (typeof KINDS)[number]) {
  const text = (language: string) => form[`${kind}.${language}`] ?? ''
  return { fr: text('fr'), nl: text('nl'), en: text('en') }
}

export const mailTextsPage: Page = {
  path: '/settings/mail-texts',
  access: 'admin',
  show: async (call, refusal) => {
    const t = settingsTexts(call.language)
    const texts = await call.ask(getMailTexts, {})
    return {
      title: t.tabs.mailTexts,
      body: (
        <>
          <SettingsHead call={call} current="mailTexts" />
          <p class="hint">{t.mailTextsLead}</p>
          <Fault refusal={refusal} />
          <form method="post" class="stacked narrow-form spaced">
            {KINDS.map((kind) => (
              <fieldset key={kind} class="stack-tight">
                <legend>{t.mailTexts[kind]}</legend>
                {LANGUAGES.map((language) => (
                  <Field
                    key={language}
                    name={`${kind}.${language}`}
                    label={t.languages[language]}
                    type="textarea"
                    value={texts[kind][language]}
                    required={false}
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
          <AuditLink call={call} kind="mail-texts" id="mail-texts" />
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    const texts = { signature: textIn(form, 'signature'), receipt: textIn(form, 'receipt') }
    await ask(putMailTexts, { texts })
    return { redirect: '/settings/mail-texts', done: { text: settingsTexts(language).saved } }
  },
}
