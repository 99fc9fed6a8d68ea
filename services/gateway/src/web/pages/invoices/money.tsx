/** What finance does with an invoice: issue it, throw the draft away, note what came in, credit, send again. */
import type { Invoice } from '@guichet/contracts/billing'
import type { InvoiceDelivery } from '@guichet/contracts/invoice-delivery'
import type { PageCall, Refusal } from '../../page.ts'
import { Action, Choice, Field } from '../../parts/forms.tsx'
import { amount, calendarDay, today } from '../../parts/times.ts'
import { When } from '../../parts/time.tsx'
import { invoiceTexts } from '../../texts/invoices.ts'

interface Props {
  call: PageCall
  invoice: Invoice
  refusal: Refusal | undefined
}

export function DraftActions({ call, invoice, refusal }: Props) {
  const t = invoiceTexts(call.language)
  const base = `/invoices/${invoice.id}`
  const units = ['piece', 'hour', 'km'] as const
  return (
    <>
      <section class="section" aria-labelledby="issue">
        <h2 id="issue" class="unseen">
          {t.issue}
        </h2>
        <p class="actions">
          <Action action={`${base}/issue`} kind="primary">
            {t.issue}
          </Action>
          <Action action={`${base}/discard`} kind="danger">
            {t.discard}
          </Action>
        </p>
        <p class="hint spaced">
          {t.issueHint} {t.discardHint}
        </p>
      </section>
      <details class="folded" open={refusal?.values['price'] !== undefined}>
        <summary>{t.addLine}</summary>
        <form method="post" action={`${base}/lines`} class="stacked spaced">
          <Field name="description" label={t.line.description} refusal={refusal} maxLength={2000} />
          <div class="row">
            <Field name="quantity" label={t.line.quantity} value="1" inputmode="decimal" refusal={refusal} />
            <Choice
              name="unit"
              label={t.line.unit}
              options={Object.fromEntries(units.map((unit) => [unit, t.unitNames[unit]]))}
              refusal={refusal}
            />
          </div>
          <div class="row">
            <Field name="price" label={t.line.price} inputmode="decimal" refusal={refusal} />
            <Field name="vatRate" label={t.line.vatRate} value="21" inputmode="decimal" refusal={refusal} />
          </div>
          <p>
            <button>{t.save}</button>
          </p>
        </form>
      </details>
    </>
  )
}

export function Payments({ call, invoice, refusal }: Props) {
  const t = invoiceTexts(call.language)
  const { payments = [], status, number, kind } = invoice
  if (number === null || kind === 'credit-note') return null
  const waits = status === 'issued' || status === 'partly-paid'
  return (
    <section class="section" aria-labelledby="payments">
      <h2 id="payments">{t.payments}</h2>
      {payments.length === 0 ? <p class="quiet-text">{t.noPayment}</p> : null}
      <ul class="time-list">
        {payments.map((each) => (
          <li key={each.id}>
            <span>{calendarDay(each.paidOn, call.language)}</span>
            <span class="money">{amount(each.amount, call.language)}</span>
            {each.reference ? <small>{each.reference}</small> : null}
          </li>
        ))}
      </ul>
      {waits ? (
        <details class="folded" open={refusal?.values['paidOn'] !== undefined}>
          <summary>{t.recordPayment}</summary>
          <form method="post" action={`/invoices/${number}/payments`} class="stacked spaced">
            <div class="row">
              <Field
                name="amount"
                label={t.paidAmount}
                value={invoice.totals.payable}
                inputmode="decimal"
                refusal={refusal}
              />
              <Field name="paidOn" label={t.paidOn} type="date" value={today()} refusal={refusal} />
            </div>
            <Field name="reference" label={t.paidReference} required={false} refusal={refusal} />
            <input type="hidden" name="key" value={refusal?.values['key'] ?? crypto.randomUUID()} />
            <p>
              <button>{t.save}</button>
            </p>
          </form>
        </details>
      ) : null}
    </section>
  )
}

export function Credit({ call, invoice, refusal }: Props) {
  const t = invoiceTexts(call.language)
  const { number, kind, status } = invoice
  if (number === null || kind === 'credit-note' || status === 'credited') return null
  return (
    <details class="folded" open={refusal?.values['reason'] !== undefined}>
      <summary>{t.credit}</summary>
      <form method="post" action={`/invoices/${number}/credit`} class="stacked spaced">
        <p class="hint">{t.creditHint}</p>
        <Field name="reason" label={t.creditReason} refusal={refusal} maxLength={500} />
        <Choice
          name="line"
          label={t.askLine}
          options={{ '': t.creditAll, ...lineNames(invoice) }}
          refusal={refusal}
        />
        <input type="hidden" name="key" value={refusal?.values['key'] ?? crypto.randomUUID()} />
        <p>
          <button class="danger">{t.credit}</button>
        </p>
      </form>
    </details>
  )
}

export function lineNames({ lines }: Invoice): Record<string, string> {
  return Object.fromEntries(
    lines.map(({ id, description, ticket }, at) => [
      id,
      `${at + 1}. ${ticket === null ? '' : `#${ticket} · `}${description}`.slice(0, 90),
    ]),
  )
}

export function Delivery({ call, delivery }: { call: PageCall; delivery: InvoiceDelivery | undefined }) {
  if (!delivery || delivery.state === 'draft') return null
  const t = invoiceTexts(call.language)
  const { state, channel, reason, recipient, history, number } = delivery
  return (
    <section class="section" aria-labelledby="delivery">
      <h2 id="delivery">{t.delivery}</h2>
      <p>
        <span class={`status ${state}`}>{t.deliveryStates[state]}</span>{' '}
        {channel ? <span class="quiet-text">{t.channels[channel]}</span> : null}
      </p>
      {recipient ? <p class="quiet-text figure">{recipient}</p> : null}
      {reason?.said ? <p class="fault">{reason.said}</p> : null}
      <ul class="time-list">
        {history.map((each) => (
          <li key={each.at + each.state}>
            <span>{t.deliveryStates[each.state]}</span>
            <When at={each.at} language={call.language} />
          </li>
        ))}
      </ul>
      {state === 'failed' && number !== null ? (
        <p class="spaced">
          <Action action={`/invoices/${number}/retry`}>{t.retry}</Action>
        </p>
      ) : null}
    </section>
  )
}

/** A billing contact's: the answer is a ticket. */
export function Question({ call, invoice, refusal }: Props) {
  const t = invoiceTexts(call.language)
  if (invoice.number === null) return null
  return (
    <details class="folded" open={refusal?.values['text'] !== undefined}>
      <summary>{t.ask}</summary>
      <form method="post" action={`/invoices/${invoice.number}/questions`} class="stacked spaced">
        <p class="hint">{t.askHint}</p>
        <Choice name="line" label={t.askLine} options={lineNames(invoice)} refusal={refusal} />
        <Field name="text" label={t.askText} type="textarea" refusal={refusal} />
        <p>
          <button>{t.askSend}</button>
        </p>
      </form>
    </details>
  )
}
