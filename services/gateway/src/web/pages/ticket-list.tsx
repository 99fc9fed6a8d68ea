/** Tickets by view, or by a search over all of them. Staff begin at the queue: who waits longest is on top. */
import { isStaff } from '@guichet/access'
import { getCompany, listAccounts, type Account } from '@guichet/contracts/identity'
import { COUNTED_TICKETS, countQueue, listTickets } from '@guichet/contracts/ticket'
import { askWhereAllowed } from '../ask-where-allowed.ts'
import type { Page, PageCall } from '../page.ts'
import { AbsenceNotices } from '../parts/absence.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TicketRows } from '../parts/ticket-rows.tsx'
import { filled } from '../texts/texts.ts'
import { ticketTexts } from '../texts/tickets.ts'

const OWN_VIEWS = ['open', 'recent', 'archive'] as const
/** What each part of the queue asks for. `open` is what staff see first. */
const QUEUE = {
  open: { view: 'open', sort: 'waiting' },
  new: { view: 'open', status: 'new', sort: 'waiting' },
  mine: { view: 'open', assignee: 'me', sort: 'waiting' },
  unassigned: { view: 'open', assignee: 'none', sort: 'waiting' },
  waiting: { view: 'open', status: 'waiting', sort: 'waiting' },
  recent: { view: 'recent' },
  archive: { view: 'archive' },
} as const
type View = keyof typeof QUEUE
const STAFF_VIEWS = Object.keys(QUEUE) as View[]

/** A page of tickets as the address says it: view, search, company. Every filter is a link that can be sent on. */
async function ticketsOf(call: PageCall, view: View, staff: boolean) {
  const q = call.query['q']?.trim() || undefined
  const asked = staff ? QUEUE[view] : { view: view as (typeof OWN_VIEWS)[number] }
  const company = staff ? call.query['company'] || undefined : undefined
  return await call.ask(listTickets, { ...(q ? { q } : asked), company, cursor: call.query['cursor'] })
}

/** Identity away, the queue is shown all the same. */
async function houseOf(call: PageCall): Promise<Account[]> {
  return (await askWhereAllowed(call, listAccounts, { companyId: null, limit: 100 }))?.items ?? []
}

const list: Page = {
  path: '/tickets',
  access: 'signed-in',
  show: async (call) => {
    const t = ticketTexts(call.language)
    const staff = call.actor !== undefined && isStaff(call.actor)
    const views = staff ? STAFF_VIEWS : OWN_VIEWS
    const view = views.find((each) => each === call.query['view']) ?? 'open'
    const q = call.query['q']?.trim() || undefined
    const company = staff ? call.query['company'] || undefined : undefined
    const [page, counts, companyName, colleagues] = await Promise.all([
      ticketsOf(call, view, staff),
      staff ? call.ask(countQueue, {}) : undefined,
      company ? call.ask(getCompany, { id: company }).then(({ name }) => name) : undefined,
      staff ? houseOf(call) : [],
    ])
    const names = staff ? t.queue : t.views
    return {
      title: q ? filled(t.found, { q }) : (names[view as keyof typeof names] ?? t.serviceDesk),
      layout: 'list',
      live: 'ticket',
      body: (
        <>
          <header class="page-head">
            <h1>{q ? filled(t.found, { q }) : t.serviceDesk}</h1>
          </header>
          <AbsenceNotices call={call} staff={colleagues} />
          <nav class="views" aria-label={t.serviceDesk}>
            {views.map((each) => (
              <a
                key={each}
                href={addressOf(each, company)}
                aria-current={!q && each === view ? 'page' : undefined}
              >
                {names[each as keyof typeof names]}
                <Count counts={counts} view={each} />
              </a>
            ))}
          </nav>
          {companyName ? (
            <p class="chosen">
              <span>{companyName}</span>
              <a href={addressOf(view)} aria-label={filled(t.withoutFilter, { name: companyName })}>
                ×
              </a>
            </p>
          ) : null}
          {page.items.length === 0 ? (
            <Empty call={call} view={q ? 'search' : view} />
          ) : (
            <TicketRows
              tickets={page.items}
              language={call.language}
              own={!staff}
              me={staff ? call.actor?.accountId : undefined}
            />
          )}
          {page.next ? (
            <p class="paging">
              <a class="button" href={nextPage(call, page.next)}>
                {view in QUEUE && staff && !q ? t.further : t.more}
              </a>
            </p>
          ) : null}
        </>
      ),
    }
  },
}

function Count({ counts, view }: { counts: Record<string, number> | undefined; view: View }) {
  const count = counts?.[view]
  if (count === undefined) return null
  return <span class="count">{count < COUNTED_TICKETS ? count : `${COUNTED_TICKETS - 1}+`}</span>
}

function addressOf(view: View, company?: string): string {
  const query = new URLSearchParams({
    ...(view === 'open' ? {} : { view }),
    ...(company ? { company } : {}),
  }).toString()
  return query === '' ? '/tickets' : `/tickets?${query}`
}

function nextPage({ query }: PageCall, cursor: string): string {
  return `/tickets?${new URLSearchParams({ ...query, cursor }).toString()}`
}

function Empty({ call, view }: { call: PageCall; view: View | 'search' }) {
  const t = ticketTexts(call.language)
  const staff = call.actor !== undefined && isStaff(call.actor)
  const ofQueue = staff && view !== 'search' && view !== 'recent' && view !== 'archive'
  const text = ofQueue ? t.queueEmpty[view] : t.empty[view as keyof typeof t.empty]
  return (
    <EmptyState title={t.empty.title} text={filled(text, { support: call.supportAddress })}>
      {view === 'open' ? (
        <a class="button primary" href="/tickets/new" data-turbo-frame="panel">
          {t.newTicket}
        </a>
      ) : null}
    </EmptyState>
  )
}

export const ticketListPages: readonly Page[] = [list]
