/** What the ticket is, where it stands, and the next step. */
import type { TicketDetail } from '@guichet/contracts/ticket'
import type { PageCall } from '../../page.ts'
import { Action } from '../../parts/forms.tsx'
import { Status } from '../../parts/ticket-rows.tsx'
import { When } from '../../parts/time.tsx'
import { filled } from '../../texts/texts.ts'
import { ticketTexts } from '../../texts/tickets.ts'

const STEPS = ['accept', 'resume', 'wait', 'close', 'reopen'] as const

export function Head({ call, ticket }: { call: PageCall; ticket: TicketDetail }) {
  const t = ticketTexts(call.language)
  const { number, subject, status, priority, mergedInto, linkedTo } = ticket
  return (
    <header class="ticket-head">
      <h1>
        <span class="figure">#{number}</span> {subject}
      </h1>
      <div class="actions">
        {STEPS.map((step) =>
          ticket.may.includes(step) ? (
            <Action
              key={step}
              action={`/tickets/${number}/${step}`}
              kind={step === 'accept' ? 'primary' : undefined}
            >
              {t.steps[step]}
            </Action>
          ) : null,
        )}
      </div>
      <p class="line">
        <Status status={status} language={call.language} />
        <span class={`priority ${priority}`}>
          {t.priority} : {t.priorityNames[priority]}
        </span>
        <span>
          {ticket.requester.name}
          {ticket.company ? ` · ${ticket.company.name}` : ''}
        </span>
        <When at={ticket.openedAt} language={call.language} />
      </p>
      {mergedInto ? (
        <p class="line said">
          <a href={`/tickets/${mergedInto}`}>{filled(t.mergedInto, { number: mergedInto })}</a>
        </p>
      ) : null}
      {linkedTo ? (
        <p class="line">
          <a href={`/tickets/${linkedTo}`}>{filled(t.linkedTo, { number: linkedTo })}</a>
        </p>
      ) : null}
      {status === 'archived' ? <p class="line said">{t.archived}</p> : null}
    </header>
  )
}
