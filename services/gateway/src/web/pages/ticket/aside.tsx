/** Beside the thread: the ticket's facts, its people, the time spent. */
import type { Prestation } from '@guichet/contracts/billing'
import type { Account } from '@guichet/contracts/identity'
import type { Priority, TicketDetail } from '@guichet/contracts/ticket'
import type { PageCall, Refusal } from '../../page.ts'
import { atCounter, awayUntil } from '../../parts/absence.tsx'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Action, Choice, Field } from '../../parts/forms.tsx'
import { Person } from '../../parts/person.tsx'
import { When } from '../../parts/time.tsx'
import { absenceTexts } from '../../texts/absence.ts'
import { filled } from '../../texts/texts.ts'
import { ticketTexts } from '../../texts/tickets.ts'
import { ClientCard, type Client } from './client-card.tsx'
import { TimeSpent } from './time-spent.tsx'

interface Props {
  call: PageCall
  ticket: TicketDetail
  prestations: readonly Prestation[]
  client: Client | undefined
  /** Of the house, other than the reader. */
  colleagues: readonly Account[]
  refusal: Refusal | undefined
}

export function Aside({ call, ticket, prestations, client, colleagues, refusal }: Props) {
  return (
    <aside class="aside">
      <Facts call={call} ticket={ticket} colleagues={colleagues} />
      <TimeSpent call={call} ticket={ticket} prestations={prestations} refusal={refusal} />
      {client ? <ClientCard call={call} client={client} /> : null}
      <Merge call={call} ticket={ticket} />
      <AuditLink call={call} kind="tickets" id={String(ticket.number)} />
    </aside>
  )
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[]

function Facts({ call, ticket, colleagues }: Pick<Props, 'call' | 'ticket' | 'colleagues'>) {
  const t = ticketTexts(call.language)
  const { requester, company, assignee, participants, openedAt, closedAt, number } = ticket
  const isMine = assignee?.id === call.actor?.accountId
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t.facts}</h2>
      <dl class="fact-list">
        <dt>{t.requester}</dt>
        <dd>
          <Person name={requester.name} />
        </dd>
        {company ? (
          <>
            <dt>{t.company}</dt>
            <dd>{company.name}</dd>
          </>
        ) : null}
        <dt>{t.assignee}</dt>
        <dd>
          {assignee ? <Person name={assignee.name} staff /> : t.nobody}
          <Away call={call} assignee={assignee} colleagues={colleagues} />
          {ticket.may.includes('assign') && !isMine ? (
            <>
              {' '}
              <Action action={`/tickets/${number}/assign`} fields={{ accountId: 'me' }} kind="link">
                {t.assignToMe}
              </Action>
            </>
          ) : null}
        </dd>
        {participants.length > 0 ? (
          <>
            <dt>{t.participants}</dt>
            <dd>{participants.map(({ name }) => name).join(', ')}</dd>
          </>
        ) : null}
        <dt>{t.openedOn}</dt>
        <dd>
          <When at={openedAt} language={call.language} />
        </dd>
        {closedAt ? (
          <>
            <dt>{t.closedOn}</dt>
            <dd>
              <When at={closedAt} language={call.language} />
            </dd>
          </>
        ) : null}
      </dl>
      <Assign call={call} ticket={ticket} colleagues={colleagues} />
      {ticket.may.includes('prioritise') ? (
        <form method="post" action={`/tickets/${number}/priority`} class="row spaced">
          <Choice
            name="priority"
            label={t.priority}
            options={Object.fromEntries(PRIORITIES.map((each) => [each, t.priorityNames[each]]))}
            value={ticket.priority}
          />
          <button>{t.change}</button>
        </form>
      ) : null}
    </section>
  )
}

/** That the one who has the ticket is away, and who answers instead. */
function Away(props: Pick<Props, 'call' | 'colleagues'> & { assignee: TicketDetail['assignee'] }) {
  const { call, assignee, colleagues } = props
  const away = colleagues.find(({ id }) => id === assignee?.id)
  const until = away && awayUntil(away, call.language)
  if (!away || until === undefined) return null
  const deputyId = away.absence?.deputyId
  const deputy =
    deputyId === call.actor?.accountId ? call.actor : colleagues.find(({ id }) => id === deputyId)
  return (
    <small class="block quiet-text">
      {until}
      {deputy ? ` · ${filled(absenceTexts(call.language).replacedBy, { name: deputy.name })}` : null}
    </small>
  )
}

/** To a colleague at the counter; to oneself there is a link of its own. */
function Assign({ call, ticket, colleagues }: Pick<Props, 'call' | 'ticket' | 'colleagues'>) {
  const t = ticketTexts(call.language)
  const others = colleagues.filter((each) => atCounter(each) && each.id !== ticket.assignee?.id)
  if (!ticket.may.includes('assign') || others.length === 0) return null
  const named = others.map((each) => [
    each.id,
    [each.name, awayUntil(each, call.language)].filter(Boolean).join(' · '),
  ])
  return (
    <form method="post" action={`/tickets/${ticket.number}/assign`} class="row spaced">
      <Choice name="accountId" label={t.assignTo} options={Object.fromEntries(named)} />
      <button>{t.assign}</button>
    </form>
  )
}

function Merge({ call, ticket }: { call: PageCall; ticket: TicketDetail }) {
  if (!ticket.may.includes('merge')) return null
  const t = ticketTexts(call.language)
  return (
    <details class="folded">
      <summary>{t.merge}</summary>
      <form method="post" action={`/tickets/${ticket.number}/merge`} class="stacked spaced">
        <Field name="into" label={t.mergeInto} inputmode="numeric" hint={t.mergeHint} />
        <button>{t.merge}</button>
      </form>
    </details>
  )
}
