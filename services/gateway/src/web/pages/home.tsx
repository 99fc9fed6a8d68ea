/**
 * A customer's synthesis: what waits for them, what is with support and where it stands, what ended lately; beside it
 * what was told last and, for those who look after it, their company's money. Staff begin at the queue.
 */
import { isBillingContactOf, isManagerOf, isStaff } from '@guichet/access'
import { listInvoices, listPacks, type InvoiceSummary, type Pack } from '@guichet/contracts/billing'
import { listNotifications } from '@guichet/contracts/notification'
import { listTickets, type TicketSummary } from '@guichet/contracts/ticket'
import { foreseeInvoice } from '@guichet/contracts/unbilled-work'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { ComponentChildren } from 'preact'
import { askWhereAllowed } from '../ask-where-allowed.ts'
import type { PageCall, Redirect, Shown } from '../page.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Status } from '../parts/ticket-rows.tsx'
import { amount, calendarDay, duration, today } from '../parts/times.ts'
import { When } from '../parts/time.tsx'
import { homeTexts } from '../texts/home.ts'
import { nextInvoiceTexts } from '../texts/next-invoice.ts'
import { filled } from '../texts/texts.ts'
import { ticketTexts } from '../texts/tickets.ts'
import { InvoiceState } from './invoices/rows.tsx'

/** More current tickets than this are a list's matter. */
const SHOWN = 20
const FEW = 4

export async function homePage(call: PageCall, actor: AccountActor): Promise<Shown | Redirect> {
  if (isStaff(actor)) return { redirect: '/tickets' }
  const t = ticketTexts(call.language)
  const own = homeTexts(call.language)
  const [{ items, next }, recent, news, money] = await Promise.all([
    call.ask(listTickets, { view: 'open', limit: SHOWN }),
    askWhereAllowed(call, listTickets, { view: 'recent', limit: FEW }),
    askWhereAllowed(call, listNotifications, { limit: FEW }),
    moneyOf(call, actor),
  ])
  const forYou = items.filter(({ unread }) => unread)
  const withUs = items.filter(({ unread }) => !unread)
  return {
    title: t.home.current,
    layout: 'ticket',
    live: 'ticket notification invoice',
    body: (
      <>
        <header class="ticket-head">
          <h1>{filled(t.home.hello, { name: actor.name.split(' ')[0] ?? actor.name })}</h1>
          <p class="line">
            <span>
              {items.length === 0 ? own.nothingOpen : synthesis(call, forYou.length, withUs.length)}
            </span>
          </p>
        </header>
        <section class="thread">
          {items.length === 0 ? (
            <EmptyState title={t.empty.title} text={filled(t.empty.open, { support: call.supportAddress })}>
              <a class="button primary" href="/tickets/new" data-turbo-frame="panel">
                {t.newTicket}
              </a>
            </EmptyState>
          ) : (
            <>
              <Tickets id="waiting" title={t.home.waiting} call={call} tickets={forYou}>
                {forYou.length === 0 ? t.home.nothingWaiting : null}
              </Tickets>
              {withUs.length > 0 ? (
                <Tickets id="current" title={t.home.current} call={call} tickets={withUs} />
              ) : null}
              {next ? (
                <p class="paging">
                  <a class="button" href="/tickets">
                    {t.home.all}
                  </a>
                </p>
              ) : null}
            </>
          )}
          {recent && recent.items.length > 0 ? (
            <Tickets id="closed" title={own.closed} call={call} tickets={recent.items.map(read)}>
              {own.closedHint}
            </Tickets>
          ) : null}
        </section>
        <aside class="aside">
          <News call={call} news={news?.items ?? []} />
          <Money call={call} {...money} />
        </aside>
      </>
    ),
  }
}

