/** Tickets by view, and the form for a new one. */
import { isStaff } from '@guichet/access'
import { listTickets, openTicket, type Priority, type TicketSummary } from '@guichet/contracts/ticket'
import type { Page, PageCall } from '../page.ts'
import { Choice, Fault, Field } from '../parts/forms.tsx'
import { dateTime } from '../parts/times.ts'
import { filled, textsIn } from '../texts/texts.ts'

const VIEWS = ['open', 'recent', 'archive'] as const
type View = (typeof VIEWS)[number]
const viewOf = (given: string | undefined): View => VIEWS.find((view) => view === given) ?? 'open'

const list: Page = {
  path: '/tickets',
  access: 'signed-in',
  show: async (call) => {
    const t = textsIn(call.language)
    const view = viewOf(call.query['view'])
    const q = call.query['q'] || undefined
    const page = await call.ask(listTickets, { view: q ? undefined : view, q, cursor: call.query['cursor'] })
    const names = { open: t.openTickets, recent: t.recentTickets, archive: t.archivedTickets }
    return {
      title: names[view],
      body: (
        <>
          <header class="bar">
            <h1>{t.serviceDesk}</h1>
            <form method="get" role="search" class="search">
              <label class="unseen" for="q">
                {t.search}
              </label>
              <input id="q" name="q" type="search" value={q} placeholder={t.search} />
            </form>
            <a class="button" href="/tickets/new">
              {t.newTicket}
            </a>
          </header>
          <nav class="tabs" aria-label={t.serviceDesk}>
            {VIEWS.map((each) => (
              <a
                key={each}
                href={`/tickets?view=${each}`}
                aria-current={!q && each === view ? 'page' : undefined}
              >
                {names[each]}
              </a>
            ))}
          </nav>
          {page.items.length === 0 ? <Empty call={call} /> : <Table call={call} tickets={page.items} />}
          {page.next ? <a href={nextPage(call, page.next)}>{t.next}</a> : null}
        </>
      ),
    }
  },
}

function nextPage({ query }: PageCall, cursor: string): string {
  return `/tickets?${new URLSearchParams({ ...query, cursor }).toString()}`
}

function Empty({ call }: { call: PageCall }) {
  const t = textsIn(call.language)
  return (
    <div class="empty">
      <p>{t.nothing}</p>
      <p class="hint">{filled(t.nothingNext, { support: call.supportAddress })}</p>
    </div>
  )
}

function Table({ call, tickets }: { call: PageCall; tickets: readonly TicketSummary[] }) {
  const t = textsIn(call.language)
  const staff = call.actor !== undefined && isStaff(call.actor)
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.subject}</th>
            <th scope="col">{t.status}</th>
            <th scope="col">{t.priority}</th>
            {staff ? <th scope="col">{t.requester}</th> : null}
            <th scope="col">{t.assignee}</th>
            <th scope="col">{t.updated}</th>
          </tr>
        </thead>
        <tbody>
          {tickets.map((ticket) => (
            <tr key={ticket.number} class={ticket.unread ? 'unread' : undefined}>
              <td class="figure">#{ticket.number}</td>
              <td>
                <a href={`/tickets/${ticket.number}`}>{ticket.subject}</a>
              </td>
              <td>
                <span class={`status ${ticket.status}`}>{t.statusNames[ticket.status]}</span>
              </td>
              <td class={`priority ${ticket.priority}`}>{t.priorityNames[ticket.priority]}</td>
              {staff ? (
                <td>
                  {ticket.requester.name}
                  {ticket.company ? <small class="hint"> · {ticket.company.name}</small> : null}
                </td>
              ) : null}
              <td>{ticket.assignee?.name ?? '—'}</td>
              <td class="figure">{dateTime(ticket.updatedAt, call.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const satisfies readonly Priority[]

const newTicket: Page = {
  path: '/tickets/new',
  access: 'signed-in',
  show: (call, refusal) => {
    const t = textsIn(call.language)
    return Promise.resolve({
      title: t.newTicket,
      body: (
        <section class="card wide">
          <h1>{t.newTicket}</h1>
          <Fault refusal={refusal} />
          <form method="post" enctype="multipart/form-data">
            <Field name="subject" label={t.subject} refusal={refusal} />
            <Field name="description" label={t.description} type="textarea" refusal={refusal} />
            <p class="field">
              <label for="files">{t.attachFile}</label>
              <input id="files" name="files" type="file" multiple />
            </p>
            <Choice
              name="priority"
              label={t.priority}
              options={t.priorityNames}
              value="normal"
              refusal={refusal}
            />
            <button>{t.ok}</button> <a href="/tickets">{t.cancel}</a>
          </form>
        </section>
      ),
    })
  },
  act: async ({ ask, form, files }) => {
    const ticket = await ask(openTicket, {
      subject: form['subject'] ?? '',
      description: form['description'] ?? '',
      priority: PRIORITIES.find((priority) => priority === form['priority']),
      attachments: files,
    })
    return { redirect: `/tickets/${ticket.number}` }
  },
}

export const ticketListPages: readonly Page[] = [list, newTicket]
