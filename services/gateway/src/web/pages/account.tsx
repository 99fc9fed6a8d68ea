/** One's own: language, registered addresses, password. */
import { Failure } from '@guichet/contracts/failure'
import { changeAccount, listAddresses, requestPasswordReset } from '@guichet/contracts/identity'
import type { Language } from '@guichet/contracts/values/language'
import type { Page, PageCall, Refusal } from '../page.ts'
import { Action, Choice, Fault } from '../parts/forms.tsx'
import { accountTexts } from '../texts/account.ts'
import { filled } from '../texts/texts.ts'

function self({ actor }: PageCall) {
  if (!actor) throw new Failure('unauthenticated')
  return actor
}

async function show(call: PageCall, refusal?: Refusal) {
  const t = accountTexts(call.language)
  const { accountId, name, email } = self(call)
  const { items } = await call.ask(listAddresses, { accountId })
  return {
    title: t.title,
    layout: 'card' as const,
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
        </header>
        <Fault refusal={refusal} />
        <dl class="fact-list">
          <dt>{t.name}</dt>
          <dd>{name}</dd>
          <dt>{t.email}</dt>
          <dd>{email}</dd>
        </dl>
        <section class="section" aria-labelledby="own-language">
          <h2 id="own-language">{t.language}</h2>
          <p class="hint">{t.languageHint}</p>
          <form method="post" class="row spaced">
            <Choice
              name="language"
              label={t.language}
              options={t.languages}
              value={call.language}
              refusal={refusal}
            />
            <button>{t.save}</button>
          </form>
        </section>
        <section class="section" aria-labelledby="own-addresses">
          <h2 id="own-addresses">{t.addresses}</h2>
          <p class="hint">{filled(t.addressesLead, { support: call.supportAddress })}</p>
          <ul class="feed plain-feed">
            {items.map(({ address }) => (
              <li key={address}>{address}</li>
            ))}
          </ul>
          <p class="hint spaced">{t.addressesHint}</p>
        </section>
        <section class="section" aria-labelledby="own-password">
          <h2 id="own-password">{t.password}</h2>
          <p class="hint">{t.passwordLead}</p>
          <p class="spaced">
            <Action action="/account/password">{t.changePassword}</Action>
          </p>
        </section>
      </>
    ),
  }
}

const LANGUAGES: readonly Language[] = ['fr', 'nl', 'en']

export const accountPages: readonly Page[] = [
  {
    path: '/account',
    access: 'signed-in',
    show,
    act: async (call) => {
      const language = LANGUAGES.find((each) => each === call.form['language']) ?? call.language
      await call.ask(changeAccount, { id: self(call).accountId, changes: { language } })
      return { redirect: '/account', done: { text: accountTexts(language).saved } }
    },
  },
  {
    path: '/account/password',
    access: 'signed-in',
    show,
    act: async (call) => {
      const { email } = self(call)
      await call.ask(requestPasswordReset, { email, clientAddress: call.clientAddress })
      return { redirect: '/account', done: { text: accountTexts(call.language).passwordSent } }
    },
  },
]
