/** What the service sends: to whom, how far it is, and the server's words where it was refused. */
import { getOutgoingMail, listOutbox, resendMail, type OutgoingMail } from '@guichet/contracts/mail'
import type { Page, PageCall } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Action, Fault } from '../../parts/forms.tsx'
import { When } from '../../parts/time.tsx'
import { mailTexts } from '../../texts/mail.ts'
import { MailTabs } from './ledger.tsx'

const outbox: Page = {
  path: '/outbox',
  access: 'staff',
  show: async (call) => {
    const t = mailTexts(call.language)
    const { items, next } = await call.ask(listOutbox, { cursor: call.query['cursor'] })
    return {
      title: t.outbox,
      layout: 'list',
      live: 'mail',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
          </header>
          <MailTabs call={call} current="outbox" />
          {items.some(({ loginRefused }) => loginRefused) ? (
            <div class="fault-box" role="alert">
              <p>{t.loginRefused}</p>
            </div>
          ) : null}
          {items.length === 0 ? (
            <EmptyState title={t.emptyTitle} text={t.outboxEmpty} />
          ) : (
            <Rows call={call} mails={items} />
          )}
          {next ? (
            <p class="paging">
              <a class="button" href={`/outbox?cursor=${encodeURIComponent(next)}`}>
                {t.more}
              </a>
            </p>
          ) : null}
        </>
      ),
    }
  },
}

function Rows({ call, mails }: { call: PageCall; mails: readonly OutgoingMail[] }) {
  const t = mailTexts(call.language)
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{t.requestedAt}</th>
          <th scope="col">{t.to}</th>
          <th scope="col">{t.subject}</th>
          <th scope="col">{t.statusLabel}</th>
          <th scope="col">{t.ticket}</th>
        </tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <tr key={mail.id} data-row>
            <td data-label={t.requestedAt}>
              <When at={mail.requestedAt} language={call.language} />
            </td>
            <td data-label={t.to}>{mail.to}</td>
            <th scope="row" data-label={t.subject}>
              <a href={`/outbox/${mail.id}`} data-main>
                {mail.subject}
              </a>
            </th>
            <td data-label={t.statusLabel}>
              <span class={`status ${mail.status}`}>{t.status[mail.status]}</span>
              {mail.answer ? <small class="block fault">{mail.answer}</small> : null}
            </td>
            <td data-label={t.ticket}>
              {mail.ticket === null ? '—' : <a href={`/tickets/${mail.ticket}`}>#{mail.ticket}</a>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const sent: Page = {
  path: '/outbox/:id',
  access: 'staff',
  show: async (call, refusal) => {
    const t = mailTexts(call.language)
    const mail = await call.ask(getOutgoingMail, { id: call.params['id'] ?? '' })
    return {
      title: mail.subject,
      layout: 'card',
      body: (
        <>
          <header class="page-head">
            <h1>{mail.subject}</h1>
            <span class={`status ${mail.status}`}>{t.status[mail.status]}</span>
          </header>
          <Fault refusal={refusal} />
          <dl class="fact-list">
            <dt>{t.to}</dt>
            <dd>{mail.to}</dd>
            {mail.answer ? (
              <>
                <dt>{t.answer}</dt>
                <dd class="fault">{mail.answer}</dd>
              </>
            ) : null}
            {mail.attempts > 1 ? (
              <>
                <dt>{t.attempts}</dt>
                <dd class="figure">{mail.attempts}</dd>
              </>
            ) : null}
            {mail.ticket === null ? null : (
              <>
                <dt>{t.ticket}</dt>
                <dd>
                  <a href={`/tickets/${mail.ticket}`}>#{mail.ticket}</a>
                </dd>
              </>
            )}
          </dl>
          {mail.status === 'failed' || mail.status === 'suppressed' ? (
            <p class="section">
              <Action action={`/outbox/${mail.id}/resend`} kind="primary">
                {t.resend}
              </Action>
            </p>
          ) : null}
          <div class="text section">{mail.text}</div>
        </>
      ),
    }
  },
}

const resend: Page = {
  ...sent,
  path: '/outbox/:id/resend',
  act: async ({ ask, params, language }) => {
    const id = params['id'] ?? ''
    await ask(resendMail, { id })
    return { redirect: `/outbox/${id}`, done: { text: mailTexts(language).done.resent } }
  },
}

export const outboxPages: readonly Page[] = [outbox, sent, resend]
