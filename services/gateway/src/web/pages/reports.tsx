/** Revenue and what is owed, for finance; each figure leads to what it is made of where a list of that exists. */
import {
  getAgeing,
  getRevenue,
  type Ageing,
  type ReportTable,
  type RevenueReport,
} from '@guichet/contracts/reports'
import type { ComponentChildren } from 'preact'
import type { Page, PageCall, Refusal, Shown } from '../page.ts'
import { Bar, sharesOf } from '../parts/bar.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { Fault, Field } from '../parts/forms.tsx'
import { amount, calendarMonth, duration, today } from '../parts/times.ts'
import { reportTexts } from '../texts/reports.ts'
import { filled } from '../texts/texts.ts'
import { InvoiceTabs } from './invoices/list.tsx'
import { RevenueChart } from './revenue-chart.tsx'

const isMonth = (text: string | undefined): text is string => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '')

/** The last twelve months, unless others are asked for. */
function spanOf({ query }: PageCall): { from: string; to: string } {
  const month = Temporal.PlainYearMonth.from(today().slice(0, 7))
  const { from, to } = query
  return {
    from: isMonth(from) ? from : month.subtract({ months: 11 }).toString(),
    to: isMonth(to) ? to : month.toString(),
  }
}

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = reportTexts(call.language)
  const span = spanOf(call)
  const [revenue, ageing] = await Promise.all([call.ask(getRevenue, span), call.ask(getAgeing, {})])
  return {
    title: t.title,
    layout: 'list',
    live: 'invoice',
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
        </header>
        <InvoiceTabs call={call} current="reports" />
        <Fault refusal={refusal} />
        <form method="get" class="filters">
          <Field name="from" label={t.from} type="month" value={span.from} />
          <Field name="to" label={t.to} type="month" value={span.to} />
          <button>{t.show}</button>
        </form>
        <p class="hint">{t.lead}</p>
        {revenue.documents === 0 ? (
          <EmptyState title={t.noneTitle} text={t.none} />
        ) : (
          <Revenue call={call} revenue={revenue} />
        )}
        <Owed call={call} ageing={ageing} span={span} />
      </>
    ),
  }
}

function Revenue({ call, revenue }: { call: PageCall; revenue: RevenueReport }) {
  const { language } = call
  const t = reportTexts(language)
  const { from, to, net, documents, companies, sources, agents } = revenue
  // Months before the house began are not worth their rows.
  const months = revenue.months.slice(revenue.months.findIndex((each) => each.documents > 0))
  const lengths = (rows: readonly { net: string }[]) => sharesOf(rows.map(({ net: own }) => own))
  const shares = {
    months: lengths(months),
    companies: lengths(companies),
    sources: lengths(sources),
    agents: lengths(agents),
  }
  const money = (value: string) => amount(value, language)
  const time = (minutes: number) => (minutes === 0 ? '—' : duration(minutes))
  return (
    <>
      <p class="report-sum">
        <strong class="figure">{money(net)}</strong>{' '}
        <span class="quiet-text">
          {t.revenue} · {t.documents} : {documents}
        </span>
      </p>
      <RevenueChart call={call} months={months} current={today().slice(0, 7)} />
      <div class="report-tables">
        <Table
          call={call}
          table="months"
          span={{ from, to }}
          title={t.months}
          columns={[t.month, t.net, t.documents]}
        >
          {months.map((each, at) => (
            <Row
              key={each.month}
              name={calendarMonth(each.month, language)}
              labels={[t.month, t.net, t.documents]}
              share={shares.months[at] ?? 0}
              cells={[money(each.net), String(each.documents)]}
            />
          ))}
        </Table>
        <Table
          call={call}
          table="companies"
          span={{ from, to }}
          title={t.companies}
          columns={[t.client, t.net]}
        >
          {companies.map((each, at) => (
            <Row
              key={each.id}
              name={<a href={`/invoices?company=${encodeURIComponent(each.id)}`}>{each.name}</a>}
              labels={[t.client, t.net]}
              share={shares.companies[at] ?? 0}
              cells={[money(each.net)]}
            />
          ))}
        </Table>
        <Table
          call={call}
          table="sources"
          span={{ from, to }}
          title={t.sources}
          columns={[t.what, t.net, t.time]}
        >
          {sources.map((each, at) => (
            <Row
              key={`${each.source} ${each.kind}`}
              name={each.kind ?? t.source[each.source]}
              labels={[t.what, t.net, t.time]}
              share={shares.sources[at] ?? 0}
              cells={[money(each.net), time(each.minutes)]}
            />
          ))}
        </Table>
        <Table
          call={call}
          table="agents"
          span={{ from, to }}
          title={t.agents}
          columns={[t.agent, t.net, t.time]}
        >
          {agents.map((each, at) => (
            <Row
              key={each.name ?? ''}
              name={each.name ?? t.unknown}
              labels={[t.agent, t.net, t.time]}
              share={shares.agents[at] ?? 0}
              cells={[money(each.net), time(each.minutes)]}
            />
          ))}
        </Table>
      </div>
    </>
  )
}

