/** What the house asks of its own people when they sign in. */
import { getAccessRules, putAccessRules } from '@guichet/contracts/second-factor'
import type { Page } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Check, Fault } from '../../parts/forms.tsx'
import { secondFactorTexts } from '../../texts/second-factor.ts'
import { settingsTexts } from '../../texts/settings.ts'
import { SettingsHead } from './tabs.tsx'

export const accessPage: Page = {
  path: '/settings/access',
  access: 'admin',
  show: async (call, refusal) => {
    const t = secondFactorTexts(call.language)
    const settings = settingsTexts(call.language)
    const { staffSecondFactor } = await call.ask(getAccessRules, {})
    return {
      title: settings.tabs.access,
      body: (
        <>
          <SettingsHead call={call} current="access" />
          <p class="hint">{t.ruleLead}</p>
          <Fault refusal={refusal} />
          <form method="post" class="stacked narrow-form spaced">
            <div>
              <Check name="staffSecondFactor" label={t.rule} checked={staffSecondFactor} />
              <small class="hint">{t.ruleHint}</small>
            </div>
            <p>
              <button class="primary">{settings.save}</button>
            </p>
          </form>
          <AuditLink call={call} kind="access-rules" id="access-rules" />
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    await ask(putAccessRules, { rules: { staffSecondFactor: form['staffSecondFactor'] === 'true' } })
    return { redirect: '/settings/access', done: { text: settingsTexts(language).saved } }
  },
}
