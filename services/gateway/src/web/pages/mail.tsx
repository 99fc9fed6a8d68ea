/** Where every mail ended, what waits for a decision, what went out. */
import {
  dropMail,
  getOutgoingMail,
  listLedger,
  listOutbox,
  replayMail,
  type LedgerRow,
} from '@guichet/contracts/mail'
import type { Page, PageCall } from '../page.ts'
import { Action } from '../parts/forms.tsx'
import { dateTime } from '../parts/times.ts'
import { textsIn } from '../texts/texts.ts'

function Tabs({ call }: { call: PageCall }) {
  const t = textsIn(call.language)
  return (
    <nav class="views" aria-label={t.mail}>
      <a href="/mail/ledger">{t.ledger}</a>
      <a href="/mail/quarantine">{t.quarantine}</a>
      <a href="/outbox">{t.outbox}</a>
    </nav>
  )
}

function ledger(path: string, outcome: LedgerRow['outcome'] | undefined): Page {
  return {
    path,
    access: 'staff',
    show: async (call) => {
      const t = textsIn(call.language)
      const query = { outcome, cursor: call.query['cursor'], language: call.language }
      const { items, next, totals } = await call.ask(listLedger, query)
      return {
        title: outcome ? t.quarantine : t.ledger,
        body: (
          <>
            <h1>{t.mail}</h1>
            <Tabs call={call} />
            <p class="facts">
              {Object.entries(t.outcomes).map(([each, label]) => (
                <span key={each}>
                  {label} <span class="figure">{totals[each as LedgerRow['outcome']]}</span>
                </span>
              ))}
              <span>
                = {t.receivedAt} <span class="figure">{totals.received}</span>
              </span>
            </p>
            {items.length === 0 ? <p class="empty-state">{t.nothing}</p> : <Rows call={call} rows={items} />}
            {next ? <a href={`${path}?cursor=${encodeURIComponent(next)}`}>{t.next}</a> : null}
          </>
        ),
      }
    },
  }
}

function Rows({ call, rows }: { call: PageCall; rows: readonly LedgerRow[] }) {
  const t = textsIn(call.language)
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t.receivedAt}</th>
            <th scope="col">{t.sender}</th>
            <th scope="col">{t.subject}</th>
            <th scope="col">{t.outcome}</th>
            <th scope="col">{t.reason}</th>
            <th scope="col">{t.ticket}</th>
            <th scope="col">{t.original}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td class="figure">{dateTime(row.receivedAt, call.language)}</td>
              <td>{row.from}</td>
              <td>{row.subject}</td>
              <td>
                <span class={`status ${row.outcome}`}>{t.outcomes[row.outcome]}</span>
              </td>
              <td>{row.reason}</td>
              <td>{row.ticket === null ? null : <a href={`/tickets/${row.ticket}`}>#{row.ticket}</a>}</td>
              <td class="actions">
                <a href={`/api/v1/mail/${row.id}/raw`}>.eml</a>
                {row.outcome === 'quarantined' ? (
                  <>
                    <Action action={`/mail/${row.id}/replay`} kind="plain">
                      {t.replay}
                    </Action>
                    <Action action={`/mail/${row.id}/drop`} kind="plain">
                      {t.drop}
                    </Action>
                  </>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const quarantine = ledger('/mail/quarantine', 'quarantined')

function decision(path: string, contract: typeof replayMail | typeof dropMail): Page {
  return {
    ...quarantine,
    path: `/mail/:id/${path}`,
    act: async ({ ask, params, language }) => {
      await ask(contract, { id: params['id'] ?? '', language })
      return { redirect: '/mail/quarantine' }
    },
  }
}

const outbox: Page = {
  path: '/outbox',
  access: 'staff',
  show: async (call) => {
    const t = textsIn(call.language)
    const page = await call.ask(listOutbox, { cursor: call.query['cursor'] })
    return {
      title: t.outbox,
      body: (
        <>
          <h1>{t.mail}</h1>
          <Tabs call={call} />
          {page.items.length === 0 ? <p class="empty-state">{t.nothing}</p> : null}
          <ul class="plain">
            {page.items.map((mail) => (
              <li key={mail.id}>
                <span class={`status ${mail.status}`}>{t.mailStatus[mail.status]}</span>{' '}
                <a href={`/outbox/${mail.id}`}>{mail.subject}</a> → {mail.to}{' '}
                <time datetime={mail.requestedAt}>{dateTime(mail.requestedAt, call.language)}</time>
                {mail.answer ? <small class="fault"> {mail.answer}</small> : null}
              </li>
            ))}
          </ul>
          {page.next ? <a href={`/outbox?cursor=${encodeURIComponent(page.next)}`}>{t.next}</a> : null}
        </>
      ),
    }
  },
}

const sent: Page = {
  path: '/outbox/:id',
  access: 'staff',
  show: async (call) => {
    const t = textsIn(call.language)
    const mail = await call.ask(getOutgoingMail, { id: call.params['id'] ?? '' })
    return {
      title: mail.subject,
      body: (
        <section class="stack">
          <h1>{mail.subject}</h1>
          <p class="facts">
            <span>
              {t.recipient} {mail.to}
            </span>
            <span class={`status ${mail.status}`}>{t.mailStatus[mail.status]}</span>
          </p>
          <div class="text">{mail.text}</div>
        </section>
      ),
    }
  },
}

export const mailPages: readonly Page[] = [
  ledger('/mail/ledger', undefined),
  quarantine,
  decision('replay', replayMail),
  decision('drop', dropMail),
  outbox,
  sent,
]
