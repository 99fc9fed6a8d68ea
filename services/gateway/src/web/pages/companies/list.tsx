/** The house's clients, and how a new one is registered. */
import { isStaffWith } from '@guichet/access'
import { listCompanies, registerCompany, type CompanyInput } from '@guichet/contracts/identity'
import type { Language } from '@guichet/contracts/values/language'
import type { Page, PageCall, Refusal } from '../../page.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Choice, Fault, Field } from '../../parts/forms.tsx'
import { companyTexts } from '../../texts/companies.ts'

export const languageOf = (given: string | undefined): Language =>
  given === 'nl' || given === 'en' ? given : 'fr'

export const isAdmin = ({ actor }: PageCall) => actor !== undefined && isStaffWith(actor, 'admin')

/** What a company's record says of it. Empty fields are what is not known. */
export function companyIn(form: PageCall['form']): CompanyInput {
  const given = (name: string) => form[name]?.trim() || null
  const [street, zip, city] = [given('street'), given('zip'), given('city')]
  return {
    name: form['name'] ?? '',
    legalName: given('legalName'),
    vatNumber: given('vatNumber'),
    enterpriseNumber: given('enterpriseNumber'),
    address:
      street || zip || city
        ? { street: street ?? '', zip: zip ?? '', city: city ?? '', country: given('country') ?? 'BE' }
        : null,
    language: languageOf(form['language']),
  }
}

export function CompanyFields(props: {
  call: PageCall
  company?: CompanyInput
  refusal: Refusal | undefined
}) {
  const { call, company, refusal } = props
  const t = companyTexts(call.language)
  const field = (name: string, label: string, value: string | null | undefined, required = false) => (
    <Field name={name} label={label} value={value ?? ''} required={required} refusal={refusal} />
  )
  return (
    <>
      {field('name', t.name, company?.name, true)}
      {field('legalName', t.legalName, company?.legalName)}
      <div class="row">
        {field('vatNumber', t.vatNumber, company?.vatNumber)}
        {field('enterpriseNumber', t.enterpriseNumber, company?.enterpriseNumber)}
      </div>
      {field('street', t.street, company?.address?.street)}
      <div class="row">
        {field('zip', t.zip, company?.address?.zip)}
        {field('city', t.city, company?.address?.city)}
        <Field
          name="country"
          label={t.country}
          value={company?.address?.country ?? 'BE'}
          maxLength={2}
          required={false}
          hint={t.countryHint}
          refusal={refusal}
        />
      </div>
      <Choice
        name="language"
        label={t.language}
        options={t.languages}
        value={company?.language ?? call.language}
        refusal={refusal}
      />
    </>
  )
}

export const companyList: Page = {
  path: '/companies',
  access: 'staff',
  show: async (call, refusal) => {
    const t = companyTexts(call.language)
    const { cursor } = call.query
    const q = call.query['q']?.trim() || undefined
    const { items, next } = await call.ask(listCompanies, { limit: 100, cursor, q })
    return {
      title: t.title,
      layout: 'list',
      body: (
        <>
          <header class="page-head">
            <h1>{t.title}</h1>
            <span class="actions">
              {isAdmin(call) ? (
                <a class="button" href="/companies/import">
                  {t.import}
                </a>
              ) : null}
              <a class="button" href="/staff">
                {t.house}
              </a>
            </span>
          </header>
          <form method="get" class="filters">
            <Field
              name="q"
              prefix="client-"
              label={t.search}
              type="search"
              value={q ?? ''}
              required={false}
            />
            <button>{t.find}</button>
          </form>
          {items.length === 0 ? (
            <EmptyState title={t.emptyTitle} text={q ? t.notFound : t.empty} />
          ) : (
            <table class="cards">
              <thead>
                <tr>
                  <th scope="col">{t.name}</th>
                  <th scope="col">{t.city}</th>
                  <th scope="col">{t.vatNumber}</th>
                  <th scope="col">{t.language}</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, name, vatNumber, address, language }) => (
                  <tr key={id} data-row>
                    <th scope="row" data-label={t.name}>
                      <a href={`/companies/${id}`} data-main>
                        {name}
                      </a>
                    </th>
                    <td data-label={t.city}>{address?.city ?? '—'}</td>
                    <td data-label={t.vatNumber} class="figure">
                      {vatNumber ?? '—'}
                    </td>
                    <td data-label={t.language} lang={language}>
                      {t.languages[language]}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {next ? (
            <p class="paging">
              <a
                class="button"
                href={`/companies?${new URLSearchParams({ cursor: next, ...(q ? { q } : {}) }).toString()}`}
              >
                {t.more}
              </a>
            </p>
          ) : null}
          {isAdmin(call) ? (
            <details class="folded section" open={refusal !== undefined || (items.length === 0 && !q)}>
              <summary>{t.newCompany}</summary>
              <form method="post" class="stacked spaced narrow-form">
                <Fault refusal={refusal} />
                <CompanyFields call={call} refusal={refusal} />
                <p>
                  <button class="primary">{t.register}</button>
                </p>
              </form>
            </details>
          ) : null}
        </>
      ),
    }
  },
  act: async ({ ask, form, language }) => {
    const { id } = await ask(registerCompany, { company: companyIn(form) })
    return { redirect: `/companies/${id}`, done: { text: companyTexts(language).done.registered } }
  },
}
