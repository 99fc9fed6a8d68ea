/** The public page, and the ways in: password, a link for whoever forgot it. */
import type { OutputOf } from '@guichet/contracts/definition'
import { requestPasswordReset, type signIn, signInForEvaluation, signOut } from '@guichet/contracts/identity'
import { beginSignIn } from '@guichet/contracts/second-factor'
import type { Page, PageCall, Redirect } from '../page.ts'
import { Fault, Field } from '../parts/forms.tsx'
import { Gate } from '../parts/gate.tsx'
import { secondFactorTexts } from '../texts/second-factor.ts'
import { signInTexts } from '../texts/sign-in.ts'
import { choosePasswordPages } from './choose-password.tsx'
import { homePage } from './home.tsx'
import { ownPath } from './own-path.ts'
import { signInCodePage } from './sign-in-code.tsx'

function enter({ session, expiresAt }: OutputOf<typeof signIn>, to = '/'): Redirect {
  return { redirect: to, session: { secret: session, expiresAt } }
}

const front: Page = {
  path: '/',
  access: 'public',
  show: (call) => (call.actor ? homePage(call, call.actor) : Promise.resolve(welcome(call))),
}

function welcome(call: PageCall) {
  const t = signInTexts(call.language)
  return {
    title: t.welcome,
    body: (
      <div class="welcome">
        <section>
          <p class="brand">{call.brand}</p>
          <h1>{t.welcome}</h1>
          <p class="lead">{t.lead}</p>
          <p class="actions">
            <a class="button primary" href="/sign-in">
              {t.manageTickets}
            </a>
          </p>
          <p class="hint">
            {t.orWrite} <a href={`mailto:${call.supportAddress}`}>{call.supportAddress}</a>
          </p>
          <Evaluation call={call} />
        </section>
        <ol>
          {t.steps.map(({ title, text }) => (
            <li key={title}>
              <strong>{title}</strong>
              <span class="quiet-text">{text}</span>
            </li>
          ))}
        </ol>
      </div>
    ),
  }
}

const signInPage: Page = {
  path: '/sign-in',
  access: 'public',
  show: (call, refusal) => {
    const t = signInTexts(call.language)
    return Promise.resolve({
      title: t.signIn,
      body: (
        <Gate call={call}>
          <h1>{t.signIn}</h1>
          {said(call) && !refusal ? (
            <p class="said" role="status">
              {said(call)}
            </p>
          ) : null}
          <Fault refusal={refusal} />
          <form method="post" class="stacked">
            <Field name="login" label={t.login} refusal={refusal} autocomplete="username" autofocus />
            <Field name="password" label={t.password} type="password" autocomplete="current-password" />
            <button class="primary">{t.signIn}</button>
          </form>
          <p class="beside">
            <a href="/password-resets">{t.forgotPassword}</a>
          </p>
          <Evaluation call={call} />
        </Gate>
      ),
    })
  },
  act: async ({ ask, form, query, clientAddress, userAgent }) => {
    const { login = '', password = '' } = form
    const next = ownPath(query['next'])
    const begun = await ask(beginSignIn, { login, password, clientAddress, userAgent })
    if (!('pending' in begun)) return enter(begun, next)
    const { pending: secret, expiresAt } = begun
    return { redirect: `/sign-in/code?${new URLSearchParams({ next })}`, pending: { secret, expiresAt } }
  },
}

/** Why one is here again. */
function said({ query, language }: PageCall): string | undefined {
  if (query['ended']) return signInTexts(language).again
  if (query['late']) return secondFactorTexts(language).late
  return query['reset'] ? secondFactorTexts(language).afterReset : undefined
}

function Evaluation({ call }: { call: PageCall }) {
  if (call.evaluationLinks.length === 0) return null
  return (
    <div class="evaluation">
      <p>{signInTexts(call.language).evaluation}</p>
      <ul>
        {call.evaluationLinks.map(({ label, path }) => (
          <li key={path}>
            <form method="post" action={path}>
              <button>
                <strong>{label.split(', ')[0]}</strong>
                <span>{label.split(', ').slice(1).join(', ')}</span>
              </button>
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
  show: async ({ ask, params, clientAddress, userAgent }) =>
    enter(await ask(signInForEvaluation, { link: params['link'] ?? '', clientAddress, userAgent })),
  act: async ({ ask, params, clientAddress, userAgent }) =>
    enter(await ask(signInForEvaluation, { link: params['link'] ?? '', clientAddress, userAgent })),
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
    const t = signInTexts(call.language)
    return Promise.resolve({
      title: t.forgotPassword,
      body: (
        <Gate call={call}>
          <h1>{t.forgotPassword}</h1>
          <Fault refusal={refusal} />
          {call.query['sent'] ? (
            <p class="said" role="status">
              {t.linkSent}
            </p>
          ) : (
            <>
              <p class="quiet-text">{t.forgotLead}</p>
              <form method="post" class="stacked">
                <Field name="email" label={t.email} type="email" refusal={refusal} autocomplete="email" />
                <button class="primary">{t.sendLink}</button>
              </form>
            </>
          )}
          <p class="beside">
            <a href="/sign-in">{t.back}</a>
          </p>
        </Gate>
      ),
    })
  },
  act: async ({ ask, form, clientAddress }) => {
    await ask(requestPasswordReset, { email: form['email'] ?? '', clientAddress })
    return { redirect: '/password-resets?sent=1' }
  },
}

export const signInPages: readonly Page[] = [
  front,
  signInPage,
  signInCodePage,
  evaluationPage,
  signOutPage,
  forgotten,
  ...choosePasswordPages,
]
