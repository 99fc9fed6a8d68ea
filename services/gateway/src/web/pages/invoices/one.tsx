/** One invoice: what it says, how it stands, and what can be done with it. */
import { isStaff } from '@guichet/access'
import {
  changeDraft,
  creditInvoice,
  discardDraft,
  getInvoice,
  issueInvoice,
  recordPayment,
  type Invoice,
  type InvoiceLine,
  type InvoiceLineInput,
} from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import { getDelivery, retryDelivery, type InvoiceDelivery } from '@guichet/contracts/invoice-delivery'
import { phraseQuestion, withdrawInvoice } from '@guichet/contracts/receivables'
import { openTicket } from '@guichet/contracts/ticket'
import type { Page, PageCall, Redirect, Refusal, Shown } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { decimalIn } from '../../parts/decimals.ts'
import { Action, Fault } from '../../parts/forms.tsx'
import { amount, calendarDay } from '../../parts/times.ts'
import { invoiceTexts } from '../../texts/invoices.ts'
import { takeOverTexts } from '../../texts/take-over.ts'
import { filled } from '../../texts/texts.ts'
import { Lines, Totals } from './lines.tsx'
import { isFinance } from './list.tsx'
import { Credit, Delivery, DraftActions, Payments, Question } from './money.tsx'
import { InvoiceState, nameOf } from './rows.tsx'

const idOf = ({ params }: PageCall) => params['id'] ?? ''

async function deliveryOf(call: PageCall, invoice: Invoice): Promise<InvoiceDelivery | undefined> {
  if (!isFinance(call) || invoice.number === null || invoice.takenOver) return undefined
  try {
    return await call.ask(getDelivery, { id: invoice.id })
  } catch (error) {
    // The invoice is readable whatever its way to the client's books.
    if (error instanceof Failure) return undefined
    throw error
  }
}

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = invoiceTexts(call.language)
  const invoice = await call.ask(getInvoice, { id: idOf(call) })
  const delivery = await deliveryOf(call, invoice)
  const finance = isFinance(call)
  const isDraft = invoice.number === null
  const own = call.actor !== undefined && !isStaff(call.actor)
  const name = nameOf(call, invoice)
  const title = isDraft || invoice.kind === 'credit-note' ? name : `${t.invoice} ${name}`
  return {
    title,
    layout: 'ticket',
    live: 'invoice',
    body: (
      <>
        <header class="ticket-head">
          <h1>{title}</h1>
          {isDraft || invoice.takenOver ? null : (
            <div class="actions">
              <a class="button primary" href={`/api/v1/invoices/${invoice.number}/pdf`} data-turbo="false">
                {t.pdf}
              </a>
              <a class="button" href={`/api/v1/invoices/${invoice.number}/ubl`} data-turbo="false">
                {t.ubl}
              </a>
            </div>
          )}
          <p class="line">
            <InvoiceState call={call} invoice={invoice} />
            <span>{invoice.company.name}</span>
            {invoice.period ? (
              <span>
                {calendarDay(invoice.period.from, call.language)} –{' '}
                {calendarDay(invoice.period.to, call.language)}
              </span>
            ) : null}
          </p>
        </header>
        <section class="thread">
          <Fault refusal={refusal} />
          {invoice.takenOver ? <p class="said notice">{takeOverTexts(call.language).isTaken}</p> : null}
          {invoice.credits ? (
            <p class="said">
              {filled(t.credits, { number: invoice.credits.number, reason: invoice.credits.reason })}
            </p>
          ) : null}
          {invoice.takenOver ? null : (
            <>
              <Lines
                call={call}
                invoice={invoice}
                editable={finance && isDraft && invoice.kind === 'invoice'}
              />
              <Totals call={call} invoice={invoice} />
            </>
          )}
        </section>
        <aside class="aside">
          <Facts call={call} invoice={invoice} />
          {finance && isDraft ? <DraftActions call={call} invoice={invoice} refusal={refusal} /> : null}
          {finance ? <Payments call={call} invoice={invoice} refusal={refusal} /> : null}
          <Delivery call={call} delivery={delivery} />
          {finance && !invoice.takenOver ? <Credit call={call} invoice={invoice} refusal={refusal} /> : null}
          {finance && invoice.takenOver && invoice.status === 'issued' ? (
            <p class="section">
              <Action action={`/invoices/${invoice.id}/withdraw`} kind="danger">
                {takeOverTexts(call.language).withdraw}
              </Action>
            </p>
          ) : null}
          {own && !invoice.takenOver ? <Question call={call} invoice={invoice} refusal={refusal} /> : null}
          <AuditLink call={call} kind="invoices" id={invoice.id} />
        </aside>
      </>
    ),
  }
}

