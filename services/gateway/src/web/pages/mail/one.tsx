/** One received mail: what became of it and why; here a person overrules, or registers who wrote. */
import { inviteAccount, listCompanies, type Company } from '@guichet/contracts/identity'
import {
  dropMail,
  getLedgerRow,
  openTicketFromMail,
  replayMail,
  replaySender,
  type LedgerRow,
} from '@guichet/contracts/mail'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Action, Choice, Fault, Field } from '../../parts/forms.tsx'
import { dateTime } from '../../parts/times.ts'
import { mailFilterTexts } from '../../texts/mail-filter.ts'
import { mailTexts } from '../../texts/mail.ts'
import { filled } from '../../texts/texts.ts'

const idOf = ({ params }: PageCall) => params['id'] ?? ''

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = mailTexts(call.language)
  const row = await call.ask(getLedgerRow, { id: idOf(call), language: call.language })
  const companies = row.outcome === 'quarantined' ? (await call.ask(listCompanies, { limit: 100 })).items : []
  const open = row.outcome === 'quarantined' || row.outcome === 'dropped'
  return {
    title: row.subject || t.noSubject,
    layout: 'card',
    live: 'mail',
    body: (
      <>
        <header class="page-head">
          <h1>{row.subject || t.noSubject}</h1>
          <span class={`status ${row.outcome}`}>{t.outcomes[row.outcome]}</span>
        </header>
        <Fault refusal={refusal} />
        {row.reason ? <p class="said">{row.reason}</p> : null}
        <Facts call={call} row={row} />
        <p class="actions section">
          {/* Chromium shows a mail as what it is: a file, never a page of ours. */}
          <a class="button" href={`/api/v1/mail/${row.id}/raw`} data-turbo="false">
            {t.original}
          </a>
          {open ? (
            <>
              <Action action={`/mail/${row.id}/replay`}>{t.replay}</Action>
              <Action action={`/mail/${row.id}/ticket`}>{t.openTicket}</Action>
            </>
          ) : null}
          {row.outcome === 'quarantined' ? (
            <Action action={`/mail/${row.id}/drop`} kind="danger">
              {t.drop}
            </Action>
          ) : null}
        </p>
        {row.outcome === 'quarantined' && row.from ? (
          <Register call={call} row={row} address={row.from} companies={companies} refusal={refusal} />
        ) : null}
        {row.from ? (
          <p>
            <a href={`/mail/ledger?${new URLSearchParams({ sender: row.from })}`}>
              {filled(mailFilterTexts(call.language).ofSender, { address: row.from })}
            </a>
          </p>
        ) : null}
        <AuditLink call={call} kind="received-mails" id={row.id} />
      </>
    ),
  }
}

function Facts({ call, row }: { call: PageCall; row: LedgerRow }) {
  const t = mailTexts(call.language)
  return (
    <dl class="fact-list section">
      <dt>{t.from}</dt>
      <dd>{row.from ?? t.nobody}</dd>
      <dt>{t.to}</dt>
      <dd>{row.to.join(', ')}</dd>
      <dt>{t.receivedAt}</dt>
      <dd>{dateTime(row.receivedAt, call.language)}</dd>
      {row.ticket === null ? null : (
        <>
          <dt>{t.ticket}</dt>
          <dd>
            <a href={`/tickets/${row.ticket}`}>#{row.ticket}</a>
          </dd>
        </>
      )}
      {row.messageId ? (
        <>
          <dt>Message-ID</dt>
          <dd class="figure breaks">{row.messageId}</dd>
        </>
      ) : null}
    </dl>
  )
}

function Register(props: {
  call: PageCall
  companies: readonly Company[]
  row: LedgerRow
  address: string
  refusal: Refusal | undefined
}) {
  const { call, row, address, companies, refusal } = props
  const t = mailTexts(call.language)
  return (
    <section class="section" aria-labelledby="register">
      <h2 id="register">{t.register}</h2>
      <p class="hint">{filled(t.registerHint, { address })}</p>
      <form method="post" action={`/mail/${row.id}/register`} class="stacked spaced">
        <Choice
          name="companyId"
          label={t.company}
          options={Object.fromEntries(companies.map(({ id, name }) => [id, name]))}
          refusal={refusal}
        />
        <Field name="name" label={t.name} refusal={refusal} />
        <p>
          <button>{t.register}</button>
        </p>
      </form>
    </section>
  )
}

type DoneKey = 'replayed' | 'ticketed' | 'dropped'

function decision(path: string, act: (call: PageCall, id: string) => Promise<unknown>, key: DoneKey): Page {
  return {
    path: `/mail/:id/${path}`,
    access: 'staff',
    show,
    act: async (call) => {
      await act(call, idOf(call))
      return {
        redirect: `/mail/${idOf(call)}`,
        done: { text: filled(mailTexts(call.language).done[key], { n: 1 }) },
      }
    },
  }
}

export const oneMailPages: readonly Page[] = [
  { path: '/mail/:id', access: 'staff', show },
  decision('replay', ({ ask, language }, id) => ask(replayMail, { id, language }), 'replayed'),
  decision('ticket', ({ ask, language }, id) => ask(openTicketFromMail, { id, language }), 'ticketed'),
  decision('drop', ({ ask, language }, id) => ask(dropMail, { id, language }), 'dropped'),
  {
    path: '/mail/:id/register',
    access: 'staff',
    show,
    // Registered first, replayed after: cut off in between, the mails wait and are replayed by hand.
    act: async (call) => {
      const { ask, form, language } = call
      const { from } = await ask(getLedgerRow, { id: idOf(call), language })
      await ask(inviteAccount, {
        companyId: form['companyId'] ?? '',
        name: form['name'] ?? '',
        email: from ?? '',
        roles: ['customer'],
      })
      const { items } = await ask(replaySender, { address: from ?? '', language })
      const text = filled(mailTexts(language).done.registered, { n: items.length })
      return { redirect: `/mail/${idOf(call)}`, done: { text } }
    },
  },
]
