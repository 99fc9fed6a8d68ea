/** Tickets by view, or by a search over all of them. */
import { isStaff } from '@guichet/access'
import { listTickets } from '@guichet/contracts/ticket'
import type { Page, PageCall } from '../page.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { TicketRows } from '../parts/ticket-rows.tsx'
import { filled } from '../texts/texts.ts'
import { ticketTexts } from '../texts/tickets.ts'

const VIEWS = ['open', 'recent', 'archive'] as const
type View = (typeof VIEWS)[number]
const viewOf = (given: string | undefined): View => VIEWS.find((view) => view === given) ?? 'open'

const list: Page = {
  path: '/tickets',
  access: 'signed-in',
  show: async (call) => {
    const t = ticketTexts(call.language)
    const view = viewOf(call.query['view'])
    const q = call.query['q']?.trim() || undefined
    const page = await call.ask(listTickets, { view: q ? undefined : view, q, cursor: call.query['cursor'] })
    const own = !call.actor || !isStaff(call.actor)
    return {
      title: q ? filled(t.found, { q }) : t.views[view],
      layout: 'list',
      live: 'ticket',
      body: (
        <>
          <header class="page-head">
            <h1>{q ? filled(t.found, { q }) : t.serviceDesk}</h1>
          </header>
          <nav class="views" aria-label={t.serviceDesk}>
            {VIEWS.map((each) => (
              <a
                key={each}
                href={each === 'open' ? '/tickets' : `/tickets?view=${each}`}
                aria-current={!q && each === view ? 'page' : undefined}
              >
                {t.views[each]}
              </a>
            ))}
          </nav>
          {page.items.length === 0 ? (
            <Empty call={call} view={q ? 'search' : view} />
          ) : (
            <TicketRows tickets={page.items} language={call.language} own={own} />
          )}
          {page.next ? (
            <p class="paging">
              <a class="button" href={nextPage(call, page.next)}>
                {t.more}
              </a>
            </p>
          ) : null}
        </>
      ),
    }
  },
}

function nextPage({ query }: PageCall, cursor: string): string {
  return `/tickets?${new URLSearchParams({ ...query, cursor }).toString()}`
}

function Empty({ call, view }: { call: PageCall; view: View | 'search' }) {
  const t = ticketTexts(call.language)
  return (
    <EmptyState title={t.empty.title} text={filled(t.empty[view], { support: call.supportAddress })}>
      {view === 'open' ? (
        <a class="button primary" href="/tickets/new" data-turbo-frame="panel">
          {t.newTicket}
        </a>
      ) : null}
    </EmptyState>
  )
}

export const ticketListPages: readonly Page[] = [list]
