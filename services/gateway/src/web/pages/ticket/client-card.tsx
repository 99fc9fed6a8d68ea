/** Beside the thread, for staff: whose ticket it is, what was agreed with them, what they asked before. */
import { isStaff } from '@guichet/access'
import {
  getContract,
  listInvoices,
  listPacks,
  type Contract,
  type InvoiceSummary,
  type Pack,
} from '@guichet/contracts/billing'
import { getCompany, listAccounts, type Account, type Company } from '@guichet/contracts/identity'
import { listTickets, type TicketDetail, type TicketSummary } from '@guichet/contracts/ticket'
import { askWhereAllowed } from '../../ask-where-allowed.ts'
import type { PageCall } from '../../page.ts'
import { Status } from '../../parts/ticket-rows.tsx'
import { amount, calendarDay, duration, today } from '../../parts/times.ts'
import { deskTexts } from '../../texts/desk.ts'
import { filled } from '../../texts/texts.ts'
import { isFinance } from '../invoices/list.tsx'
import { InvoiceState, nameOf } from '../invoices/rows.tsx'

/** A part that this reader may not see, or whose service is away, is left out: the ticket is readable without. */
export interface Client {
  company: Company | undefined
  people: readonly Account[]
  contract: Contract | undefined
  packs: readonly Pack[]
  tickets: readonly TicketSummary[]
  invoices: readonly InvoiceSummary[] | undefined
}

const TICKETS_SHOWN = 5
const INVOICES_SHOWN = 3
const PEOPLE_SHOWN = 6

export async function clientOf(
  call: PageCall,
  { company, number }: TicketDetail,
): Promise<Client | undefined> {
  if (!call.actor || !isStaff(call.actor) || company === null) return undefined
  const { id } = company
  const [record, people, contract, packs, tickets, invoices] = await Promise.all([
    askWhereAllowed(call, getCompany, { id }),
    askWhereAllowed(call, listAccounts, { companyId: id, limit: 100 }),
    askWhereAllowed(call, getContract, { companyId: id }),
    askWhereAllowed(call, listPacks, { companyId: id, limit: 20 }),
    askWhereAllowed(call, listTickets, { company: id, sort: 'openedAt', limit: TICKETS_SHOWN + 1 }),
    askWhereAllowed(call, listInvoices, { company: id, limit: INVOICES_SHOWN }),
  ])
  return {
    company: record,
    people: people?.items ?? [],
    contract,
    packs: (packs?.items ?? []).filter(({ validUntil }) => validUntil >= today()),
    tickets: (tickets?.items ?? []).filter((each) => each.number !== number).slice(0, TICKETS_SHOWN),
    invoices: invoices?.items,
  }
}

interface Props {
  call: PageCall
  client: Client
}

export function ClientCard({ call, client }: Props) {
  const { company, contract } = client
  if (company === undefined) return null
  const t = deskTexts(call.language)
  return (
    <section aria-labelledby="client" class="client-card">
      <h2 id="client">
        {t.client} · <a href={`/companies/${company.id}`}>{company.name}</a>
      </h2>
      {company.priorityLocked ? <p class="said warn">{t.priorityLocked}</p> : null}
      <People call={call} client={client} />
      {contract === undefined ? null : <Rates call={call} contract={contract} />}
      <Packs call={call} client={client} />
      <Tickets call={call} client={client} />
      <Invoices call={call} client={client} />
    </section>
  )
}

function People({ call, client: { people, company } }: Props) {
  const t = deskTexts(call.language)
  const active = people.filter(({ status }) => status !== 'inactive')
  if (active.length === 0) return null
  return (
    <details class="folded">
      <summary>
        {t.people} · {active.length}
      </summary>
      <ul class="card-list">
        {active.slice(0, PEOPLE_SHOWN).map(({ id, name, email, mailBlocked }) => (
          <li key={id}>
            <span>{name}</span>
            <small>
              <a href={`mailto:${email}`}>{email}</a>
              {mailBlocked ? <span class="fault"> · {t.mailBlocked}</span> : null}
            </small>
          </li>
        ))}
      </ul>
      {active.length > PEOPLE_SHOWN ? <a href={`/companies/${company?.id}`}>{t.allPeople}</a> : null}
    </details>
  )
}

function Rates({ call, contract: { rates, companyId } }: { call: PageCall; contract: Contract }) {
  const t = deskTexts(call.language)
  return (
    <>
      <h3>
        <a href={`/companies/${companyId}/contract`}>{t.rates}</a>
      </h3>
      {rates.length === 0 ? <p class="said warn">{t.noRate}</p> : null}
      <ul class="card-list">
        {rates.map(({ kind, price, unit }) => (
          <li key={kind}>
            <span>{kind}</span>
            <span class="money">
              {amount(price, call.language)} / {t.per[unit]}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Packs({ call, client: { packs } }: Props) {
  if (packs.length === 0) return null
  const t = deskTexts(call.language)
  return (
    <>
      <h3>{t.packs}</h3>
      <ul class="card-list">
        {packs.map(({ id, minutes, remainingMinutes, validUntil }) => {
          const said = { bought: duration(minutes), day: calendarDay(validUntil, call.language) }
          return (
            <li key={id}>
              {remainingMinutes < 0 ? (
                <span class="fault">
                  {filled(t.packOver, { ...said, over: duration(-remainingMinutes) })}
                </span>
              ) : (
                <span>{filled(t.packLeft, { ...said, left: duration(remainingMinutes) })}</span>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Tickets({ call, client: { tickets, company } }: Props) {
  const t = deskTexts(call.language)
  return (
    <>
      <h3>
        <a href={`/tickets?company=${company?.id}`}>{t.otherTickets}</a>
      </h3>
      {tickets.length === 0 ? <p class="quiet-text">{t.noOtherTicket}</p> : null}
      <ul class="card-list">
        {tickets.map(({ number, subject, status }) => (
          <li key={number}>
            <a href={`/tickets/${number}`}>
              <span class="figure">#{number}</span> {subject}
            </a>
            <Status status={status} language={call.language} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Invoices({ call, client: { invoices } }: Props) {
  if (invoices === undefined) return null
  const t = deskTexts(call.language)
  return (
    <>
      <h3>{t.lastInvoices}</h3>
      {invoices.length === 0 ? <p class="quiet-text">{t.noInvoice}</p> : null}
      <ul class="card-list">
        {invoices.map((invoice) => (
          <li key={invoice.id}>
            {isFinance(call) ? (
              <a href={`/invoices/${invoice.number ?? invoice.id}`}>{nameOf(call, invoice)}</a>
            ) : (
              <span>{nameOf(call, invoice)}</span>
            )}
            <InvoiceState call={call} invoice={invoice} />
          </li>
        ))}
      </ul>
    </>
  )
}
