/** A contract's hours, and what each adds to the price. */
import type { TimeClasses } from '@guichet/contracts/billing'
import type { PageCall } from '../../page.ts'
import { localDecimal } from '../../parts/decimals.ts'
import { Action, Field } from '../../parts/forms.tsx'
import { timeClassTexts } from '../../texts/time-classes.ts'
import { filled } from '../../texts/texts.ts'
import type { ContractPart } from './contract-part.ts'

const RAISED = ['evening', 'night', 'weekend', 'holiday'] as const

/** What most houses in the country agree on, to begin from. */
const USUAL: TimeClasses = {
  officeFrom: '08:00',
  officeTo: '18:00',
  nightFrom: '22:00',
  nightTo: '06:00',
  surcharges: { evening: '25', night: '50', weekend: '50', holiday: '100' },
}

export function timeClassesIn(form: PageCall['form']): TimeClasses {
  const time = (name: string) => (form[name] ?? '').slice(0, 5)
  const percent = (name: string) => form[name]?.trim() || '0'
  return {
    officeFrom: time('officeFrom'),
    officeTo: time('officeTo'),
    nightFrom: time('nightFrom'),
    nightTo: time('nightTo'),
    surcharges: {
      evening: percent('evening'),
      night: percent('night'),
      weekend: percent('weekend'),
      holiday: percent('holiday'),
    },
  }
}

export function Hours(props: ContractPart) {
  const { call, companyId, contract, refusal, mayChange, children } = props
  const t = timeClassTexts(call.language)
  const { timeClasses } = contract
  const own = refusal?.values['officeFrom'] === undefined ? undefined : refusal
  const shown = timeClasses ?? USUAL
  const decimal = (value: string) => localDecimal(value, call.language)
  return (
    <section class="section" aria-labelledby="hours">
      <h2 id="hours">{t.title}</h2>
      {timeClasses ? (
        <>
          <p class="hint">{filled(t.hours, { ...timeClasses, surcharges: '' })}</p>
          <dl class="fact-list spaced">
            {RAISED.map((name) => (
              <>
                <dt>{t.names[name]}</dt>
                <dd class="figure">
                  {filled(t.percent, { percent: decimal(timeClasses.surcharges[name]) })}
                </dd>
              </>
            ))}
          </dl>
        </>
      ) : (
        <p class="hint">{t.none}</p>
      )}
      {mayChange ? (
        <details class="folded spaced" open={own !== undefined}>
          <summary>{timeClasses ? t.change : t.edit}</summary>
          <form method="post" action={`/companies/${companyId}/hours`} class="stacked spaced narrow-form">
            <p class="hint">{t.lead}</p>
            <div class="row">
              {(['officeFrom', 'officeTo', 'nightFrom', 'nightTo'] as const).map((name) => (
                <Field key={name} name={name} label={t[name]} type="time" value={shown[name]} refusal={own} />
              ))}
            </div>
            <div class="row">
              {RAISED.map((name) => (
                <Field
                  key={name}
                  name={name}
                  label={filled(t.percentOf, { name: t.names[name] })}
                  value={decimal(shown.surcharges[name])}
                  inputmode="decimal"
                  refusal={own}
                />
              ))}
            </div>
            {children}
            <p>
              <button>{timeClasses ? t.change : t.edit}</button>
            </p>
          </form>
          {timeClasses ? (
            <p class="spaced">
              <Action action={`/companies/${companyId}/hours/remove`} kind="link">
                {t.remove}
              </Action>
            </p>
          ) : null}
        </details>
      ) : null}
    </section>
  )
}
