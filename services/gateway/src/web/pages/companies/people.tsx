/** People: of a client, or of the house; each with their roles and how they stand. */
import type { Account } from '@guichet/contracts/identity'
import type { Role } from '@guichet/contracts/values/actor'
import type { PageCall, Refusal } from '../../page.ts'
import { awayUntil } from '../../parts/absence.tsx'
import { Check, Choice, Field } from '../../parts/forms.tsx'
import { Person } from '../../parts/person.tsx'
import { companyTexts } from '../../texts/companies.ts'

export const CLIENT_ROLES = ['customer', 'manager', 'billing'] as const satisfies readonly Role[]
export const HOUSE_ROLES = ['agent', 'finance', 'admin', 'operator'] as const satisfies readonly Role[]

/** The checked ones of a form of `RoleChoice`. */
export function rolesIn(form: PageCall['form'], among: readonly Role[]): Role[] {
  return among.filter((role) => form[`role-${role}`] === 'true')
}

export function RoleChoice(props: { call: PageCall; among: readonly Role[]; held: readonly Role[] }) {
  const t = companyTexts(props.call.language)
  return (
    <fieldset class="stack-tight">
      <legend>{t.roles}</legend>
      {props.among.map((role) => (
        <Check
          key={role}
          name={`role-${role}`}
          label={`${t.role[role]} · ${t.roleMeaning[role]}`}
          checked={props.held.includes(role)}
        />
      ))}
    </fieldset>
  )
}

export function PeopleRows(props: {
  call: PageCall
  people: readonly Account[]
  /** False for who may see their colleagues and not change them. */
  linked?: boolean
}) {
  const { call, people, linked = true } = props
  const t = companyTexts(call.language)
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{t.name}</th>
          <th scope="col">{t.email}</th>
          <th scope="col">{t.roles}</th>
          <th scope="col">{t.statusLabel}</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonRow key={person.id} call={call} person={person} linked={linked} />
        ))}
      </tbody>
    </table>
  )
}

function PersonRow({ call, person, linked }: { call: PageCall; person: Account; linked: boolean }) {
  const t = companyTexts(call.language)
  const { id, name, email, roles, status, companyId, mailBlocked } = person
  const away = awayUntil(person, call.language)
  return (
    <tr data-row>
      <th scope="row" data-label={t.name}>
        {linked ? (
          <a href={`/people/${id}`} data-main>
            <Person name={name} staff={companyId === null} />
          </a>
        ) : (
          <Person name={name} staff={companyId === null} />
        )}
      </th>
      <td data-label={t.email}>
        {email}
        {mailBlocked ? <small class="block fault">{t.mailBlocked}</small> : null}
      </td>
      <td data-label={t.roles}>{roles.map((role) => t.role[role]).join(', ')}</td>
      <td data-label={t.statusLabel}>
        <span class={`status ${status}`}>{t.status[status]}</span>
        {away ? <small class="block quiet-text">{away}</small> : null}
      </td>
    </tr>
  )
}

export function NewPerson(props: {
  call: PageCall
  among: readonly Role[]
  language: Account['language']
  refusal: Refusal | undefined
}) {
  const { call, among, language, refusal } = props
  const t = companyTexts(call.language)
  const [first] = among
  return (
    <details class="folded section" open={refusal?.values['email'] !== undefined}>
      <summary>{t.newPerson}</summary>
      <form method="post" class="stacked spaced narrow-form">
        <p class="hint">{t.newPersonHint}</p>
        <Field name="name" label={t.name} refusal={refusal} />
        <Field name="email" label={t.email} type="email" refusal={refusal} />
        <RoleChoice
          call={call}
          among={among}
          held={refusal ? rolesIn(refusal.values, among) : first ? [first] : []}
        />
        <Choice name="language" label={t.language} options={t.languages} value={language} refusal={refusal} />
        <p>
          <button class="primary">{t.register}</button>
        </p>
      </form>
    </details>
  )
}
