/** The prestations under the ticket's number: what was done, when, by whom, for how much. */
import { isStaff } from '@guichet/access'
import { listPrestations, type Prestation } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import type { TicketDetail } from '@guichet/contracts/ticket'
import type { PageCall, Refusal } from '../../page.ts'
import { Check, Field } from '../../parts/forms.tsx'
import { amount, calendarDay, duration, today } from '../../parts/times.ts'
import { sum } from '../../parts/amounts.ts'
import { measure } from '../../parts/measure.ts'
import { filled } from '../../texts/texts.ts'
import { nextInvoiceTexts } from '../../texts/next-invoice.ts'
import { ticketTexts } from '../../texts/tickets.ts'
import { timeClassTexts } from '../../texts/time-classes.ts'
import { timeTexts } from '../../texts/time.ts'

export async function prestationsOf(call: PageCall, ticket: number): Promise<Prestation[]> {
  try {
    return (await call.ask(listPrestations, { ticket, limit: 100 })).items
  } catch (error) {
    // The contract does not show this reader the time, or billing is away: the ticket is readable all the same.
    if (error instanceof Failure) return []
    throw error
  }
}

export function TimeSpent(props: {
  call: PageCall
  ticket: TicketDetail
  prestations: readonly Prestation[]
  refusal: Refusal | undefined
}) {
  const { call, ticket, prestations, refusal } = props
  const t = ticketTexts(call.language)
  const staff = call.actor !== undefined && isStaff(call.actor)
  if (!staff && prestations.length === 0) return null
  const costs = prestations.flatMap(({ cost }) => cost ?? [])
  const minutes = prestations.reduce((sum, each) => sum + (each.minutes ?? 0), 0)
  return (
    <section aria-labelledby="time">
      <h2 id="time">
        {t.time}
        {minutes > 0 ? (
          <span class="count"> · {filled(t.timeTotal, { time: duration(minutes) })}</span>
        ) : null}
        {costs.length > 0 ? (
          <span class="count">
            {' '}
            ·{' '}
            {filled(nextInvoiceTexts(call.language).ticketCost, {
              amount: amount(sum(costs), call.language),
            })}
          </span>
        ) : null}
      </h2>
      {prestations.length === 0 ? <p class="quiet-text">{t.noTime}</p> : null}
      <ul class="time-list">
        {prestations.map((each) => (
          <li key={each.id} id={`prestation-${each.id}`}>
            <span>{each.description}</span>
            <span class="money">{each.cost === null ? '' : amount(each.cost, call.language)}</span>
            <small>
              {calendarDay(each.workedOn, call.language)}
              {each.startedAt ? ` ${each.startedAt}` : ''} · {each.agent.name} · {each.kind} ·{' '}
              {measure(each, call.language)}
              {each.billedMinutes === undefined || each.billedMinutes === each.minutes
                ? ''
                : ` · ${filled(timeTexts(call.language).billedOfDay, { minutes: duration(each.billedMinutes) })}`}
              {each.billable ? '' : ` · ${t.notBillable}`}
              {each.invoice ? ` · ${filled(t.invoiced, { number: each.invoice })}` : ''}
            </small>
          </li>
        ))}
      </ul>
      {staff ? (
        <LogTime call={call} ticket={ticket} lastKind={prestations[0]?.kind} refusal={refusal} />
      ) : null}
    </section>
  )
}

function LogTime(props: {
  call: PageCall
  ticket: TicketDetail
  lastKind: string | undefined
  refusal: Refusal | undefined
}) {
  const { call, ticket, lastKind, refusal } = props
  const t = ticketTexts(call.language)
  const own = timeTexts(call.language)
  const id = `time-${ticket.number}`
  return (
    <details class="folded" open={refusal?.values['workedOn'] !== undefined}>
      <summary data-key="p">{t.logTime}</summary>
      <form
        id={id}
        method="post"
        action={`/tickets/${ticket.number}/prestations`}
        class="stacked spaced"
        data-controller="draft time"
        data-draft-key-value={id}
        data-time-number-value={ticket.number}
        data-time-start-value={own.start}
        data-time-stop-value={own.stop}
        data-action="input->time#preview change->time#preview draft:restored->time#preview"
      >
        <div class="row">
          <Field name="workedOn" label={t.workedOn} type="date" value={today()} refusal={refusal} />
          <Field
            name="startedAt"
            label={timeClassTexts(call.language).startedAt}
            type="time"
            required={false}
            refusal={refusal}
            data={{ 'data-time-target': 'started' }}
          />
          <Field
            name="minutes"
            label={t.minutes}
            type="number"
            min="1"
            refusal={refusal}
            data={{ 'data-time-target': 'minutes' }}
          />
        </div>
        <button
          type="button"
          id={`clock-${ticket.number}`}
          data-turbo-permanent
          hidden
          aria-pressed="false"
          data-time-target="clock"
          data-action="time#toggle"
        >
          {own.start}
        </button>
        <Field name="kind" label={t.kind} value={lastKind} refusal={refusal} />
        <Field name="description" label={t.what} refusal={refusal} />
        <Check name="notBillable" label={t.notBillable} />
        <turbo-frame id="time-preview" data-turbo-permanent data-time-target="preview" />
        <p class="actions">
          <button class="primary">{t.save}</button>
          <button
            formmethod="get"
            formaction={`/tickets/${ticket.number}/time-preview`}
            formnovalidate
            class="plain without-script"
          >
            {own.preview}
          </button>
        </p>
      </form>
    </details>
  )
}
