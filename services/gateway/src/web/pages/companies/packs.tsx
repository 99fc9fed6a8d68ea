/** A client's prepaid hours: what is left of each pack, one sold, one taken over. */
import type { Pack } from '@guichet/contracts/billing'
import type { PageCall, Refusal } from '../../page.ts'
import { Action, Check, Field } from '../../parts/forms.tsx'
import { calendarDay, duration, today } from '../../parts/times.ts'
import { companyTexts } from '../../texts/companies.ts'
import { filled } from '../../texts/texts.ts'
import { isFinance } from '../invoices/list.tsx'

export function Packs(props: {
  call: PageCall
  companyId: string
  packs: readonly Pack[]
  refusal: Refusal | undefined
}) {
  const { call, companyId, packs, refusal } = props
  const t = companyTexts(call.language)
  const own = refusal?.values['hours'] === undefined ? undefined : refusal
  const inOneYear = Temporal.PlainDate.from(today()).add({ years: 1 }).toString()
  return (
    <section aria-labelledby="packs">
      <h2 id="packs">{t.packs}</h2>
      {packs.length === 0 ? <p class="quiet-text">{t.noPack}</p> : null}
      <ul class="time-list">
        {packs.map(({ id, minutes, remainingMinutes, validUntil, invoice, takenOver, reference }) => (
          <li key={id}>
            <span>
              {filled(t.packLeft, { left: duration(Math.max(0, remainingMinutes)), all: duration(minutes) })}
            </span>
            {invoice ? (
              <a href={`/invoices/${invoice}`}>{invoice.slice(0, 12)}</a>
            ) : takenOver && isFinance(call) && remainingMinutes === minutes ? (
              <Action action={`/companies/${companyId}/packs/withdraw`} fields={{ id }} kind="link">
                {t.withdraw}
              </Action>
            ) : (
              <span>{takenOver ? t.takenOver : null}</span>
            )}
            <small>
              {reference ? `${reference} · ` : ''}
              {filled(t.packUntil, { day: calendarDay(validUntil, call.language) })}
            </small>
            <progress
              max={minutes}
              value={Math.max(0, remainingMinutes)}
              aria-label={filled(t.packLeft, {
                left: duration(Math.max(0, remainingMinutes)),
                all: duration(minutes),
              })}
            />
          </li>
        ))}
      </ul>
      {isFinance(call) ? (
        <details class="folded spaced" open={own !== undefined}>
          <summary>{t.sellPack}</summary>
          <form method="post" action={`/companies/${companyId}/packs`} class="stacked spaced">
            <p class="hint">{t.sellPackHint}</p>
            <div class="row">
              <Field name="hours" label={t.hours} type="number" min="1" value="10" refusal={own} />
              <Field name="packPrice" label={t.packPrice} inputmode="decimal" refusal={own} />
            </div>
            <div class="row">
              <Field name="packVatRate" label={t.vatRate} value="21" inputmode="decimal" refusal={own} />
              <Field name="validUntil" label={t.validUntil} type="date" value={inOneYear} refusal={own} />
            </div>
            <Check name="takenOver" label={t.takeOver} checked={own?.values['takenOver'] === 'true'} />
            <input type="hidden" name="key" value={own?.values['key'] ?? crypto.randomUUID()} />
            <p>
              <button>{t.sellPack}</button>
            </p>
          </form>
        </details>
      ) : null}
    </section>
  )
}
