/** What a contract charges by the month, whatever is worked. */
import type { FixedFee } from '@guichet/contracts/billing'
import type { PageCall, Refusal } from '../../page.ts'
import { decimalIn, localDecimal } from '../../parts/decimals.ts'
import { Action, Field } from '../../parts/forms.tsx'
import { amount, calendarMonth, today } from '../../parts/times.ts'
import { feeTexts } from '../../texts/fees.ts'
import { filled } from '../../texts/texts.ts'
import type { ContractPart } from './contract-part.ts'

/** One of the same description is replaced, and keeps its id: no month is charged again. */
export function feesWith(fees: readonly FixedFee[], { form }: PageCall): FixedFee[] {
  const description = form['feeDescription']?.trim() ?? ''
  const same = fees.find((fee) => fee.description.toLowerCase() === description.toLowerCase())
  const fee = {
    ...(same?.id ? { id: same.id } : {}),
    description,
    price: decimalIn(form['feePrice']),
    vatRate: decimalIn(form['feeVatRate']),
    from: form['feeFrom'] ?? '',
    until: form['feeUntil'] || null,
  }
  return [...fees.filter((each) => each !== same), fee]
}

export function feesWithout(fees: readonly FixedFee[], { form }: PageCall): FixedFee[] {
  return fees.filter(({ id }) => id !== form['id'])
}

export function Fees(props: ContractPart) {
  const { call, companyId, contract, refusal, mayChange, children } = props
  const { language } = call
  const t = feeTexts(language)
  const { fees = [] } = contract
  const own = refusal?.values['feeDescription'] === undefined ? undefined : ofFields(refusal)
  return (
    <section class="section" aria-labelledby="fees">
      <h2 id="fees">{t.title}</h2>
      {fees.length === 0 ? <p class="quiet-text">{t.none}</p> : null}
      {fees.length > 0 ? (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{t.description}</th>
              <th scope="col" class="number">
                {t.priceShort}
              </th>
              <th scope="col" class="number">
                {t.vatRate}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {fees.map((fee) => (
              <tr key={fee.id}>
                <th scope="row" data-label={t.description}>
                  {fee.description}
                  <small class="block quiet-text">{spanOf(fee, call)}</small>
                </th>
                <td data-label={t.priceShort} class="number figure">
                  {amount(fee.price, language)}
                </td>
                <td data-label={t.vatRate} class="number figure">
                  {localDecimal(fee.vatRate, language)} %
                </td>
                <td class="table-actions">
                  {mayChange && fee.id ? (
                    <Action
                      action={`/companies/${companyId}/fees/remove`}
                      fields={{ id: fee.id }}
                      kind="plain"
                      label={`${t.remove} · ${fee.description}`}
                    >
                      {t.remove}
                    </Action>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {mayChange ? (
        <details class="folded spaced" open={own !== undefined}>
          <summary>{t.add}</summary>
          <form method="post" action={`/companies/${companyId}/fees`} class="stacked spaced narrow-form">
            <p class="hint">{t.hint}</p>
            <Field
              name="feeDescription"
              label={t.description}
              suggestions={fees.map(({ description }) => description)}
              maxLength={200}
              refusal={own}
            />
            <div class="row">
              <Field name="feePrice" label={t.price} inputmode="decimal" refusal={own} />
              <Field name="feeVatRate" label={t.vatRate} value="21" inputmode="decimal" refusal={own} />
            </div>
            <div class="row">
              <Field name="feeFrom" label={t.from} type="month" value={today().slice(0, 7)} refusal={own} />
              <Field
                name="feeUntil"
                label={t.until}
                type="month"
                required={false}
                hint={t.untilHint}
                refusal={own}
              />
            </div>
            {children}
            <p>
              <button>{t.save}</button>
            </p>
          </form>
        </details>
      ) : null}
    </section>
  )
}

function spanOf({ from, until }: FixedFee, { language }: PageCall): string {
  const t = feeTexts(language)
  const month = (each: string) => calendarMonth(each, language)
  return until
    ? filled(t.span, { from: month(from), until: month(until) })
    : filled(t.since, { from: month(from) })
}

/** What was wrong with `fees.2.price` is said at `feePrice`. */
function ofFields(refusal: Refusal): Refusal {
  const errors = refusal.problem.errors?.map((error) => {
    const [, name = ''] = /fees\.\d+\.(\w+)$/.exec(error.field) ?? []
    return name === '' ? error : { ...error, field: `fee${name[0]?.toUpperCase() ?? ''}${name.slice(1)}` }
  })
  return { ...refusal, problem: { ...refusal.problem, errors } }
}
