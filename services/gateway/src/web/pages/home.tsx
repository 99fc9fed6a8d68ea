/** A customer's synthesis: what waits for them, and their current tickets. Staff begin at the queue. */
import { isStaff } from '@guichet/access'
import { listTickets } from '@guichet/contracts/ticket'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { PageCall, Redirect, Shown } from '../page.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { TicketRows } from '../parts/ticket-rows.tsx'
import { filled } from '../texts/texts.ts'
import { ticketTexts } from '../texts/tickets.ts'

/** More current tickets than this are a list's matter. */
const SHOWN = 20

export async function homePage(call: PageCall, actor: AccountActor): Promise<Shown | Redirect> {
  if (isStaff(actor)) return { redirect: '/tickets' }
  const t = ticketTexts(call.language)
  const { items, next } = await call.ask(listTickets, { view: 'open', limit: SHOWN })
  const waiting = items.filter(({ unread }) => unread)
  const current = items.filter(({ unread }) => !unread)
  return {
    title: t.home.current,
    live: 'ticket',
    body: (
      <>
        <header class="page-head">
          <h1>{filled(t.home.hello, { name: actor.name.split(' ')[0] ?? actor.name })}</h1>
        </header>
        {items.length === 0 ? (
          <EmptyState title={t.empty.title} text={filled(t.empty.open, { support: call.supportAddress })}>
            <a class="button primary" href="/tickets/new" data-turbo-frame="panel">
              {t.newTicket}
            </a>
          </EmptyState>
        ) : (
          <>
            <section aria-labelledby="waiting">
              <h2 id="waiting">{t.home.waiting}</h2>
              {waiting.length > 0 ? (
                <TicketRows tickets={waiting} language={call.language} own />
              ) : (
                <p class="quiet-text">{t.home.nothingWaiting}</p>
              )}
            </section>
            {current.length > 0 ? (
              <section class="section" aria-labelledby="current">
                <h2 id="current">{t.home.current}</h2>
                <TicketRows tickets={current} language={call.language} own />
              </section>
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
      </>
    ),
  }
}
