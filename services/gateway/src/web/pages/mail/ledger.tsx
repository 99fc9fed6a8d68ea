/** Every mail that came, where it ended and why; the balance adds up before the reader's eyes. */
import { listLedger, type LedgerRow, type MailOutcome } from '@guichet/contracts/mail'
import type { Page, PageCall } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { When } from '../../parts/time.tsx'
import { mailTexts } from '../../texts/mail.ts'
import { mailFilterTexts } from '../../texts/mail-filter.ts'
import { filled } from '../../texts/texts.ts'
import { filterOf, isNarrowed, LedgerFilter, withFilter } from './ledger-filter.tsx'

export function MailTabs({ call, current }: { call: PageCall; current: 'ledger' | 'quarantine' | 'outbox' }) {
  const t = mailTexts(call.language)
  const tabs = [
    ['ledger', '/mail/ledger'],
    ['quarantine', '/mail/quarantine'],
    ['outbox', '/outbox'],
  ] as const
  return (
    <nav class="views" aria-label={t.title}>
      {tabs.map(([tab, href]) => (
        <a key={tab} href={href} aria-current={tab === current ? 'page' : undefined}>
          {t[tab]}
        </a>
      ))}
    </nav>
  )
}

const OUTCOMES = [
  'ticketed',
  'threaded',
  'bounced',
  'duplicate',
  'quarantined',
  'dropped',
  'pending',
] as const satisfies readonly MailOutcome[]

export const ledgerPage: Page = {
  path: '/mail/ledger',
  access: 'staff',
  show: async (call) => {
    const t = mailTexts(call.language)
    const outcome = OUTCOMES.find((each) => each === call.query['outcome'])
    const filter = filterOf(call)
    const query = { ...filter, outcome, cursor: call.query['cursor'], language: call.language }
    const { items, next, totals, reasons = [] } = await call.ask(listLedger, query)
    return {
      title: t.title,
      layout: 'list',
      live: 'mail',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
          </header>
          <MailTabs call={call} current="ledger" />
          <LedgerFilter call={call} path="/mail/ledger" reasons={reasons} outcome={outcome} />
          <ul class="balance">
            <li>
              <a
                href={withFilter(call, '/mail/ledger')}
                aria-current={outcome === undefined ? 'true' : undefined}
              >
                {filled(t.balance, { received: totals.received })}
              </a>{' '}
              =
            </li>
            {OUTCOMES.map((each) => (
              <li key={each}>
                <a
                  href={withFilter(call, '/mail/ledger', { outcome: each })}
                  aria-current={each === outcome ? 'true' : undefined}
                >
                  {t.outcomes[each]} <b class="figure">{totals[each]}</b>
                </a>
              </li>
            ))}
          </ul>
          {items.length === 0 ? (
            <EmptyState
              title={t.emptyTitle}
              text={
                isNarrowed(call)
                  ? mailFilterTexts(call.language).noneFound
                  : filled(t.empty, { support: call.supportAddress })
              }
            />
          ) : (
            <Rows call={call} rows={items} />
          )}
          {next ? (
            <p class="paging">
              <a class="button" href={`/mail/ledger?${new URLSearchParams({ ...call.query, cursor: next })}`}>
                {t.more}
              </a>
            </p>
          ) : null}
        </>
      ),
    }
  },
}

function Rows({ call, rows }: { call: PageCall; rows: readonly LedgerRow[] }) {
  const t = mailTexts(call.language)
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{t.receivedAt}</th>
          <th scope="col">{t.from}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{t.outcome}</th>
          <th scope="col">{t.ticket}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-row>
            <td data-label={t.receivedAt}>
              <When at={row.receivedAt} language={call.language} />
            </td>
            <td data-label={t.from}>{row.from ?? t.nobody}</td>
            <th scope="row" data-label={t.subject}>
              <a href={`/mail/${row.id}`} data-main>
                {row.subject || t.noSubject}
              </a>
            </th>
            <td data-label={t.outcome}>
              <span class={`status ${row.outcome}`}>{t.outcomes[row.outcome]}</span>
              {row.reason ? <small class="block">{row.reason}</small> : null}
            </td>
            <td data-label={t.ticket}>
              {row.ticket === null ? '—' : <a href={`/tickets/${row.ticket}`}>#{row.ticket}</a>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
