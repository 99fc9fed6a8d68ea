/** The series of numbers: where they go on. */
import { getSeries, putSeries } from '@guichet/contracts/billing'
import type { Page } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Fault, Field } from '../../parts/forms.tsx'
import { settingsTexts } from '../../texts/settings.ts'
import { SettingsHead } from './tabs.tsx'

const SERIES = ['invoice', 'creditNote'] as const

export const numbersPage: Page = {
  path: '/settings/numbers',
  access: 'finance',
  show: async (call, refusal) => {
    const t = settingsTexts(call.language)
    const series = await call.ask(getSeries, {})
    return {
      title: t.tabs.numbers,
      body: (
        <>
          <SettingsHead call={call} current="numbers" />
          <p class="hint">{t.numbersLead}</p>
          <Fault refusal={refusal} />
          <form method="post" class="stacked narrow-form spaced">
            {SERIES.map((each) => (
              <fieldset key={each}>
                <legend>{t.series[each]}</legend>
                <div class="row">
                  <Field
                    name={`${each}.prefix`}
                    label={t.prefix}
                    value={series[each].prefix}
                    required={false}
                    maxLength={20}
                    refusal={refusal}
                  />
                  <Field
                    name={`${each}.next`}
                    label={t.next}
                    type="number"
                    min="1"
                    value={String(series[each].next)}
                    refusal={refusal}
                  />
                </div>
              </fieldset>
            ))}
            <p>
              <button class="primary">{t.save}</button>
            </p>
          </form>
          <AuditLink call={call} kind="series" id="series" />
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    const now = await ask(getSeries, {})
    // Only what changed: a series that has moved on meanwhile is not set back by a form that named its old place.
    const changed = SERIES.filter(
      (each) =>
        form[`${each}.prefix`] !== now[each].prefix || Number(form[`${each}.next`]) !== now[each].next,
    )
    const series = Object.fromEntries(
      changed.map((each) => [
        each,
        { prefix: form[`${each}.prefix`] ?? '', next: Number(form[`${each}.next`]) },
      ]),
    )
    if (changed.length > 0) await ask(putSeries, { series })
    return { redirect: '/settings/numbers', done: { text: settingsTexts(language).saved } }
  },
}
