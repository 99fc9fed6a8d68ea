/** Invoices by state: all of the house's for finance, their company's issued ones for a billing contact. */
import { isStaff, isStaffWith } from '@guichet/access'
import { listInvoices, type InvoiceStatus } from '@guichet/contracts/billing'
import type { Page, PageCall } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { invoiceTexts } from '../../texts/invoices.ts'
import { nextInvoiceTexts } from '../../texts/next-invoice.ts'
import { reportTexts } from '../../texts/reports.ts'
import { InvoiceRows } from './rows.tsx'

type View = 'all' | InvoiceStatus
const HOUSE_VIEWS: readonly View[] = ['all', 'draft', 'issued', 'partly-paid', 'paid', 'credited']
const CLIENT_VIEWS: readonly View[] = ['all', 'issued', 'partly-paid', 'paid', 'credited']

export const isFinance = ({ actor }: PageCall) =>
  actor !== undefined && isStaffWith(actor, 'finance', 'admin')

/** The same tabs above every list of finance. */
export function InvoiceTabs({
  call,
  current,
}: {
  call: PageCall
  current: View | 'due' | 'reports' | 'next'
}) {
  const t = invoiceTexts(call.language)
  const views = call.actor && isStaff(call.actor) ? HOUSE_VIEWS : CLIENT_VIEWS
  return (
    <nav class="views" aria-label={t.title}>
      {call.actor && isStaff(call.actor) ? null : (
        <a href="/invoices/next" aria-current={current === 'next' ? 'page' : undefined}>
          {nextInvoiceTexts(call.language).tab}
        </a>
      )}
      {views.map((view) => (
        <a
          key={view}
          href={view === 'all' ? '/invoices' : `/invoices?status=${view}`}
          aria-current={view === current ? 'page' : undefined}
        >
          {t.views[view]}
        </a>
      ))}
      {isFinance(call) ? (
        <>
          <a href="/receivables" aria-current={current === 'due' ? 'page' : undefined}>
            {t.due}
          </a>
          <a href="/reports" aria-current={current === 'reports' ? 'page' : undefined}>
            {reportTexts(call.language).title}
          </a>
        </>
      ) : null}
    </nav>
  )
}

export const invoiceList: Page = {
  path: '/invoices',
  access: 'signed-in',
  show: async (call) => {
    const t = invoiceTexts(call.language)
    const own = !call.actor || !isStaff(call.actor)
    const views = own ? CLIENT_VIEWS : HOUSE_VIEWS
    const view = views.find((each) => each === call.query['status']) ?? 'all'
    const { cursor } = call.query
    const company = own ? undefined : call.query['company'] || undefined
    const { items, next } = await call.ask(listInvoices, {
      status: view === 'all' ? undefined : view,
      company,
      cursor,
    })
    return {
      title: t.title,
      layout: 'list',
      live: 'invoice',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
            {isFinance(call) ? (
              <a class="button" href="/invoice-runs">
                {t.closeMonth}
              </a>
            ) : null}
          </header>
          <InvoiceTabs call={call} current={view} />
          {items.length === 0 ? (
            <EmptyState title={t.empty.title} text={own ? t.empty.client : t.empty.house} />
          ) : (
            <InvoiceRows call={call} invoices={items} own={own} />
          )}
          {next ? (
            <p class="paging">
              <a class="button" href={`/invoices?${new URLSearchParams({ ...call.query, cursor: next })}`}>
                {t.more}
              </a>
            </p>
          ) : null}
        </>
      ),
    }
  },
}
