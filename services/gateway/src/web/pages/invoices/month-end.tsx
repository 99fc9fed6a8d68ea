/** A month's end in one screen: what is drafted, how it compares, what was left aside and why; then all is issued. */
import {
  getInvoiceRun,
  issueInvoice,
  listInvoices,
  runInvoices,
  type InvoiceRun,
  type InvoiceSummary,
} from '@guichet/contracts/billing'
import { getCompany } from '@guichet/contracts/identity'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Action, Fault, Field } from '../../parts/forms.tsx'
import { amount, calendarDay } from '../../parts/times.ts'
import { difference } from '../../parts/amounts.ts'
import { invoiceTexts } from '../../texts/invoices.ts'
import { filled } from '../../texts/texts.ts'

const LAST_OF_MONTH = { days: 1 }

/** The month that ended last: what one closes at the beginning of the next. */
function lastMonth(): { from: string; to: string } {
  const first = Temporal.Now.plainDateISO().with({ day: 1 })
  return { from: first.subtract({ months: 1 }).toString(), to: first.subtract(LAST_OF_MONTH).toString() }
}

async function showForm(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = invoiceTexts(call.language)
  const month = lastMonth()
  return {
    title: t.closeMonth,
    layout: 'card',
    body: (
      <>
        <header class="page-head">
          <h1>{t.closeMonth}</h1>
        </header>
        <p class="hint">{t.run.lead}</p>
        <Fault refusal={refusal} />
        <form method="post" class="stacked spaced">
          <div class="row">
            <Field name="from" label={t.run.from} type="date" value={month.from} refusal={refusal} />
            <Field name="to" label={t.run.to} type="date" value={month.to} refusal={refusal} />
          </div>
          <input type="hidden" name="key" value={refusal?.values['key'] ?? crypto.randomUUID()} />
          <p>
            <button class="primary">{t.run.prepare}</button>
          </p>
        </form>
      </>
    ),
  }
}

const begin: Page = {
  path: '/invoice-runs',
  access: 'finance',
  show: showForm,
  act: async ({ ask, form }) => {
    const { from = '', to = '', key } = form
    const run = await ask(runInvoices, { from, to, idempotencyKey: key || undefined })
    return { redirect: `/invoice-runs/${run.id}` }
  },
}

/** What the same client was last billed before this period: what the eye compares with. */
async function before(call: PageCall, { from, drafts }: InvoiceRun): Promise<Map<string, InvoiceSummary>> {
  const last = await Promise.all(
    drafts.map(async ({ company }) => {
      const { items } = await call.ask(listInvoices, { company: company.id, limit: 20 })
      return items.find(
        ({ kind, number, period }) =>
          kind === 'invoice' && number !== null && period !== null && period.to < from,
      )
    }),
  )
  return new Map(last.flatMap((invoice) => (invoice ? [[invoice.company.id, invoice] as const] : [])))
}

async function showRun(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = invoiceTexts(call.language)
  const run = await call.ask(getInvoiceRun, { id: call.params['id'] ?? '' })
  const waiting = run.drafts.filter(({ status }) => status === 'draft')
  const day = (date: string) => calendarDay(date, call.language)
  const title = filled(t.run.title, { from: day(run.from), to: day(run.to) })
  return {
    title,
    layout: 'list',
    live: 'invoice',
    body: (
      <>
        <header class="page-head">
          <h1>{title}</h1>
          {waiting.length > 1 ? (
            <Action action={`/invoice-runs/${run.id}/issue`} kind="primary">
              {t.run.issueAll} ({waiting.length})
            </Action>
          ) : null}
        </header>
        <Fault refusal={refusal} />
        {run.state === 'running' ? (
          <p class="said" role="status">
            {t.run.running}
          </p>
        ) : null}
        {run.drafts.length === 0 ? (
          <EmptyState title={t.empty.title} text={t.run.none} />
        ) : (
          <Drafts call={call} run={run} previous={await before(call, run)} />
        )}
        <Skipped call={call} run={run} names={await namesOf(call, run)} />
      </>
    ),
  }
}