function Table(props: {
  call: PageCall
  table: ReportTable
  span: { from: string; to: string }
  title: string
  /** The first is of the names, the others of figures. */
  columns: readonly string[]
  children: ComponentChildren
}) {
  const { call, table, span, title, columns, children } = props
  const [name, ...figures] = columns
  return (
    <section aria-labelledby={`report-${table}`}>
      <TableHead call={call} table={table} span={span} title={title} />
      <table class="report">
        <thead>
          <tr>
            <th scope="col">{name}</th>
            {figures.map((each) => (
              <th key={each} scope="col" class="number">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

function TableHead(props: {
  call: PageCall
  table: ReportTable
  span: { from: string; to: string }
  title: string
}) {
  const { call, table, span, title } = props
  const t = reportTexts(call.language)
  return (
    <div class="report-head">
      <h2 id={`report-${table}`}>{title}</h2>
      <a
        class="button"
        href={`/api/v1/reports/export?${new URLSearchParams({ table, ...span }).toString()}`}
        data-turbo="false"
        aria-label={filled(t.csvOf, { table: title })}
      >
        {t.csv}
      </a>
    </div>
  )
}

function Row(props: {
  name: ComponentChildren
  labels: readonly string[]
  share: number
  cells: readonly string[]
}) {
  const { name, labels, share, cells } = props
  return (
    <tr>
      <th scope="row" data-label={labels[0]}>
        {name}
        <Bar share={share} />
      </th>
      {cells.map((cell, at) => (
        <td key={labels[at + 1]} data-label={labels[at + 1]} class="number figure">
          {cell}
        </td>
      ))}
    </tr>
  )
}

const BUCKETS = ['notDue', 'to30', 'to60', 'to90', 'over90', 'total'] as const

function Owed({
  call,
  ageing,
  span,
}: {
  call: PageCall
  ageing: Ageing
  span: { from: string; to: string }
}) {
  const t = reportTexts(call.language)
  const cells = (row: Record<(typeof BUCKETS)[number], string>) =>
    BUCKETS.map((bucket) => (
      <td key={bucket} data-label={t.buckets[bucket]} class="number figure">
        {row[bucket] === '0.00' ? '—' : amount(row[bucket], call.language)}
      </td>
    ))
  return (
    <section class="section" aria-labelledby="report-ageing">
      <TableHead call={call} table="ageing" span={span} title={t.ageing} />
      <p class="hint">{t.ageingLead}</p>
      {ageing.companies.length === 0 ? (
        <p class="quiet-text">{t.nothingOwed}</p>
      ) : (
        <table class="cards report-owed">
          <thead>
            <tr>
              <th scope="col">{t.client}</th>
              {BUCKETS.map((bucket) => (
                <th key={bucket} scope="col" class="number">
                  {t.buckets[bucket]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ageing.companies.map((company) => (
              <tr key={company.id}>
                <th scope="row" data-label={t.client}>
                  <a href={`/receivables?company=${encodeURIComponent(company.id)}`}>{company.name}</a>
                </th>
                {cells(company)}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" data-label={t.client}>
                {t.all}
              </th>
              {cells(ageing)}
            </tr>
          </tfoot>
        </table>
      )}
    </section>
  )
}

export const reportPages: readonly Page[] = [{ path: '/reports', access: 'finance', show }]
