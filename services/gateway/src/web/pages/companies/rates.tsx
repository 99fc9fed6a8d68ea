/** The price of each kind of work, and what is off it. */
import type { ContractRate } from '@guichet/contracts/billing'
import type { Static } from 'typebox'
import type { PageCall } from '../../page.ts'
import { decimalIn, localDecimal } from '../../parts/decimals.ts'
import { Action, Choice, Field } from '../../parts/forms.tsx'
import { companyTexts } from '../../texts/companies.ts'
import { filled } from '../../texts/texts.ts'
import type { ContractPart } from './contract-part.ts'

type Rate = Static<typeof ContractRate>

const UNITS = ['hour', 'km', 'piece'] as const

/** As it was typed. */
function rateIn({ form }: PageCall): Rate {
  return {
    kind: form['kind']?.trim() ?? '',
    unit: UNITS.find((each) => each === form['unit']) ?? 'hour',
    price: decimalIn(form['price']),
    vatRate: decimalIn(form['vatRate']),
    discountPercent: decimalIn(form['discountPercent']) || null,
  }
}

const isSame = (one: Rate, kind: string, unit: string) =>
  one.kind.toLowerCase() === kind.toLowerCase() && one.unit === unit

/** One of the same kind and unit is replaced: travel may have a price by the hour and one by the kilometre. */
export function ratesWith(rates: readonly Rate[], call: PageCall): Rate[] {
  const rate = rateIn(call)
  return [...rates.filter((each) => !isSame(each, rate.kind, rate.unit)), rate]
}

export function ratesWithout(rates: readonly Rate[], { form }: PageCall): Rate[] {
  return rates.filter((each) => !isSame(each, form['kind'] ?? '', form['unit'] ?? ''))
}

/** Its own, even of nothing, else the one on all time. */
function discountText(
  { language }: PageCall,
  general: string | null | undefined,
  own: string | null | undefined,
): string {
  const t = companyTexts(language)
  if (own != null) return Number(own) === 0 ? t.noDiscount : `${localDecimal(own, language)} %`
  return general ? filled(t.generalDiscount, { percent: localDecimal(general, language) }) : t.noDiscount
}

/** A rate in one line, for what is agreed for later. */
export function rateText(call: PageCall, { kind, price, unit, discountPercent }: Rate): string {
  const t = companyTexts(call.language)
  const text = `${kind} ${localDecimal(price, call.language)} € / ${t.units[unit]}`
  if (discountPercent == null || Number(discountPercent) === 0) return text
  return `${text} − ${localDecimal(discountPercent, call.language)} %`
}

export function Rates(props: ContractPart) {
  const { call, companyId, contract, refusal, mayChange, children } = props
  const t = companyTexts(call.language)
  const own = refusal?.values['kind'] === undefined ? undefined : refusal
  const hasDiscounts =
    Boolean(contract.timeDiscountPercent) || contract.rates.some((rate) => rate.discountPercent != null)
  return (
    <section aria-labelledby="rates">
      <h2 id="rates">{t.rates}</h2>
      {contract.rates.length === 0 ? <p class="said warn spaced">{t.noRate}</p> : null}
      {contract.rates.length > 0 ? (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{t.kind}</th>
              <th scope="col" class="number">
                {t.price}
              </th>
              {hasDiscounts ? (
                <th scope="col" class="number">
                  {t.discount}
                </th>
              ) : null}
              <th scope="col" class="number">
                {t.vatRate}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {contract.rates.map(({ kind, unit, price, vatRate, discountPercent }) => (
              <tr key={`${kind}/${unit}`}>
                <th scope="row" data-label={t.kind}>
                  {kind}
                </th>
                <td data-label={t.price} class="number figure">
                  {localDecimal(price, call.language)} € / {t.units[unit]}
                </td>
                {hasDiscounts ? (
                  <td data-label={t.discount} class="number figure">
                    {discountText(
                      call,
                      unit === 'hour' ? contract.timeDiscountPercent : null,
                      discountPercent,
                    )}
                  </td>
                ) : null}
                <td data-label={t.vatRate} class="number figure">
                  {localDecimal(vatRate, call.language)} %
                </td>
                <td class="table-actions">
                  {mayChange ? (
                    <Action
                      action={`/companies/${companyId}/rates/remove`}
                      fields={{ kind, unit }}
                      kind="plain"
                      label={`${t.remove} · ${kind} / ${t.units[unit]}`}
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
        <details class="folded spaced" open={own !== undefined || contract.rates.length === 0}>
          <summary>{t.addRate}</summary>
          <form method="post" action={`/companies/${companyId}/rates`} class="stacked spaced narrow-form">
            <p class="hint">{t.addRateHint}</p>
            <Field
              name="kind"
              label={t.kind}
              suggestions={contract.rates.map(({ kind }) => kind)}
              maxLength={100}
              refusal={own}
            />
            <div class="row">
              <Field name="price" label={t.price} inputmode="decimal" refusal={own} />
              <Choice name="unit" label={t.unit} options={t.units} refusal={own} />
              <Field name="vatRate" label={t.vatRate} value="21" inputmode="decimal" refusal={own} />
            </div>
            <Field
              name="discountPercent"
              label={t.kindDiscount}
              inputmode="decimal"
              required={false}
              hint={t.kindDiscountHint}
              refusal={own}
            />
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
