/** The public page, and the ways in: password, link of the welcome mail, forgotten password. */
import type { OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  activate,
  getActivation,
  requestPasswordReset,
  resetPassword,
  signIn,
  signInForEvaluation,
  signOut,
} from '@guichet/contracts/identity'
import type { Page, PageCall, Redirect, Refusal } from '../page.ts'
import { Fault, Field } from '../parts/forms.tsx'
import { textsIn } from '../texts/texts.ts'

function enter({ session, expiresAt }: OutputOf<typeof signIn>, to = '/tickets'): Redirect {
  return { redirect: to, session: { secret: session, expiresAt } }
}

/** Only ever back into the portal: `//evil.test` and `https:` are somebody else's. */
function ownPath(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/tickets'
}

const home: Page = {
  path: '/',
  access: 'public',
  show: (call) => {
    if (call.actor) return Promise.resolve({ redirect: '/tickets' })
    const t = textsIn(call.language)
    return Promise.resolve({
      title: t.serviceDesk,
      body: (
        <section class="card">
          <h1>{call.brand}</h1>
          <p>{t.welcome}</p>
          <p>
            <a class="button" href="/sign-in">
              {t.manageTickets}
            </a>
          </p>
          <p class="hint">
            {t.welcomeMail} <a href={`mailto:${call.supportAddress}`}>{call.supportAddress}</a>
          </p>
        </section>
      ),
    })
  },
}

const signInPage: Page = {
  path: '/sign-in',
  access: 'public',
  show: (call, refusal) => {
    const t = textsIn(call.language)
    return Promise.resolve({
      title: t.signIn,
      body: (
        <section class="card">
          <h1>{t.signIn}</h1>
          <Fault refusal={refusal} />
          <form method="post">
            <Field name="login" label={t.login} refusal={refusal} autocomplete="username" />
            <Field name="password" label={t.password} type="password" autocomplete="current-password" />
            <button>{t.signIn}</button>
          </form>
          <p>
            <a href="/password-resets">{t.forgotPassword}</a>
          </p>
          {call.evaluationLinks.length > 0 ? <Evaluation call={call} /> : null}
        </section>
      ),
    })
  },
  act: async ({ ask, form, query, clientAddress }) => {
    const { login = '', password = '' } = form
    return enter(await ask(signIn, { login, password, clientAddress }), ownPath(query['next']))
  },
}

function Evaluation({ call }: { call: PageCall }) {
  return (
    <div class="evaluation">
      <p>{textsIn(call.language).evaluation}</p>
      <ul>
        {call.evaluationLinks.map(({ label, path }) => (
          <li key={path}>
            <form method="post" action={path}>
              <button class="quiet">{label}</button>
            </form>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A link printed at start is opened with GET; only an evaluation answers it. */
const evaluationPage: Page = {
  path: '/evaluation/:link',
  access: 'public',
  show: async ({ ask, params, clientAddress }) =>
    enter(await ask(signInForEvaluation, { link: params['link'] ?? '', clientAddress })),
  act: async ({ ask, params, clientAddress }) =>
    enter(await ask(signInForEvaluation, { link: params['link'] ?? '', clientAddress })),
}

const signOutPage: Page = {
  path: '/sign-out',
  access: 'public',
  show: () => Promise.resolve({ redirect: '/' }),
  act: async ({ ask, session }) => {
    if (session) await ask(signOut, { session })
    return { redirect: '/', session: null }
  },
}

const forgotten: Page = {
  path: '/password-resets',
  access: 'public',
  show: (call, refusal) => {
    const t = textsIn(call.language)
    return Promise.resolve({
      title: t.forgotPassword,
      body: (
        <section class="card">
          <h1>{t.forgotPassword}</h1>
          <Fault refusal={refusal} />
          {call.query['sent'] ? (
            <p role="status">{t.linkSent}</p>
          ) : (
            <form method="post">
              <Field name="email" label={t.email} type="email" refusal={refusal} autocomplete="email" />
              <button>{t.sendLink}</button>
            </form>
          )}
        </section>
      ),
    })
  },
  act: async ({ ask, form, clientAddress }) => {
    await ask(requestPasswordReset, { email: form['email'] ?? '', clientAddress })
    return { redirect: '/password-resets?sent=1' }
  },
}

function choosePassword(path: string, purpose: 'activation' | 'password-reset'): Page {
  return {
    path,
    access: 'public',
    show: async (call, refusal) => {
      const { name, language } = await call.ask(getActivation, { token: call.params['token'] ?? '', purpose })
      const t = textsIn(language)
      return { title: t.choosePassword, body: <ChoosePassword call={call} name={name} refusal={refusal} /> }
    },
    act: async ({ ask, params, form, clientAddress }) => {
      const { password = '', again = '' } = form
      if (password !== again) {
        throw new Failure('passwords-differ', { fields: [{ path: 'again', code: 'passwords-differ' }] })
      }
      const contract = purpose === 'activation' ? activate : resetPassword
      return enter(await ask(contract, { token: params['token'] ?? '', password, clientAddress }))
    },
  }
}

function ChoosePassword({
  call,
  name,
  refusal,
}: {
  call: PageCall
  name: string
  refusal: Refusal | undefined
}) {
  const t = textsIn(call.language)
  return (
    <section class="card">
      <h1>{t.choosePassword}</h1>
      <p>{name}</p>
      <Fault refusal={refusal} />
      <form method="post">
        <Field
          name="password"
          label={t.password}
          type="password"
          hint={t.passwordRules}
          refusal={refusal}
          autocomplete="new-password"
        />
        <Field
          name="again"
          label={t.passwordAgain}
          type="password"
          refusal={refusal}
          autocomplete="new-password"
        />
        <button>{t.send}</button>
      </form>
    </section>
  )
}

export const signInPages: readonly Page[] = [
  home,
  signInPage,
  evaluationPage,
  signOutPage,
  forgotten,
  choosePassword('/activation/:token', 'activation'),
  choosePassword('/password-resets/:token', 'password-reset'),
]
