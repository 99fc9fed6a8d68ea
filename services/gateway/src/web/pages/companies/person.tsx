/** One person: roles, language, addresses from which they write; and the house's own people. */
import {
  addAddress,
  changeAccount,
  getAccount,
  getCompany,
  inviteAccount,
  listAccounts,
  listAddresses,
  removeAddress,
  resendInvitation,
  type Account,
} from '@guichet/contracts/identity'
import { getSecondFactor, resetSecondFactor } from '@guichet/contracts/second-factor'
import type { Page, PageCall, Refusal, Shown } from '../../page.ts'
import { absenceIn, AbsenceSection } from '../../parts/absence.tsx'
import { AddressList } from '../../parts/address-list.tsx'
import { AuditLink } from '../../parts/audit-link.tsx'
import { Action, Choice, Fault, Field } from '../../parts/forms.tsx'
import { absenceTexts } from '../../texts/absence.ts'
import { companyTexts } from '../../texts/companies.ts'
import { secondFactorTexts } from '../../texts/second-factor.ts'
import { ColleaguesSecondFactor } from './colleagues-second-factor.tsx'
import { isAdmin, languageOf } from './list.tsx'
import { CLIENT_ROLES, HOUSE_ROLES, NewPerson, PeopleRows, RoleChoice, rolesIn } from './people.tsx'

const idOf = ({ params }: PageCall) => params['id'] ?? ''
const rolesAmong = ({ companyId }: Account) => (companyId === null ? HOUSE_ROLES : CLIENT_ROLES)

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const t = companyTexts(call.language)
  const person = await call.ask(getAccount, { id: idOf(call) })
  const ofColleague = person.companyId === null && isAdmin(call)
  const [company, { items: addresses }, { items: colleagues }, factor] = await Promise.all([
    person.companyId === null ? undefined : call.ask(getCompany, { id: person.companyId }),
    call.ask(listAddresses, { accountId: person.id }),
    person.companyId === null ? call.ask(listAccounts, { companyId: null, limit: 100 }) : { items: [] },
    ofColleague ? call.ask(getSecondFactor, { accountId: person.id }) : undefined,
  ])
  const base = `/people/${person.id}`
  return {
    title: person.name,
    layout: 'card',
    body: (
      <>
        <header class="page-head">
          <h1>{person.name}</h1>
          <span class={`status ${person.status}`}>{t.status[person.status]}</span>
        </header>
        <Fault refusal={refusal} />
        {person.mailBlocked ? <p class="said warn">{t.mailBlocked}</p> : null}
        <dl class="fact-list">
          <dt>{t.email}</dt>
          <dd>{person.email}</dd>
          {company ? (
            <>
              <dt>{t.company}</dt>
              <dd>
                <a href={`/companies/${company.id}`}>{company.name}</a>
              </dd>
            </>
          ) : null}
        </dl>
        <form method="post" class="stacked section">
          <Field name="name" label={t.name} value={person.name} refusal={refusal} />
          <RoleChoice call={call} among={rolesAmong(person)} held={person.roles} />
          <Choice
            name="language"
            label={t.language}
            options={t.languages}
            value={person.language}
            refusal={refusal}
          />
          <p>
            <button class="primary">{t.save}</button>
          </p>
        </form>
        {isAdmin(call) ? (
          <AbsenceSection
            call={call}
            account={person}
            colleagues={colleagues}
            action={`${base}/absence`}
            refusal={refusal}
          />
        ) : null}
        <section class="section" aria-labelledby="addresses">
          <h2 id="addresses">{t.addresses}</h2>
          <p class="hint">{t.addressesHint}</p>
          <AddressList
            addresses={addresses.map(({ address }) => address)}
            own={person.email}
            action={`${base}/addresses/remove`}
            words={{ remove: t.remove, removeAddress: t.removeAddress }}
          />
          <form method="post" action={`${base}/addresses`} class="row spaced">
            <Field name="address" label={t.addAddress} type="email" class="grows" refusal={refusal} />
            <button>{t.save}</button>
          </form>
        </section>
        {factor ? <ColleaguesSecondFactor call={call} id={person.id} factor={factor} /> : null}
        <p class="actions section">
          {person.status === 'invited' ? <Action action={`${base}/invitation`}>{t.resend}</Action> : null}
          {person.status === 'inactive' ? (
            <Action action={`${base}/status`} fields={{ status: 'active' }}>
              {t.activate}
            </Action>
          ) : (
            <Action action={`${base}/status`} fields={{ status: 'inactive' }} kind="danger">
              {t.deactivate}
            </Action>
          )}
        </p>
        <AuditLink call={call} kind="accounts" id={person.id} />
      </>
    ),
  }
}