function Drafts(props: { call: PageCall; run: InvoiceRun; previous: ReadonlyMap<string, InvoiceSummary> }) {
  const { call, run, previous } = props
  const t = invoiceTexts(call.language)
  const money = (decimal: string) => amount(decimal, call.language)
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{t.company}</th>
          <th scope="col">{t.state}</th>
          <th scope="col" class="number">
            {t.run.net}
          </th>
          <th scope="col" class="number">
            {t.run.before}
          </th>
          <th scope="col" class="number">
            {t.run.difference}
          </th>
        </tr>
      </thead>
      <tbody>
        {run.drafts.map((draft) => {
          const last = previous.get(draft.company.id)
          return (
            <tr key={draft.id} data-row>
              <th scope="row" data-label={t.company}>
                <a href={`/invoices/${draft.number ?? draft.id}`} data-main>
                  {draft.company.name}
                </a>
              </th>
              <td data-label={t.state}>
                <span class={`status ${draft.status}`}>
                  {draft.number === null ? t.status.draft : `${t.status[draft.status]} · ${draft.number}`}
                </span>
              </td>
              <td data-label={t.run.net} class="number figure">
                {money(draft.totals.net)}
              </td>
              <td data-label={t.run.before} class="number figure">
                {last ? money(last.totals.net) : '—'}
              </td>
              <td data-label={t.run.difference} class="number figure">
                {last ? money(difference(draft.totals.net, last.totals.net)) : '—'}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

async function namesOf(call: PageCall, { skipped }: InvoiceRun): Promise<Map<string, string>> {
  const ids = [...new Set(skipped.map(({ companyId }) => companyId))]
  const known = await Promise.all(
    ids.map(async (id) => [id, await call.ask(getCompany, { id }).catch(() => undefined)] as const),
  )
  return new Map(known.map(([id, company]) => [id, company?.name ?? id]))
}

function Skipped(props: { call: PageCall; run: InvoiceRun; names: ReadonlyMap<string, string> }) {
  const { call, run, names } = props
  const t = invoiceTexts(call.language)
  if (run.skipped.length === 0) return null
  const reasons: Record<string, string> = t.run.reasons
  return (
    <section class="section" aria-labelledby="skipped">
      <h2 id="skipped">{t.run.skipped}</h2>
      <ul class="feed plain-feed">
        {run.skipped.map(({ companyId, reason, kinds = [], entries = 0 }) => (
          <li key={companyId + reason}>
            <span>
              <strong>{names.get(companyId)}</strong> ·{' '}
              {filled(reasons[reason] ?? reason, { kinds: kinds.join(', '), n: entries })}{' '}
              {reason === 'kind-without-price' ? (
                <a href={`/companies/${companyId}/contract`}>{t.run.mend}</a>
              ) : null}
              {reason === 'held-back' ? (
                <a
                  href={`/time/unbilled?${new URLSearchParams({ until: run.to, company: companyId }).toString()}`}
                >
                  {t.run.look}
                </a>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const one: Page = { path: '/invoice-runs/:id', access: 'finance', show: showRun }

/** One after the other, in the order shown; the first that is refused stops it, with its reason in words. */
const issueAll: Page = {
  ...one,
  path: '/invoice-runs/:id/issue',
  act: async (call) => {
    const { drafts } = await call.ask(getInvoiceRun, { id: call.params['id'] ?? '' })
    const waiting = drafts.filter(({ status }) => status === 'draft')
    for (const { id } of waiting) await call.ask(issueInvoice, { id })
    const text = filled(invoiceTexts(call.language).done.allIssued, { n: waiting.length })
    return { redirect: `/invoice-runs/${call.params['id'] ?? ''}`, done: { text } }
  },
}

export const monthEndPages: readonly Page[] = [begin, one, issueAll]
