/** Lists of tickets: the narrowest index first, what it does not say is looked at ticket by ticket. */
import { isManagerOf, isStaff } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { listTickets } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { IndexKey, Page, Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import type { TicketState } from '../domain/ticket.ts'
import { summariesOf } from './summary.ts'
import { viewOf, type View } from './ticket-keys.ts'

type Query = InputOf<typeof listTickets>
type Fits = (state: TicketState) => boolean

const VIEWS: readonly View[] = ['open', 'recent', 'archive']
/** Documents looked at for one page at the most; then the page is short and `next` goes on. */
const MOST_LOOKED_AT = 2000

export async function answerListTickets(
  context: Context,
  query: Query,
  actor: AccountActor,
): Promise<OutputOf<typeof listTickets>> {
  const filters = await filtersFor(context, query, actor)
  const page = await pageOf(context, query, filters, isStaff(actor))
  return { items: await summariesOf(context, page.items, actor), next: page.next }
}

async function pageOf(context: Context, query: Query, filters: Filters, staff: boolean) {
  if (query.q?.trim()) return await searched(context, query, query.q, filters)
  // Whom support lets wait is not a customer's to know: their lists are in the usual order.
  if (query.sort === 'waiting' && staff) return await queued(context, query, filters)
  return await indexed(context, query, filters)
}

/** Of tickets not closed; status first, because a status leaves fewer than an assignee's all. */
async function queued(context: Context, query: Query, filters: Filters): Promise<Page<TicketState>> {
  const { limit = 50 } = query
  const { status, assignee } = filters
  const key: IndexKey = status ? ['status', status] : assignee ? ['assignee', assignee] : ['all']
  const fits = fitsAll(filters)
  const items: Stored<TicketState>[] = []
  let cursor = query.cursor
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const page = await context.collections.tickets.find({
      index: 'queue',
      key,
      order: 'asc',
      limit: limit - items.length,
      cursor,
    })
    looked += page.items.length
    items.push(...page.items.filter(({ value }) => fits(value)))
    if (page.next === null) return { items, next: null }
    cursor = page.next
    if (items.length >= limit) break
  }
  return { items, next: cursor ?? null }
}

interface Filters {
  view: View | undefined
  status: TicketState['status'] | undefined
  assignee: string | undefined
  company: string | undefined
  /** Only tickets of this person: everyone but staff, and managers where the company allows it. */
  person: string | undefined
}

async function filtersFor({ facts }: Context, query: Query, actor: AccountActor): Promise<Filters> {
  const { view, status } = query
  const assignee = query.assignee === 'me' ? actor.accountId : query.assignee
  const filters = {
    view: view ?? (status && viewOf({ status })),
    status,
    assignee,
    company: query.company,
    person: undefined,
  }
  if (isStaff(actor)) return filters
  const { companyId } = actor
  const sees =
    companyId !== null &&
    isManagerOf(actor, companyId) &&
    (await facts.freshCompany(companyId))?.managersSeeAll
  // A manager's list is the company's; everybody else's own, whatever company they ask for.
  return sees && companyId !== null
    ? { ...filters, company: companyId }
    : { ...filters, person: actor.accountId }
}

function fitsAll({ view, status, assignee, company, person }: Filters): Fits {
  return (state) =>
    (view === undefined || viewOf(state) === view) &&
    (status === undefined || state.status === status) &&
    (assignee === undefined || (state.assigneeId ?? 'none') === assignee) &&
    (company === undefined || state.companyId === company) &&
    (person === undefined || state.requesterId === person || state.participantIds.includes(person))
}

/** The key that leaves the fewest to look at. Person, company and assignee are listed by view. */
function keyFor(filters: Filters, view: View | undefined): IndexKey {
  const { status, assignee, company, person } = filters
  if (view !== undefined) {
    if (person !== undefined) return ['person', view, person]
    if (company !== undefined) return ['company', view, company]
    if (assignee !== undefined) return ['assignee', view, assignee]
    return ['view', view]
  }
  return status === undefined ? ['all'] : ['status', status]
}

async function indexed(context: Context, query: Query, filters: Filters): Promise<Page<TicketState>> {
  const { limit = 50, sort = 'updatedAt' } = query
  const narrow = filters.person ?? filters.company ?? filters.assignee
  // Without a view, those that are listed by view are read view after view: open first, as people look for them.
  const views = filters.view === undefined && narrow !== undefined ? VIEWS : [filters.view]
  const order = sort.startsWith('-') ? ('asc' as const) : ('desc' as const)
  const plain =
    filters.view === 'open' &&
    filters.status !== undefined &&
    narrow === undefined &&
    sort.endsWith('updatedAt')
  const fits = fitsAll(filters)
  const items: Stored<TicketState>[] = []
  let [viewIndex, cursor] = startOf(query.cursor)
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const view = views[viewIndex]
    const key: IndexKey = plain && filters.status ? ['status', filters.status] : keyFor(filters, view)
    const index = sort.endsWith('openedAt') ? ('opened' as const) : ('updated' as const)
    const page = await context.collections.tickets.find({
      index,
      key,
      order,
      limit: limit - items.length,
      cursor,
    })
    looked += page.items.length
    items.push(...page.items.filter(({ value }) => fits(value)))
    cursor = page.next ?? undefined
    if (cursor === undefined) viewIndex += 1
    if (viewIndex >= views.length) return { items, next: null }
    if (items.length >= limit) break
  }
  return { items, next: `${viewIndex}.${cursor ?? ''}` }
}

function startOf(cursor: string | undefined): [view: number, cursor: string | undefined] {
  const match = /^([0-2])\.(.*)$/.exec(cursor ?? '')
  return match ? [Number(match[1]), match[2] || undefined] : [0, cursor]
}

async function searched(
  context: Context,
  query: Query,
  text: string,
  filters: Filters,
): Promise<Page<TicketState>> {
  const tags = [
    'all',
    ...(filters.view === undefined ? [] : [`view:${filters.view}`]),
    ...(filters.status === undefined ? [] : [`status:${filters.status}`]),
    ...(filters.assignee === undefined ? [] : [`assignee:${filters.assignee}`]),
    ...(filters.company === undefined ? [] : [`company:${filters.company}`]),
    ...(filters.person === undefined ? [] : [`person:${filters.person}`]),
  ]
  return await context.collections.tickets.search({ text, tags, limit: query.limit, cursor: query.cursor })
}
