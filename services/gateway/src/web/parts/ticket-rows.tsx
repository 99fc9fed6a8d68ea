/** Tickets, one a row: what they are, where they stand, since when. */
import type { TicketSummary } from '@guichet/contracts/ticket'
import type { Language } from '@guichet/contracts/values/language'
import { ticketTexts } from '../texts/tickets.ts'
import { filled } from '../texts/texts.ts'
import { When } from './time.tsx'
import { dateTime, elapsed } from './times.ts'

export function Status({ status, language }: { status: TicketSummary['status']; language: Language }) {
  return <span class={`status ${status}`}>{ticketTexts(language).statusNames[status]}</span>
}

/** `own`: a customer's list, where the requester is the reader. `me`: an agent, who sees which tickets a colleague is at. */
export function TicketRows(props: {
  tickets: readonly TicketSummary[]
  language: Language
  own: boolean
  me?: string | undefined
}) {
  const { tickets, language, own, me } = props
  const t = ticketTexts(language)
  return (
    <div class={own ? 'own' : undefined}>
      <div class="rows-head" aria-hidden="true">
        <span />
        <span>{t.number}</span>
        <span>{t.subject}</span>
        <span>{t.status}</span>
        <span>{t.priority}</span>
        {own ? null : <span>{t.requester}</span>}
        <span>{t.assignee}</span>
        <span class="when">{t.updated}</span>
      </div>
      <ul
        class="ticket-rows"
        data-controller={me === undefined ? undefined : 'queue-presence'}
        data-queue-presence-me-value={me}
        data-queue-presence-viewing-value={t.isAtIt}
        data-queue-presence-answering-value={t.isAnsweringIt}
      >
        {tickets.map((ticket) => (
          <Row key={ticket.number} ticket={ticket} language={language} own={own} shared={me !== undefined} />
        ))}
      </ul>
    </div>
  )
}

function Row(props: { ticket: TicketSummary; language: Language; own: boolean; shared: boolean }) {
  const { ticket, language, own, shared } = props
  const t = ticketTexts(language)
  const { number, subject, status, priority, requester, company, assignee, updatedAt, unread, waitsSince } =
    ticket
  return (
    <li class={unread ? 'unread' : undefined} data-row>
      <span class="unread-dot">{unread ? <span class="unseen">{t.unread}</span> : null}</span>
      <span class="figure wide-only">#{number}</span>
      <span class="subject">
        <a href={`/tickets/${number}`} data-main title={subject}>
          <span class="figure narrow-only">#{number} </span>
          {subject}
        </a>
        {shared ? <small id={`there-${number}`} class="there" data-turbo-permanent hidden /> : null}
      </span>
      <span class="facts">
        <Status status={status} language={language} />
        <span class={`priority ${priority}`}>{t.priorityNames[priority]}</span>
        {own ? null : (
          <span class="cell" title={company?.name}>
            {requester.name}
            {company ? ` · ${company.name}` : ''}
          </span>
        )}
        <span class="cell">{assignee?.name ?? '—'}</span>
      </span>
      <span class="when">
        {waitsSince ? (
          <time class="waits" datetime={waitsSince} title={dateTime(waitsSince, language)}>
            {filled(t.waitsSince, { time: elapsed(waitsSince, language) })}
          </time>
        ) : (
          <When at={updatedAt} language={language} />
        )}
      </span>
    </li>
  )
}
