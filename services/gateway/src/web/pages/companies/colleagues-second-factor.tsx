/** What an admin sees of a colleague's second factor, and the end they may put to it. */
import type { SecondFactor } from '@guichet/contracts/second-factor'
import type { PageCall } from '../../page.ts'
import { Action } from '../../parts/forms.tsx'
import { secondFactorTexts } from '../../texts/second-factor.ts'

export function ColleaguesSecondFactor(props: { call: PageCall; id: string; factor: SecondFactor }) {
  const { call, id, factor } = props
  const t = secondFactorTexts(call.language)
  return (
    <section class="section" aria-labelledby="second-factor">
      <h2 id="second-factor">{t.title}</h2>
      <p class="spaced">
        <span class={factor.on ? 'status active' : 'status inactive'}>{factor.on ? t.isOn : t.isOff}</span>
      </p>
      {factor.on && id !== call.actor?.accountId ? (
        <>
          <p class="hint spaced">{t.resetHint}</p>
          <p class="spaced">
            <Action action={`/people/${id}/second-factor/reset`} kind="danger">
              {t.reset}
            </Action>
          </p>
        </>
      ) : null}
    </section>
  )
}
