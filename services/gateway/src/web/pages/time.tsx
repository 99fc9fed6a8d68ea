/** An agent's week, day by day; and for finance, where every minute of a month is. */
import type { Prestation } from '@guichet/contracts/billing'
import { getTimeBalance, listAgentPrestations } from '@guichet/contracts/service-time'
import type { Page, PageCall } from '../page.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Field } from '../parts/forms.tsx'
import { calendarDay, duration, today } from '../parts/times.ts'
import { measure } from '../parts/measure.ts'
import { filled } from '../texts/texts.ts'
import { timeTexts } from '../texts/time.ts'
import { seesMoney, TimeTabs } from './time-tabs.tsx'

/** Monday of the week that the address names, else of this one. */
function weekOf(given: string | undefined): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(/^\d{4}-\d{2}-\d{2}$/.test(given ?? '') ? (given ?? '') : today())
  return day.subtract({ days: day.dayOfWeek - 1 })
}

const week: Page = {
  path: '/time',
  access: 'staff',
  show: async (call) => {
    const t = timeTexts(call.language)
    const monday = weekOf(call.query['from'])
    const [from, to] = [monday.toString(), monday.add({ days: 6 }).toString()]
    const { items, minutes } = await call.ask(listAgentPrestations, { from, to })
    const days = Map.groupBy(items, ({ workedOn }) => workedOn)
    const link = (by: number) => `/time?from=${monday.add({ weeks: by }).toString()}`
    return {
      title: t.title,
      layout: 'list',
      live: 'ticket',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
            <span class="figure">
              {t.total} {duration(minutes)}
            </span>
          </header>
          <TimeTabs call={call} current="week" />
          <p class="actions">
            <a class="button" href={link(-1)} rel="prev" aria-label={t.before}>
              ←
            </a>
            <span>
              {filled(t.week, { from: calendarDay(from, call.language), to: calendarDay(to, call.language) })}
            </span>
            <a class="button" href={link(1)} rel="next" aria-label={t.after}>
              →
            </a>
          </p>
          {items.length === 0 ? <EmptyState title={t.noneTitle} text={t.none} /> : null}
          {[...days].map(([day, entries]) => (
            <section key={day} class="section" aria-labelledby={`day-${day}`}>
              <h2 id={`day-${day}`}>
                {calendarDay(day, call.language)}
                <span class="count">
                  {' '}
                  · {duration(entries.reduce((sum, each) => sum + (each.minutes ?? 0), 0))}
                </span>
              </h2>
              <Entries call={call} entries={entries} />
            </section>
          ))}
        </>
      ),
    }
  },
}

function Entries(props: { call: PageCall; entries: readonly Prestation[]; all?: boolean }) {
  const { call, entries, all = false } = props
  const t = timeTexts(call.language)
  return (
    <table class="cards">
      <thead>
        <tr>
          {all ? <th scope="col">{t.date}</th> : null}
          <th scope="col">{t.ticket}</th>
          <th scope="col">{t.what}</th>
          {all ? <th scope="col">{t.agent}</th> : null}
          <th scope="col">{t.kind}</th>
          <th scope="col">{t.state}</th>
          <th scope="col" class="number">
            {t.time}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((each) => (
          <tr key={each.id}>
            {all ? (
              <td data-label={t.date} class="figure">
                {calendarDay(each.workedOn, call.language)}
              </td>
            ) : null}
            <th scope="row" data-label={t.ticket}>
              <a href={`/tickets/${each.ticket}#prestation-${each.id}`}>#{each.ticket}</a>
            </th>
            <td data-label={t.what}>{each.description || '—'}</td>
            {all ? <td data-label={t.agent}>{each.agent.name}</td> : null}
            <td data-label={t.kind}>{each.kind}</td>
            <td data-label={t.state}>
              {t.states[each.state]}
              {each.invoice && seesMoney(call) ? (
                <>
                  {' '}
                  <a href={`/invoices/${each.invoice}`}>{each.state === 'drafted' ? '→' : each.invoice}</a>
                </>
              ) : null}
            </td>
            <td data-label={t.time} class="number figure">
              {measure(each, call.language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const balance: Page = {
  path: '/time/balance',
  access: 'finance',
  show: async (call) => {
    const t = timeTexts(call.language)
    const given = call.query['month'] ?? ''
    const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(given) ? given : today().slice(0, 7)
    const companyId = call.query['company'] || undefined
    const found = await call.ask(getTimeBalance, { month, companyId })
    return {
      title: t.balance,
      layout: 'list',
      body: (
        <>
          <header class="page-head">
            <h1>{t.balance}</h1>
          </header>
          <TimeTabs call={call} current="balance" />
          <form method="get" class="filters">
            <Field name="month" label={t.month} type="month" value={month} />
            <button>{t.show}</button>
          </form>
          <p class="hint">{t.balanceLead}</p>
          <div class="plates spaced">
            <p class="plate">
              {t.worked}
              <b>{duration(found.minutes)}</b>
              <small>{filled(t.entries, { n: found.entries })}</small>
            </p>
            {found.states
              .filter(({ entries }) => entries > 0)
              .map(({ state, minutes, entries }) => (
                <p class="plate" key={state}>
                  {t.states[state]}
                  <b>{duration(minutes)}</b>
                  <small>{filled(t.entries, { n: entries })}</small>
                </p>
              ))}
          </div>
          {found.companies.length === 0 ? (
            <EmptyState title={t.noneTitle} text={t.noWork} />
          ) : (
            <section class="section" aria-labelledby="by-client">
              <h2 id="by-client">{t.byClient}</h2>
              <table class="cards">
                <thead>
                  <tr>
                    <th scope="col">{t.client}</th>
                    <th scope="col" class="number">
                      {t.worked}
                    </th>
                    <th scope="col" class="number">
                      {t.open}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {found.companies.map(({ id, name, minutes, openMinutes }) => (
                    <tr key={id}>
                      <th scope="row" data-label={t.client}>
                        <a href={`/time/balance?${new URLSearchParams({ month, company: id })}`}>{name}</a>
                      </th>
                      <td data-label={t.worked} class="number figure">
                        {duration(minutes)}
                      </td>
                      <td data-label={t.open} class="number figure">
                        {duration(openMinutes)}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
          {found.items.length > 0 ? (
            <div class="section">
              <Entries call={call} entries={found.items} all />
            </div>
          ) : null}
        </>
      ),
    }
  },
}

export const timePages: readonly Page[] = [week, balance]