function synthesis(call: PageCall, forYou: number, withUs: number): string {
  const t = homeTexts(call.language)
  const parts = [
    forYou === 1 ? t.oneForYou : forYou > 1 ? filled(t.forYou, { n: forYou }) : t.noneForYou,
    withUs === 1 ? t.oneWithUs : withUs > 1 ? filled(t.withUs, { n: withUs }) : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

/** Each with what it means for its reader: who is at it, not only what its status is called. */
function Tickets(props: {
  id: string
  title: string
  call: PageCall
  tickets: readonly TicketSummary[]
  children?: ComponentChildren
}) {
  const { id, title, call, tickets, children } = props
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children ? <p class="quiet-text">{children}</p> : null}
      <ul class="feed">
        {tickets.map((ticket) => (
          <li key={ticket.number} class={ticket.unread ? 'unread' : undefined} data-row>
            <span class="unread-dot">
              {ticket.unread ? <span class="unseen">{ticketTexts(call.language).unread}</span> : null}
            </span>
            <span class="what">
              <a href={`/tickets/${ticket.number}`} data-main>
                <span class="figure quiet-text">#{ticket.number}</span> {ticket.subject}
              </a>
              <small class="block quiet-text">{standing(ticket, call)}</small>
            </span>
            <span class="at-end">
              <Status status={ticket.status} language={call.language} />
              <small class="block quiet-text">
                <When at={ticket.updatedAt} language={call.language} />
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What ended is no news, read or not. */
const read = (ticket: TicketSummary): TicketSummary => ({ ...ticket, unread: false })

function standing({ status, assignee, unread }: TicketSummary, call: PageCall): string {
  const t = homeTexts(call.language)
  const who = assignee?.name ?? t.support
  if (status === 'closed' || status === 'archived') return filled(t.standing.closed, { who })
  if (unread) return filled(t.standing.unread, { who })
  return filled(t.standing[status], { who })
}

function News({
  call,
  news,
}: {
  call: PageCall
  news: readonly { id: string; text: string; link: string; at: string }[]
}) {
  const t = homeTexts(call.language)
  if (news.length === 0) return null
  return (
    <section aria-labelledby="news">
      <h2 id="news">{t.news}</h2>
      <ul class="time-list">
        {news.map(({ id, text, link, at }) => (
          <li key={id}>
            <a href={link}>{text}</a>
            <small class="quiet-text">
              <When at={at} language={call.language} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface MoneyFacts {
  /** Excl. VAT; undefined where there is nothing, or the contract does not show it. */
  soFar?: string | undefined
  invoices: readonly InvoiceSummary[]
  packs: readonly Pack[]
}

async function moneyOf(call: PageCall, actor: AccountActor): Promise<MoneyFacts> {
  const { companyId } = actor
  if (companyId === null) return { invoices: [], packs: [] }
  const [invoices, packs, next] = await Promise.all([
    isBillingContactOf(actor, companyId)
      ? askWhereAllowed(call, listInvoices, { company: companyId, limit: FEW })
      : undefined,
    isBillingContactOf(actor, companyId) || isManagerOf(actor, companyId)
      ? askWhereAllowed(call, listPacks, { companyId, limit: 20 })
      : undefined,
    isBillingContactOf(actor, companyId) ? askWhereAllowed(call, foreseeInvoice, { companyId }) : undefined,
  ])
  const now = today()
  return {
    soFar: next && next.lines.length > 0 ? next.totals.net : undefined,
    invoices: invoices?.items ?? [],
    packs: (packs?.items ?? []).filter(({ validUntil, validFrom }) => validFrom <= now && now <= validUntil),
  }
}

function Money({ call, soFar, invoices, packs }: MoneyFacts & { call: PageCall }) {
  const t = homeTexts(call.language)
  return (
    <>
      {packs.length > 0 ? (
        <section aria-labelledby="packs">
          <h2 id="packs">{t.packs}</h2>
          <ul class="time-list">
            {packs.map(({ id, minutes, remainingMinutes, validUntil }) => (
              <li key={id}>
                <span>{filled(t.packLeft, { left: duration(remainingMinutes), of: duration(minutes) })}</span>
                <progress max={minutes} value={Math.max(0, remainingMinutes)} aria-label={t.packs} />
                <small class="quiet-text">
                  {filled(t.packUntil, { day: calendarDay(validUntil, call.language) })}
                </small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {soFar === undefined ? null : (
        <section aria-labelledby="so-far">
          <h2 id="so-far">{nextInvoiceTexts(call.language).soFar}</h2>
          <p>
            <a href="/invoices/next" class="figure">
              {filled(nextInvoiceTexts(call.language).exclVat, { amount: amount(soFar, call.language) })}
            </a>
          </p>
        </section>
      )}
      {invoices.length > 0 ? (
        <section aria-labelledby="invoices">
          <h2 id="invoices">{ticketTexts(call.language).home.lastInvoices}</h2>
          <ul class="time-list">
            {invoices.map((invoice) => (
              <li key={invoice.id}>
                <a href={`/invoices/${invoice.number ?? invoice.id}`}>{invoice.number}</a>
                <span class="money">{amount(invoice.totals.payable, call.language)}</span>
                <small class="quiet-text">
                  <InvoiceState call={call} invoice={invoice} />
                  {invoice.dueOn && invoice.status !== 'paid'
                    ? ` · ${filled(t.due, { day: calendarDay(invoice.dueOn, call.language) })}`
                    : ''}
                </small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}