type DoneKey = 'person' | 'address' | 'removed' | 'invited'
type Said = (language: PageCall['language']) => string
const said =
  (key: DoneKey): Said =>
  (language) =>
    companyTexts(language).done[key]

function part(path: string, act: (call: PageCall) => Promise<unknown>, done: Said): Page {
  return {
    path: `/people/:id${path}`,
    access: 'staff',
    show,
    act: async (call) => {
      await act(call)
      return { redirect: `/people/${idOf(call)}`, done: { text: done(call.language) } }
    },
  }
}

const house: Page = {
  path: '/staff',
  access: 'staff',
  show: async (call, refusal) => {
    const t = companyTexts(call.language)
    const { items } = await call.ask(listAccounts, { companyId: null, limit: 100 })
    return {
      title: t.house,
      layout: 'list',
      body: (
        <>
          <header class="page-head">
            <h1>{t.house}</h1>
          </header>
          <Fault refusal={refusal} />
          <PeopleRows call={call} people={items} />
          {isAdmin(call) ? (
            <NewPerson call={call} among={HOUSE_ROLES} language={call.language} refusal={refusal} />
          ) : null}
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    await ask(inviteAccount, {
      companyId: null,
      name: form['name'] ?? '',
      email: form['email'] ?? '',
      roles: rolesIn(form, HOUSE_ROLES),
      language: languageOf(form['language']),
    })
    return { redirect: '/staff', done: { text: companyTexts(language).done.invited } }
  },
}

export const peoplePages: readonly Page[] = [
  house,
  part(
    '',
    async (call) => {
      const person = await call.ask(getAccount, { id: idOf(call) })
      const { name, language } = call.form
      const changes = { name, roles: rolesIn(call.form, rolesAmong(person)), language: languageOf(language) }
      await call.ask(changeAccount, { id: person.id, changes })
    },
    said('person'),
  ),
  part(
    '/addresses',
    ({ ask, form, params }) =>
      ask(addAddress, { accountId: params['id'] ?? '', address: form['address'] ?? '' }),
    said('address'),
  ),
  part(
    '/addresses/remove',
    ({ ask, form, params }) =>
      ask(removeAddress, { accountId: params['id'] ?? '', address: form['address'] ?? '' }),
    said('removed'),
  ),
  part(
    '/invitation',
    ({ ask, params }) => ask(resendInvitation, { id: params['id'] ?? '' }),
    said('invited'),
  ),
  part(
    '/absence',
    ({ ask, form, params }) =>
      ask(changeAccount, { id: params['id'] ?? '', changes: { absence: absenceIn(form) } }),
    (language) => absenceTexts(language).noted,
  ),
  part(
    '/absence/remove',
    ({ ask, params }) => ask(changeAccount, { id: params['id'] ?? '', changes: { absence: null } }),
    (language) => absenceTexts(language).removed,
  ),
  part(
    '/second-factor/reset',
    ({ ask, params }) => ask(resetSecondFactor, { accountId: params['id'] ?? '' }),
    (language) => secondFactorTexts(language).wasReset,
  ),
  part(
    '/status',
    ({ ask, form, params }) =>
      ask(changeAccount, {
        id: params['id'] ?? '',
        changes: { status: form['status'] === 'inactive' ? 'inactive' : 'active' },
      }),
    said('person'),
  ),
]
