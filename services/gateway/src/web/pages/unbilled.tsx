/** Work that waits to be invoiced, by client; what finance keeps from the next run, and why. */
import type { Prestation } from '@guichet/contracts/billing'
import {
  holdPrestation,
  listUnbilled,
  releasePrestation,
  type UnbilledCompany,
} from '@guichet/contracts/unbilled-work'
import type { Page, PageCall, Refusal, Shown } from '../page.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Action, Fault, Field } from '../parts/forms.tsx'
import { measure } from '../parts/measure.ts'
import { amount, calendarDay, duration, today } from '../parts/times.ts'
import { filled } from '../texts/texts.ts'
import { nextInvoiceTexts } from '../texts/next-invoice.ts'
import { timeTexts } from '../texts/time.ts'
import { unbilledTexts } from '../texts/unbilled.ts'
import { TimeTabs } from './time-tabs.tsx'

/** What should have been on an invoice by now. */
const OLD_DAYS = 30

const untilOf = ({ query }: PageCall): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(query['until'] ?? '') ? (query['until'] ?? '') : today()
const daysAgo = (days: number) => Temporal.PlainDate.from(today()).subtract({ days }).toString()

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = unbilledTexts(call.language)
  const until = untilOf(call)
  const companyId = call.query['company'] || undefined
  const { companies, items, more } = await call.ask(listUnbilled, { until, companyId })
  const old = daysAgo(OLD_DAYS)
  return {
    title: t.title,
    layout: 'list',
    live: 'ticket invoice',
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
          {companyId ? (
            <a class="button" href={`/invoices/next?${new URLSearchParams({ company: companyId })}`}>
              {nextInvoiceTexts(call.language).title}
            </a>
          ) : null}
        </header>
        <TimeTabs call={call} current="unbilled" />
        <Fault refusal={refusal} />
        <form method="get" class="filters">
          <Field name="until" label={t.until} type="date" value={until} />
          {companyId ? <input type="hidden" name="company" value={companyId} /> : null}
          <button>{t.show}</button>
          <a class="button" href={`/time/unbilled?until=${old}`}>
            {filled(t.old, { n: OLD_DAYS })}
          </a>
        </form>
        <p class="hint">{t.lead}</p>
        {companies.length === 0 ? (
          <EmptyState title={t.noneTitle} text={t.none} />
        ) : (
          <Companies call={call} companies={companies} until={until} old={old} />
        )}
        {items.length > 0 ? <Entries call={call} items={items} refusal={refusal} /> : null}
        {more === null ? null : <p class="hint">{filled(t.more, { n: more })}</p>}
      </>
    ),
  }
}

