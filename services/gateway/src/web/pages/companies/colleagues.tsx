/** A manager's own company: who is registered, who is to be, and what the house allows them. */
import { isManagerOf } from '@guichet/access'
import { Failure } from '@guichet/contracts/failure'
import { getCompany, inviteAccount, listAccounts } from '@guichet/contracts/identity'
import type { Page, PageCall } from '../../page.ts'
import { Fault } from '../../parts/forms.tsx'
import { companyTexts } from '../../texts/companies.ts'
import { languageOf } from './list.tsx'
import { CLIENT_ROLES, NewPerson, PeopleRows, rolesIn } from './people.tsx'

/** @throws Failure not-found: to everybody else there is no such page */
function ownCompany({ actor }: PageCall): string {
  const companyId = actor?.companyId ?? null
  if (!actor || companyId === null || !isManagerOf(actor, companyId)) throw new Failure('not-found')
  return companyId
}

export const colleaguesPage: Page = {
  path: '/colleagues',
  access: 'signed-in',
  show: async (call, refusal) => {
    const t = companyTexts(call.language)
    const id = ownCompany(call)
    const [company, people] = await Promise.all([
      call.ask(getCompany, { id }),
      call.ask(listAccounts, { companyId: id, limit: 100 }),
    ])
    const allowed = [
      company.managersSeeAll ? t.colleagues.seeAll : t.colleagues.seeOwn,
      company.priorityLocked ? t.colleagues.priorityLocked : t.colleagues.priorityFree,
    ]
    return {
      title: t.colleagues.title,
      layout: 'list',
      body: (
        <>
          <header class="page-head">
            <h1>{company.name}</h1>
          </header>
          <Fault refusal={refusal} />
          <PeopleRows call={call} people={people.items} linked={false} />
          <NewPerson call={call} among={CLIENT_ROLES} language={company.language} refusal={refusal} />
          <section class="section" aria-labelledby="allowed">
            <h2 id="allowed">{t.colleagues.allowed}</h2>
            <ul class="feed plain-feed">
              {allowed.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </section>
        </>
      ),
    }
  },
  act: async (call) => {
    const { ask, form, language } = call
    await ask(inviteAccount, {
      companyId: ownCompany(call),
      name: form['name'] ?? '',
      email: form['email'] ?? '',
      roles: rolesIn(form, CLIENT_ROLES),
      language: languageOf(form['language']),
    })
    return { redirect: '/colleagues', done: { text: companyTexts(language).done.invited } }
  },
}
