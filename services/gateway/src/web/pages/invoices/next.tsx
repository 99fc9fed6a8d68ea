/** What the next invoice is coming to: for the client's billing contacts, and for finance of any client. */
import { getCompany } from '@guichet/contracts/identity'
import { Failure } from '@guichet/contracts/failure'
import { foreseeInvoice } from '@guichet/contracts/unbilled-work'
import type { Page, PageCall } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { calendarDay } from '../../parts/times.ts'
import { nextInvoiceTexts } from '../../texts/next-invoice.ts'
import { filled } from '../../texts/texts.ts'
import { Lines, Totals } from './lines.tsx'
import { InvoiceTabs, isFinance } from './list.tsx'

/** One's own company; whose it is only finance may say. */
const companyOf = (call: PageCall): string =>
  (isFinance(call) ? call.query['company'] : call.actor?.companyId) ?? ''

async function foreseen(call: PageCall, companyId: string) {
  try {
    return await call.ask(foreseeInvoice, { companyId })
  } catch (error) {
    // The contract does not show it: that is said, and is no fault of the reader.
    if (error instanceof Failure && error.code === 'forbidden') return undefined
    throw error
  }
}

export const nextInvoicePage: Page = {
  path: '/invoices/next',
  access: 'signed-in',
  show: async (call) => {
    const t = nextInvoiceTexts(call.language)
    const companyId = companyOf(call)
    if (companyId === '') throw new Failure('not-found')
    const next = await foreseen(call, companyId)
    const name = isFinance(call) ? (await call.ask(getCompany, { id: companyId })).name : undefined
    return {
      title: t.title,
      layout: 'list',
      live: 'ticket invoice',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
            {name ? <a href={`/companies/${companyId}`}>{name}</a> : null}
          </header>
          {name ? null : <InvoiceTabs call={call} current="next" />}
          {next === undefined ? (
            <EmptyState title={t.title} text={t.hidden} />
          ) : next.lines.length === 0 ? (
            <EmptyState title={t.empty} text={t.emptyText} />
          ) : (
            <>
              <p>
                <strong>{filled(t.toDate, { day: calendarDay(next.on, call.language) })}</strong>{' '}
                <span class="quiet-text">{t.hint}</span>
              </p>
              <Lines call={call} invoice={next} editable={false} />
              <Totals call={call} invoice={{ totals: next.totals, allowances: [], paid: '0.00' }} foreseen />
            </>
          )}
          {next && next.withoutPrice.length > 0 ? (
            <p class="quiet-text">{filled(t.withoutPrice, { kinds: next.withoutPrice.join(', ') })}</p>
          ) : null}
        </>
      ),
    }
  },
}
