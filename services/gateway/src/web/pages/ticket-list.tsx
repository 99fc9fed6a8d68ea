/** Tickets by view, or by a search over all of them. Staff begin at the queue: who waits longest is on top. */
import { isStaff } from '@guichet/access'
import { getCompany, listAccounts, type Account } from '@guichet/contracts/identity'
import { listSavedFilters, removeSavedFilter, saveFilter } from '@guichet/contracts/saved-filters'
import { COUNTED_TICKETS, countQueue, listTickets } from '@guichet/contracts/ticket'
import { askWhereAllowed } from '../ask-where-allowed.ts'
import type { Page, PageCall } from '../page.ts'
import { AbsenceNotices } from '../parts/absence.tsx'
import { EmptyState } from '../parts/empty-state.tsx'
import { TicketFilters } from '../parts/ticket-filters.tsx'
import { TicketRows } from '../parts/ticket-rows.tsx'
import { filterTexts } from '../texts/filters.ts'
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

const saysWhose = (view: View): boolean => 'assignee' in QUEUE[view]

/** A page of tickets as the address says it: view, search, company. Every filter is a link that can be sent on. */
async function ticketsOf(call: PageCall, view: View, staff: boolean) {
  const q = call.query['q']?.trim() || undefined
  const asked = staff ? QUEUE[view] : { view: view as (typeof OWN_VIEWS)[number] }
  const company = staff ? call.query['company'] || undefined : undefined
  // A view that says whose tickets it shows is not asked for somebody else's.
  const assignee = (staff && call.query['assignee']) || undefined
  const narrowed = { ...(assignee ? { assignee } : {}), ...(q ? { q } : asked), company }
  return await call.ask(listTickets, { ...narrowed, cursor: call.query['cursor'] })
}

/** Identity away, the queue is shown all the same. */
async function houseOf(call: PageCall): Promise<Account[]> {
  return (await askWhereAllowed(call, listAccounts, { companyId: null, limit: 100 }))?.items ?? []
}

const list: Page = {
  path: '/tickets',
  access: 'signed-in',
  show: async (call, refusal) => {
    const t = ticketTexts(call.language)
    const staff = call.actor !== undefined && isStaff(call.actor)
    const views = staff ? STAFF_VIEWS : OWN_VIEWS
    const view = views.find((each) => each === call.query['view']) ?? 'open'
    const q = call.query['q']?.trim() || undefined
    const company = staff ? call.query['company'] || undefined : undefined
    const [page, counts, companyName, colleagues, saved] = await Promise.all([
      ticketsOf(call, view, staff),
      staff ? call.ask(countQueue, {}) : undefined,
      company ? call.ask(getCompany, { id: company }).then(({ name }) => name) : undefined,
      staff ? houseOf(call) : [],
      staff ? call.ask(listSavedFilters, {}).then(({ items }) => items) : [],
    ])
    const assignee = saysWhose(view) ? undefined : colleagues.find(({ id }) => id === call.query['assignee'])
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
                href={addressOf(each, { company, assignee: saysWhose(each) ? undefined : assignee?.id })}
                aria-current={!q && each === view ? 'page' : undefined}
              >
                {names[each as keyof typeof names]}
                <Count counts={counts} view={each} />
              </a>
            ))}
          </nav>
          {staff ? (
            <TicketFilters call={call} saved={saved} colleagues={colleagues} refusal={refusal} />
          ) : null}
          {companyName ? <Chosen call={call} part="company" name={companyName} /> : null}
          {assignee ? <Chosen call={call} part="assignee" name={assignee.name} /> : null}
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

interface Narrowed {
  company?: string | undefined
  assignee?: string | undefined
}

function addressOf(view: View, { company, assignee }: Narrowed = {}): string {
  const query = new URLSearchParams({
    ...(view === 'open' ? {} : { view }),
    ...(assignee ? { assignee } : {}),
    ...(company ? { company } : {}),
  }).toString()
  return query === '' ? '/tickets' : `/tickets?${query}`
}

/** One thing that the list is narrowed by; the cross widens it again. */
function Chosen({ call, part, name }: { call: PageCall; part: 'company' | 'assignee'; name: string }) {
  const { cursor: _from, [part]: _without, ...others } = call.query
  const query = new URLSearchParams(others).toString()
  return (
    <p class="chosen">
      <span>{name}</span>
      <a
        href={query === '' ? '/tickets' : `/tickets?${query}`}
        aria-label={filled(ticketTexts(call.language).withoutFilter, { name })}
      >
        ×
      </a>
    </p>
  )
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

const keep: Page = {
  ...list,
  path: '/tickets/filters',
  act: async ({ ask, form, language }) => {
    const { name = '', query = '' } = form
    const filter = await ask(saveFilter, { name, query })
    return {
      redirect: `/tickets?${filter.query}`,
      done: { text: filled(filterTexts(language).saved, { name: filter.name }) },
    }
  },
}

const forget: Page = {
  ...list,
  path: '/tickets/filters/remove',
  act: async ({ ask, form, language }) => {
    await ask(removeSavedFilter, { id: form['id'] ?? '' })
    return { redirect: '/tickets', done: { text: filterTexts(language).removed } }
  },
}

export const ticketListPages: readonly Page[] = [list, keep, forget]
