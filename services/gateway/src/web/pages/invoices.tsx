/** Invoices by state, the run that drafts them, one invoice. */
import { isStaffWith } from '@guichet/access'
import {
  discardDraft,
  getInvoice,
  getInvoiceRun,
  issueInvoice,
  listInvoices,
  runInvoices,
  type Invoice,
  type InvoiceSummary,
} from '@guichet/contracts/billing'
import type { Page, PageCall } from '../page.ts'
import { Action, Fault, Field } from '../parts/forms.tsx'
import { amount, calendarDay, today } from '../parts/times.ts'
import { textsIn } from '../texts/texts.ts'

const mayIssue = ({ actor }: PageCall) => actor !== undefined && isStaffWith(actor, 'finance', 'admin')

function Table({ call, invoices }: { call: PageCall; invoices: readonly InvoiceSummary[] }) {
  const t = textsIn(call.language)
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t.invoice}</th>
            <th scope="col">{t.company}</th>
            <th scope="col">{t.status}</th>
            <th scope="col">{t.issuedOn}</th>
            <th scope="col">{t.dueOn}</th>
            <th scope="col">{t.total}</th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((invoice) => (
            <tr key={invoice.id}>
              <td>
                <a href={`/invoices/${invoice.number ?? invoice.id}`}>{invoice.number ?? t.draft}</a>
              </td>
              <td>{invoice.company.name}</td>
              <td>
                <span class={`status ${invoice.status}`}>{t.invoiceStatus[invoice.status]}</span>
              </td>
              <td class="figure">{invoice.issuedOn ? calendarDay(invoice.issuedOn, call.language) : '—'}</td>
              <td class="figure">{invoice.dueOn ? calendarDay(invoice.dueOn, call.language) : '—'}</td>
              <td class="figure">{amount(invoice.totals.gross, call.language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const list: Page = {
  path: '/invoices',
  access: 'signed-in',
  show: async (call, refusal) => {
    const t = textsIn(call.language)
    const page = await call.ask(listInvoices, { cursor: call.query['cursor'], limit: 100 })
    return {
      title: t.invoices,
      body: (
        <>
          <h1>{t.invoices}</h1>
          {mayIssue(call) ? (
            <form method="post" class="row">
              <Fault refusal={refusal} />
              <Field
                name="from"
                label={t.from}
                type="date"
                value={`${today().slice(0, 7)}-01`}
                refusal={refusal}
              />
              <Field name="to" label={t.to} type="date" value={today()} refusal={refusal} />
              <button>{t.run}</button>
            </form>
          ) : null}
          {page.items.length === 0 ? (
            <p class="empty-state">{t.nothing}</p>
          ) : (
            <Table call={call} invoices={page.items} />
          )}
          {page.next ? <a href={`/invoices?cursor=${encodeURIComponent(page.next)}`}>{t.next}</a> : null}
        </>
      ),
    }
  },
  act: async ({ ask, form }) => {
    const run = await ask(runInvoices, { from: form['from'] ?? '', to: form['to'] ?? '' })
    return { redirect: `/invoice-runs/${run.id}` }
  },
}

const run: Page = {
  path: '/invoice-runs/:id',
  access: 'signed-in',
  show: async (call) => {
    const t = textsIn(call.language)
    const { from, to, drafts, skipped } = await call.ask(getInvoiceRun, { id: call.params['id'] ?? '' })
    return {
      title: t.invoiceRun,
      body: (
        <>
          <h1>
            {calendarDay(from, call.language)} – {calendarDay(to, call.language)}
          </h1>
          {drafts.length === 0 ? (
            <p class="empty-state">{t.nothing}</p>
          ) : (
            <Table call={call} invoices={drafts} />
          )}
          {skipped.length > 0 ? <h2>{t.skipped}</h2> : null}
          <ul>
            {skipped.map(({ companyId, reason }) => (
              <li key={companyId + reason}>
                <a href={`/companies/${companyId}`}>{companyId}</a> {reason}
              </li>
            ))}
          </ul>
        </>
      ),
    }
  },
}

const one: Page = {
  path: '/invoices/:id',
  access: 'signed-in',
  show: async (call, refusal) => {
    const t = textsIn(call.language)
    const invoice = await call.ask(getInvoice, { id: call.params['id'] ?? '' })
    const name = invoice.number ?? invoice.id
    return {
      title: `${t.invoice} ${invoice.number ?? t.draft}`,
      body: (
        <>
          <header class="page-head">
            <h1>
              {t.invoice} {invoice.number ?? t.draft}
            </h1>
            {invoice.number ? (
              <>
                <a class="button" href={`/api/v1/invoices/${name}/pdf`}>
                  {t.downloadPdf}
                </a>
                <a href={`/api/v1/invoices/${name}/ubl`}>{t.downloadUbl}</a>
              </>
            ) : null}
            {!invoice.number && mayIssue(call) ? (
              <>
                <Action action={`/invoices/${invoice.id}/issue`}>{t.issue}</Action>
                <Action action={`/invoices/${invoice.id}/discard`} kind="plain">
                  {t.discard}
                </Action>
              </>
            ) : null}
          </header>
          <Fault refusal={refusal} />
          <p class="facts">
            <span>{invoice.company.name}</span>
            <span class={`status ${invoice.status}`}>{t.invoiceStatus[invoice.status]}</span>
            {invoice.structuredReference ? <span class="figure">{invoice.structuredReference}</span> : null}
          </p>
          <Lines call={call} invoice={invoice} />
        </>
      ),
    }
  },
}

function Lines({ call, invoice }: { call: PageCall; invoice: Invoice }) {
  const t = textsIn(call.language)
  const { totals } = invoice
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t.ticket}</th>
            <th scope="col">{t.workedOn}</th>
            <th scope="col">{t.line}</th>
            <th scope="col">{t.quantity}</th>
            <th scope="col">{t.price}</th>
            <th scope="col">{t.net}</th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line) => (
            <tr key={line.id} id={`line-${line.id}`}>
              <td>{line.ticket === null ? '—' : <a href={`/tickets/${line.ticket}`}>#{line.ticket}</a>}</td>
              <td class="figure">{line.workedOn ? calendarDay(line.workedOn, call.language) : '—'}</td>
              <td>{line.description}</td>
              <td class="figure">
                {line.quantity} {line.unit}
              </td>
              <td class="figure">{line.price}</td>
              <td class="figure">{amount(line.net, call.language)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <Total label={t.net} value={totals.net} call={call} />
          {totals.vat.map(({ rate, category, amount: vat }) => (
            <Total key={category + rate} label={`${t.vat} ${rate} %`} value={vat} call={call} />
          ))}
          <Total label={t.toPay} value={totals.payable} call={call} />
        </tfoot>
      </table>
    </div>
  )
}

function Total({ label, value, call }: { label: string; value: string; call: PageCall }) {
  return (
    <tr>
      <th scope="row" colspan={5}>
        {label}
      </th>
      <td class="figure">{amount(value, call.language)}</td>
    </tr>
  )
}

const issue: Page = {
  ...one,
  path: '/invoices/:id/issue',
  act: async ({ ask, params }) => {
    const invoice = await ask(issueInvoice, { id: params['id'] ?? '' })
    return { redirect: `/invoices/${invoice.number ?? invoice.id}` }
  },
}

const discard: Page = {
  ...one,
  path: '/invoices/:id/discard',
  act: async ({ ask, params }) => {
    await ask(discardDraft, { id: params['id'] ?? '' })
    return { redirect: '/invoices' }
  },
}

export const invoicePages: readonly Page[] = [list, run, one, issue, discard]
