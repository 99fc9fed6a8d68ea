/** One client: its record, its people; its contract, tickets and invoices are a step away. */
import {
  changeCompany,
  getCompany,
  inviteAccount,
  listAccounts,
  type Company,
} from '@guichet/contracts/identity'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Check, Fault } from '../../parts/forms.tsx'
import { calendarDay } from '../../parts/times.ts'
import { companyTexts } from '../../texts/companies.ts'
import { CompanyFields, companyIn, isAdmin, languageOf } from './list.tsx'
import { CLIENT_ROLES, NewPerson, PeopleRows, rolesIn } from './people.tsx'

const idOf = ({ params }: PageCall) => params['id'] ?? ''

export function CompanyTabs(props: { call: PageCall; id: string; current: 'people' | 'contract' }) {
  const { call, id, current } = props
  const t = companyTexts(call.language)
  return (
    <nav class="views" aria-label={t.title}>
      <a href={`/companies/${id}`} aria-current={current === 'people' ? 'page' : undefined}>
        {t.people}
      </a>
      <a href={`/companies/${id}/contract`} aria-current={current === 'contract' ? 'page' : undefined}>
        {t.contract}
      </a>
      <a href={`/tickets?company=${id}`}>{t.seeTickets}</a>
      {call.actor?.roles.some((role) => role === 'finance' || role === 'admin') ? (
        <a href={`/invoices?company=${id}`}>{t.seeInvoices}</a>
      ) : null}
    </nav>
  )
}

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = companyTexts(call.language)
  const id = idOf(call)
  const [company, people] = await Promise.all([
    call.ask(getCompany, { id }),
    call.ask(listAccounts, { companyId: id, limit: 100 }),
  ])
  return {
    title: company.name,
    layout: 'ticket',
    body: (
      <>
        <header class="ticket-head">
          <h1>{company.name}</h1>
        </header>
        <section class="thread">
          <CompanyTabs call={call} id={id} current="people" />
          <Fault refusal={refusal} />
          {people.items.length === 0 ? (
            <p class="quiet-text">{t.nobody}</p>
          ) : (
            <PeopleRows call={call} people={people.items} />
          )}
          <NewPerson call={call} among={CLIENT_ROLES} language={company.language} refusal={refusal} />
        </section>
        <aside class="aside">
          <Facts call={call} company={company} />
          {isAdmin(call) ? <Change call={call} company={company} refusal={refusal} /> : null}
          <AuditLink call={call} kind="companies" id={id} />
        </aside>
      </>
    ),
  }
}

function Facts({ call, company }: { call: PageCall; company: Company }) {
  const t = companyTexts(call.language)
  const { legalName, vatNumber, enterpriseNumber, address, language, createdAt } = company
  const rows: [string, string | null][] = [
    [t.legalName, legalName],
    [t.vatNumber, vatNumber],
    [t.enterpriseNumber, enterpriseNumber],
    [t.address, address ? `${address.street}, ${address.zip} ${address.city}` : null],
    [t.language, t.languages[language]],
    [t.since, calendarDay(createdAt.slice(0, 10), call.language)],
  ]
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{t.facts}</h2>
      <dl class="fact-list">
        {rows.map(([label, value]) =>
          value === null ? null : (
            <>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </>
          ),
        )}
      </dl>
      {company.priorityLocked ? <p class="said warn spaced">{t.priorityLocked}</p> : null}
      {company.managersSeeAll ? <p class="quiet-text spaced">{t.managersSeeAll}</p> : null}
    </section>
  )
}

function Change(props: { call: PageCall; company: Company; refusal: Refusal | undefined }) {
  const { call, company, refusal } = props
  const t = companyTexts(call.language)
  const own = refusal?.values['vatNumber'] === undefined ? undefined : refusal
  return (
    <details class="folded" open={own !== undefined}>
      <summary>{t.change}</summary>
      <form method="post" action={`/companies/${company.id}/record`} class="stacked spaced">
        <CompanyFields call={call} company={company} refusal={own} />
        <Check name="priorityLocked" label={t.priorityLocked} checked={company.priorityLocked} />
        <Check name="managersSeeAll" label={t.managersSeeAll} checked={company.managersSeeAll} />
        <p>
          <button>{t.save}</button>
        </p>
      </form>
    </details>
  )
}

export const companyPage: Page = {
  path: '/companies/:id',
  access: 'staff',
  show,
  act: async (call) => {
    const { ask, form, language } = call
    await ask(inviteAccount, {
      companyId: idOf(call),
      name: form['name'] ?? '',
      email: form['email'] ?? '',
      roles: rolesIn(form, CLIENT_ROLES),
      language: languageOf(form['language']),
    })
    return { redirect: `/companies/${idOf(call)}`, done: { text: companyTexts(language).done.invited } }
  },
}

export const companyRecordPage: Page = {
  path: '/companies/:id/record',
  access: 'staff',
  show,
  act: async (call) => {
    const { ask, form, language } = call
    const changes = {
      ...companyIn(form),
      priorityLocked: form['priorityLocked'] === 'true',
      managersSeeAll: form['managersSeeAll'] === 'true',
    }
    await ask(changeCompany, { id: idOf(call), changes })
    return { redirect: `/companies/${idOf(call)}`, done: { text: companyTexts(language).done.changed } }
  },
}