function Companies(props: {
  call: PageCall
  companies: readonly UnbilledCompany[]
  until: string
  old: string
}) {
  const { call, companies, until, old } = props
  const t = unbilledTexts(call.language)
  return (
    <table class="cards spaced">
      <thead>
        <tr>
          <th scope="col">{t.client}</th>
          <th scope="col">{t.oldest}</th>
          <th scope="col" class="number">
            {t.entries}
          </th>
          <th scope="col" class="number">
            {t.time}
          </th>
          <th scope="col" class="number">
            {t.cost}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {companies.map(({ id, name, oldest, entries, minutes, cost, heldBack, withoutPrice }) => (
          <tr key={id}>
            <th scope="row" data-label={t.client}>
              <a href={`/time/unbilled?${new URLSearchParams({ until, company: id }).toString()}`}>{name}</a>
              {heldBack > 0 ? <small class="block">{filled(t.heldBack, { n: heldBack })}</small> : null}
              {withoutPrice > 0 ? (
                <small class="block">
                  <a href={`/companies/${id}/contract`}>{filled(t.withoutPrice, { n: withoutPrice })}</a>
                </small>
              ) : null}
            </th>
            <td data-label={t.oldest} class="figure">
              {oldest <= old ? (
                <strong>{calendarDay(oldest, call.language)}</strong>
              ) : (
                calendarDay(oldest, call.language)
              )}
            </td>
            <td data-label={t.entries} class="number figure">
              {entries}
            </td>
            <td data-label={t.time} class="number figure">
              {duration(minutes)}
            </td>
            <td data-label={t.cost} class="number figure">
              {amount(cost, call.language)}
            </td>
            <td class="table-actions">
              <Action action="/invoice-runs" fields={{ from: oldest, to: until, companyId: id }}>
                {t.draft}
              </Action>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Entries({
  call,
  items,
  refusal,
}: {
  call: PageCall
  items: readonly Prestation[]
  refusal: Refusal | undefined
}) {
  const t = unbilledTexts(call.language)
  return (
    <section class="section" aria-labelledby="entries">
      <h2 id="entries">{t.list}</h2>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            <th scope="col">{t.ticket}</th>
            <th scope="col">{t.what}</th>
            <th scope="col" class="number">
              {t.time}
            </th>
            <th scope="col" class="number">
              {t.cost}
            </th>
            <th scope="col">{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.id} id={each.id}>
              <td data-label={t.day} class="figure">
                {calendarDay(each.workedOn, call.language)}
              </td>
              <td data-label={t.ticket}>
                <a href={`/tickets/${each.ticket}#prestation-${each.id}`}>#{each.ticket}</a>
              </td>
              <th scope="row" data-label={t.what}>
                {each.description || '—'}
                <small class="block">
                  {each.kind} · {each.agent.name}
                </small>
              </th>
              <td data-label={t.time} class="number figure">
                {measure(each, call.language)}
              </td>
              <td data-label={t.cost} class="number figure">
                {each.cost === null ? '—' : amount(each.cost, call.language)}
              </td>
              <td data-label={t.state}>
                <Hold call={call} entry={each} refusal={refusal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Hold({ call, entry, refusal }: { call: PageCall; entry: Prestation; refusal: Refusal | undefined }) {
  const t = unbilledTexts(call.language)
  const { id, ticket, heldBack, description } = entry
  const fields = { id, ticket: String(ticket), until: untilOf(call), company: entry.companyId }
  if (heldBack) {
    return (
      <>
        <span>{timeTexts(call.language).states['held-back']}</span>
        <small class="block">
          {heldBack.reason} · {heldBack.by.name}
        </small>
        <Action
          action="/time/unbilled/release"
          fields={fields}
          kind="link"
          label={`${t.release} · ${description}`}
        >
          {t.release}
        </Action>
      </>
    )
  }
  const own = refusal?.values['id'] === id ? refusal : undefined
  return (
    <details class="folded" open={own !== undefined}>
      <summary aria-label={`${t.hold} · ${description}`}>{t.hold}</summary>
      <form method="post" action="/time/unbilled/hold" class="row">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Field name="reason" prefix={`${id}-`} label={t.reason} maxLength={500} refusal={own} />
        <button>{t.hold}</button>
      </form>
    </details>
  )
}

function settle(
  path: string,
  act: (call: PageCall, one: { ticket: number; id: string }) => Promise<string>,
): Page {
  return {
    path: `/time/unbilled/${path}`,
    access: 'finance',
    // Refused, the page comes back as it was asked from.
    show: (call, refusal) => show({ ...call, query: { ...call.query, ...call.form } }, refusal),
    act: async (call) => {
      const { id = '', ticket = '', until = '', company = '' } = call.form
      const text = await act(call, { ticket: Number(ticket), id })
      return {
        redirect: `/time/unbilled?${new URLSearchParams({ until, company }).toString()}`,
        done: { text },
      }
    },
  }
}

export const unbilledPages: readonly Page[] = [
  { path: '/time/unbilled', access: 'finance', show },
  settle('hold', async (call, one) => {
    await call.ask(holdPrestation, { ...one, reason: call.form['reason'] ?? '' })
    return unbilledTexts(call.language).held
  }),
  settle('release', async (call, one) => {
    await call.ask(releasePrestation, one)
    return unbilledTexts(call.language).released
  }),
]
