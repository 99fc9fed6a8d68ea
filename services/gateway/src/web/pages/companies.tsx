/** Clients: their people, their contract. */
import { isStaffWith } from '@guichet/access'
import { getContract, putContract, type ContractTerms } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import {
  getCompany,
  inviteAccount,
  listAccounts,
  listCompanies,
  registerCompany,
} from '@guichet/contracts/identity'
import type { Role } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import type { Page, PageCall, Refusal } from '../page.ts'
import { Choice, Fault, Field } from '../parts/forms.tsx'
import { textsIn } from '../texts/texts.ts'

const languageOf = (given: string | undefined): Language => (given === 'nl' || given === 'en' ? given : 'fr')
const CLIENT_ROLES = ['customer', 'manager', 'billing'] as const satisfies readonly Role[]

const list: Page = {
  path: '/companies',
  access: 'staff',
  show: async (call, refusal) => {
    const t = textsIn(call.language)
    const page = await call.ask(listCompanies, { limit: 100, cursor: call.query['cursor'] })
    return {
      title: t.companies,
      body: (
        <>
          <h1>{t.companies}</h1>
          <ul class="plain">
            {page.items.map(({ id, name }) => (
              <li key={id}>
                <a href={`/companies/${id}`}>{name}</a>
              </li>
            ))}
          </ul>
          {page.next ? <a href={`/companies?cursor=${encodeURIComponent(page.next)}`}>{t.next}</a> : null}
          {call.actor && isStaffWith(call.actor, 'admin') ? (
            <form method="post" class="plate stack">
              <h2>{t.newCompany}</h2>
              <Fault refusal={refusal} />
              <Field name="name" label={t.name} refusal={refusal} />
              <Field name="vatNumber" label={t.vatNumber} required={false} refusal={refusal} />
              <Choice name="language" label={t.languageLabel} options={t.languages} refusal={refusal} />
              <button>{t.register}</button>
            </form>
          ) : null}
        </>
      ),
    }
  },
  act: async ({ ask, form }) => {
    const company = {
      name: form['name'] ?? '',
      vatNumber: form['vatNumber'] || null,
      language: languageOf(form['language']),
    }
    const { id } = await ask(registerCompany, { company })
    return { redirect: `/companies/${id}` }
  },
}

async function contractOf(call: PageCall, companyId: string): Promise<ContractTerms | undefined> {
  try {
    return await call.ask(getContract, { companyId })
  } catch (error) {
    // Not this reader's to see, or billing is away: the company's people are shown all the same.
    if (error instanceof Failure) return undefined
    throw error
  }
}

const one: Page = {
  path: '/companies/:id',
  access: 'staff',
  show: async (call, refusal) => {
    const t = textsIn(call.language)
    const id = call.params['id'] ?? ''
    const [company, people, contract] = await Promise.all([
      call.ask(getCompany, { id }),
      call.ask(listAccounts, { companyId: id, limit: 100 }),
      contractOf(call, id),
    ])
    return {
      title: company.name,
      body: (
        <>
          <h1>{company.name}</h1>
          <Fault refusal={refusal} />
          <h2>{t.people}</h2>
          <ul class="plain">
            {people.items.map((person) => (
              <li key={person.id}>
                {person.name} · {person.email} · {person.roles.map((role) => t.roles[role]).join(', ')}
              </li>
            ))}
          </ul>
          <form method="post" class="row">
            <Field name="name" label={t.name} refusal={refusal} />
            <Field name="email" label={t.email} type="email" refusal={refusal} />
            <Choice
              name="role"
              label={t.role}
              options={Object.fromEntries(CLIENT_ROLES.map((role) => [role, t.roles[role]]))}
              refusal={refusal}
            />
            <Choice
              name="language"
              label={t.languageLabel}
              options={t.languages}
              value={company.language}
              refusal={refusal}
            />
            <button>{t.register}</button>
          </form>
          {contract ? <Contract call={call} companyId={id} contract={contract} refusal={refusal} /> : null}
        </>
      ),
    }
  },
  act: async ({ ask, params, form }) => {
    await ask(inviteAccount, {
      companyId: params['id'] ?? '',
      name: form['name'] ?? '',
      email: form['email'] ?? '',
      roles: [CLIENT_ROLES.find((role) => role === form['role']) ?? 'customer'],
      language: languageOf(form['language']),
    })
    return { redirect: `/companies/${params['id'] ?? ''}` }
  },
}

function Contract(props: {
  call: PageCall
  companyId: string
  contract: ContractTerms
  refusal: Refusal | undefined
}) {
  const { call, companyId, contract, refusal } = props
  const t = textsIn(call.language)
  return (
    <section>
      <h2>{t.contract}</h2>
      <ul class="plain">
        {contract.rates.map(({ kind, unit, price, vatRate }) => (
          <li key={kind}>
            {kind} · {price} € / {unit} · {t.vat} {vatRate} %
          </li>
        ))}
      </ul>
      {call.actor && isStaffWith(call.actor, 'finance', 'admin') ? (
        <form method="post" action={`/companies/${companyId}/contract`} class="row">
          <Field name="kind" label={t.rateKind} refusal={refusal} />
          <Field name="price" label={t.hourlyRate} refusal={refusal} />
          <Field name="vatRate" label={t.vatRate} value="21" refusal={refusal} />
          <button>{t.save}</button>
        </form>
      ) : null}
    </section>
  )
}

const contract: Page = {
  ...one,
  path: '/companies/:id/contract',
  act: async ({ ask, params, form }) => {
    const companyId = params['id'] ?? ''
    const { rates } = await ask(getContract, { companyId })
    const rate = {
      kind: form['kind'] ?? '',
      unit: 'hour' as const,
      price: form['price'] ?? '',
      vatRate: form['vatRate'] ?? '',
    }
    await ask(putContract, {
      companyId,
      terms: { rates: [...rates.filter(({ kind }) => kind !== rate.kind), rate] },
    })
    return { redirect: `/companies/${companyId}` }
  },
}

export const companyPages: readonly Page[] = [list, one, contract]
