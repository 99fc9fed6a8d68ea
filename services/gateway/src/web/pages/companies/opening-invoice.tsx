/** An open invoice of another system, taken over for one client. */
import { takeOverInvoice } from '@guichet/contracts/receivables'
import type { PageCall, Refusal } from '../../page.ts'
import { decimalIn } from '../../parts/decimals.ts'
import { Field } from '../../parts/forms.tsx'
import { today } from '../../parts/times.ts'
import { takeOverTexts } from '../../texts/take-over.ts'

export async function takeOver(call: PageCall, companyId: string): Promise<string> {
  const {
    openingNumber: number = '',
    issuedOn = '',
    dueOn = '',
    amount,
    paid,
    structuredReference,
  } = call.form
  await call.ask(takeOverInvoice, {
    companyId,
    invoice: {
      number: number.trim(),
      issuedOn,
      dueOn,
      amount: decimalIn(amount),
      ...(paid?.trim() ? { paid: decimalIn(paid) } : {}),
      structuredReference: structuredReference?.trim() || null,
    },
  })
  return takeOverTexts(call.language).taken
}

export function OpeningInvoiceForm(props: {
  call: PageCall
  companyId: string
  refusal: Refusal | undefined
}) {
  const { call, companyId, refusal } = props
  const t = takeOverTexts(call.language)
  const own = refusal?.values['openingNumber'] === undefined ? undefined : refusal
  return (
    <section class="section" aria-labelledby="take-over">
      <h2 id="take-over">{t.title}</h2>
      <p>
        <a href="/take-over/invoices">{t.invoices}</a> · <a href="/take-over/packs">{t.packs}</a>
      </p>
      <details class="folded" open={own !== undefined}>
        <summary>{t.invoice}</summary>
        <form method="post" action={`/companies/${companyId}/opening-invoices`} class="stacked spaced">
          <p class="hint">{t.hint}</p>
          <Field name="openingNumber" label={t.number} maxLength={40} refusal={own} />
          <div class="row">
            <Field name="issuedOn" label={t.issuedOn} type="date" max={today()} refusal={own} />
            <Field name="dueOn" label={t.dueOn} type="date" refusal={own} />
          </div>
          <div class="row">
            <Field name="amount" label={t.amount} inputmode="decimal" refusal={own} />
            <Field name="paid" label={t.paid} inputmode="decimal" required={false} refusal={own} />
          </div>
          <Field
            name="structuredReference"
            label={t.communication}
            required={false}
            maxLength={40}
            refusal={own}
          />
          <p>
            <button>{t.take}</button>
          </p>
        </form>
      </details>
    </section>
  )
}