function Facts({ call, invoice }: { call: PageCall; invoice: Invoice }) {
  const t = invoiceTexts(call.language)
  const { issuedOn, dueOn, structuredReference, reference } = invoice
  if (issuedOn === null && reference === null) return null
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t.facts}</h2>
      <dl class="fact-list">
        {issuedOn ? (
          <>
            <dt>{t.issuedOn}</dt>
            <dd>{calendarDay(issuedOn, call.language)}</dd>
          </>
        ) : null}
        {dueOn ? (
          <>
            <dt>{t.dueOn}</dt>
            <dd>{calendarDay(dueOn, call.language)}</dd>
          </>
        ) : null}
        {invoice.takenOver ? (
          <>
            <dt>{t.amount}</dt>
            <dd class="figure">{amount(invoice.totals.gross, call.language)}</dd>
          </>
        ) : null}
        {structuredReference ? (
          <>
            <dt>{t.reference}</dt>
            <dd class="figure">{structuredReference}</dd>
          </>
        ) : null}
        {reference ? (
          <>
            <dt>{t.buyerReference}</dt>
            <dd>{reference}</dd>
          </>
        ) : null}
      </dl>
    </section>
  )
}

/** A line as a change names it: its id, and what may be changed of it. */
function kept(line: InvoiceLine): InvoiceLineInput {
  const { id, description, note, quantity, unit, price, per, discountPercent } = line
  const { vatRate, vatCategory, ticket, workedOn } = line
  return {
    id,
    description,
    note,
    quantity,
    unit,
    price,
    per,
    discountPercent,
    vatRate,
    vatCategory,
    ticket,
    workedOn,
  }
}

/** A comma is how most of our readers write a decimal. */

type DoneKey = keyof ReturnType<typeof invoiceTexts>['done']
const back = (call: PageCall, done: DoneKey, redirect = `/invoices/${idOf(call)}`): Redirect => ({
  redirect,
  done: { text: invoiceTexts(call.language).done[done] },
})

function part(path: string, act: (call: PageCall) => Promise<Redirect>): Page {
  return { path: `/invoices/:id/${path}`, access: 'signed-in', show, act }
}

const UNITS = ['piece', 'hour', 'km'] as const

export const oneInvoicePages: readonly Page[] = [
  { path: '/invoices/:id', access: 'signed-in', show },
  part('issue', async (call) => {
    const { number, id } = await call.ask(issueInvoice, { id: idOf(call) })
    return back(call, 'issued', `/invoices/${number ?? id}`)
  }),
  part('discard', async (call) => {
    await call.ask(discardDraft, { id: idOf(call) })
    return back(call, 'discarded', '/invoices')
  }),
  part('hold', async (call) => {
    const { lines } = await call.ask(getInvoice, { id: idOf(call) })
    const staying = lines.filter(({ id }) => id !== call.form['line']).map(kept)
    await call.ask(changeDraft, { id: idOf(call), changes: { lines: staying } })
    return back(call, 'held')
  }),
  part('lines', async (call) => {
    const { form } = call
    const { lines } = await call.ask(getInvoice, { id: idOf(call) })
    const added: InvoiceLineInput = {
      description: form['description'] ?? '',
      quantity: decimalIn(form['quantity']),
      unit: UNITS.find((unit) => unit === form['unit']) ?? 'piece',
      price: decimalIn(form['price']),
      vatRate: decimalIn(form['vatRate']),
    }
    await call.ask(changeDraft, { id: idOf(call), changes: { lines: [...lines.map(kept), added] } })
    return back(call, 'added')
  }),
  part('payments', async (call) => {
    const { amount, paidOn = '', reference, key } = call.form
    const payment = { amount: decimalIn(amount), paidOn, ...(reference ? { reference } : {}) }
    await call.ask(recordPayment, { id: idOf(call), payment, idempotencyKey: key || undefined })
    return back(call, 'paid')
  }),
  part('withdraw', async (call) => {
    await call.ask(withdrawInvoice, { id: idOf(call) })
    return { redirect: '/receivables', done: { text: takeOverTexts(call.language).withdrawn } }
  }),
  part('credit', async (call) => {
    const { reason = '', line, key } = call.form
    const creditNote = { reason, ...(line ? { lines: [{ line }] } : {}) }
    const note = await call.ask(creditInvoice, {
      id: idOf(call),
      creditNote,
      idempotencyKey: key || undefined,
    })
    return back(call, 'credited', `/invoices/${note.number ?? note.id}`)
  }),
  part('retry', async (call) => {
    await call.ask(retryDelivery, { id: idOf(call) })
    return back(call, 'retried')
  }),
  part('questions', async (call) => {
    const { line = '', text = '' } = call.form
    const question = await call.ask(phraseQuestion, { id: idOf(call), line, text })
    const { number } = await call.ask(openTicket, question)
    return {
      redirect: `/tickets/${number}`,
      done: { text: invoiceTexts(call.language).asked },
    }
  }),
]
