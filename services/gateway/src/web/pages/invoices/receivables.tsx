/** What clients owe: by due day, with what they were told already; and what the accountant takes away. */
import {
  listReceivables,
  pauseReminders,
  remindOfInvoice,
  type Receivable,
} from '@guichet/contracts/receivables'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Action, Fault } from '../../parts/forms.tsx'
import { sum } from '../../parts/amounts.ts'
import { amount, calendarDay } from '../../parts/times.ts'
import { invoiceTexts } from '../../texts/invoices.ts'
import { openingTableTexts } from '../../texts/opening-tables.ts'
import { filled } from '../../texts/texts.ts'
import { InvoiceTabs } from './list.tsx'

async function everyReceivable(call: PageCall): Promise<Receivable[]> {
  const found: Receivable[] = []
  let cursor: string | undefined
  do {
    const page = await call.ask(listReceivables, { limit: 100, cursor })
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = invoiceTexts(call.language)
  const receivables = await everyReceivable(call)
  const total = (items: readonly Receivable[]) => amount(sum(items.map(({ open }) => open)), call.language)
  return {
    title: t.due,
    layout: 'list',
    live: 'invoice',
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
          <a class="button" href="/take-over/invoices">
            {openingTableTexts(call.language).link}
          </a>
        </header>
        <InvoiceTabs call={call} current="due" />
        <Fault refusal={refusal} />
        {receivables.length === 0 ? (
          <EmptyState title={t.receivables.empty} text={t.receivables.lead} />
        ) : (
          <>
            <div class="plates">
              <p class="plate">
                {t.receivables.total}
                <b>{total(receivables)}</b>
              </p>
              <p class="plate">
                {t.receivables.totalLate}
                <b>{total(receivables.filter(({ daysLate }) => daysLate > 0))}</b>
              </p>
            </div>
            <Rows call={call} receivables={receivables} />
          </>
        )}
        <Exports call={call} />
      </>
    ),
  }
}

function Rows({ call, receivables }: { call: PageCall; receivables: readonly Receivable[] }) {
  const t = invoiceTexts(call.language)
  return (
    <table class="cards spaced">
      <thead>
        <tr>
          <th scope="col">{t.number}</th>
          <th scope="col">{t.company}</th>
          <th scope="col">{t.dueOn}</th>
          <th scope="col">{t.receivables.reminders}</th>
          <th scope="col" class="number">
            {t.receivables.open}
          </th>
          <td />
        </tr>
      </thead>
      <tbody>
        {receivables.map((each) => (
          <tr key={each.invoiceId}>
            <th scope="row" data-label={t.number}>
              <a href={`/invoices/${each.number}`}>{each.number}</a>
            </th>
            <td data-label={t.company}>{each.company.name}</td>
            <td data-label={t.dueOn}>
              <span class="figure">{calendarDay(each.dueOn, call.language)}</span>{' '}
              <span class={`status ${each.daysLate > 0 ? 'overdue' : 'sent'}`}>
                {each.daysLate > 0 ? filled(t.receivables.late, { n: each.daysLate }) : t.receivables.onTime}
              </span>
            </td>
            <td data-label={t.receivables.reminders}>{remindersOf(call, each)}</td>
            <td data-label={t.receivables.open} class="number figure">
              {amount(each.open, call.language)}
            </td>
            <td class="table-actions">
              <span class="actions">
                {each.nextReminder && each.daysLate > 0 ? (
                  <Action
                    action={`/receivables/${each.number}/remind`}
                    label={`${filled(t.receivables.remind, { level: each.nextReminder.level })} · ${each.number}`}
                  >
                    {filled(t.receivables.remind, { level: each.nextReminder.level })}
                  </Action>
                ) : null}
                <Action
                  action={`/receivables/${each.number}/${each.remindersPaused ? 'resume' : 'pause'}`}
                  kind="plain"
                  label={`${each.remindersPaused ? t.receivables.resume : t.receivables.pause} · ${each.number}`}
                >
                  {each.remindersPaused ? t.receivables.resume : t.receivables.pause}
                </Action>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function remindersOf(call: PageCall, { reminders, remindersPaused }: Receivable): string {
  const t = invoiceTexts(call.language).receivables
  const last = reminders.at(-1)
  const said = last ? `${last.level} · ${calendarDay(last.at.slice(0, 10), call.language)}` : t.noReminder
  return remindersPaused ? `${said} (${t.paused})` : said
}

/** The year so far, in each form that an accountant asks for. */
function Exports({ call }: { call: PageCall }) {
  const t = invoiceTexts(call.language)
  const today = Temporal.Now.plainDateISO()
  const year = { from: today.with({ month: 1, day: 1 }).toString(), to: today.toString() }
  return (
    <section class="section" aria-labelledby="exports">
      <h2 id="exports">
        {t.receivables.export} {today.year}
      </h2>
      <p class="actions spaced">
        {(['csv', 'ubl', 'pdf'] as const).map((format) => (
          <a
            key={format}
            class="button"
            href={`/api/v1/invoice-exports?${new URLSearchParams({ ...year, format })}`}
            data-turbo="false"
          >
            {t.formats[format]}
          </a>
        ))}
      </p>
    </section>
  )
}

const list: Page = { path: '/receivables', access: 'finance', show }

function step(
  path: string,
  act: (call: PageCall, id: string) => Promise<unknown>,
  done: 'reminded' | 'paused' | 'resumed',
): Page {
  return {
    ...list,
    path: `/receivables/:id/${path}`,
    act: async (call) => {
      await act(call, call.params['id'] ?? '')
      return { redirect: '/receivables', done: { text: invoiceTexts(call.language).done[done] } }
    },
  }
}

export const receivablePages: readonly Page[] = [
  list,
  step('remind', (call, id) => call.ask(remindOfInvoice, { id }), 'reminded'),
  step('pause', (call, id) => call.ask(pauseReminders, { id, paused: true }), 'paused'),
  step('resume', (call, id) => call.ask(pauseReminders, { id, paused: false }), 'resumed'),
]
