/** The second step of signing in: the password was right, the code of the telephone is asked for. */
import { Failure } from '@guichet/contracts/failure'
import { finishSignIn } from '@guichet/contracts/second-factor'
import type { Page, PageCall } from '../page.ts'
import { Fault, Field } from '../parts/forms.tsx'
import { Gate } from '../parts/gate.tsx'
import { secondFactorTexts } from '../texts/second-factor.ts'
import { filled } from '../texts/texts.ts'
import { ownPath } from './own-path.ts'

/** With where one wanted to go, and what else is said. */
const pathWith = (path: string, { query }: Pick<PageCall, 'query'>, more: Record<string, string> = {}) => {
  const { next } = query
  const search = new URLSearchParams({ ...(next === undefined ? {} : { next }), ...more }).toString()
  return search === '' ? path : `${path}?${search}`
}

export const signInCodePage: Page = {
  path: '/sign-in/code',
  access: 'public',
  show: (call, refusal) => {
    if (call.pending === undefined) return Promise.resolve({ redirect: pathWith('/sign-in', call) })
    const t = secondFactorTexts(call.language)
    const recovery = call.query['recovery'] !== undefined
    return Promise.resolve({
      title: t.enterTitle,
      body: (
        <Gate call={call}>
          <h1>{t.enterTitle}</h1>
          <p class="quiet-text">{recovery ? t.recoveryLead : filled(t.enterLead, { brand: call.brand })}</p>
          <Fault refusal={refusal} />
          <form method="post" class="stacked">
            {recovery ? (
              <Field name="code" label={t.recoveryCode} autocomplete="off" maxLength={50} autofocus />
            ) : (
              <Field
                name="code"
                label={t.code}
                autocomplete="one-time-code"
                inputmode="numeric"
                maxLength={50}
                autofocus
              />
            )}
            <button class="primary">{t.confirm}</button>
          </form>
          <p class="beside">
            <a href={pathWith('/sign-in/code', call, recovery ? {} : { recovery: '1' })}>
              {recovery ? t.useApplication : t.useRecovery}
            </a>
          </p>
          {recovery ? <p class="hint spaced">{t.lost}</p> : null}
        </Gate>
      ),
    })
  },
  act: async (call) => {
    const { ask, form, pending = '', clientAddress, userAgent } = call
    try {
      const input = { pending, code: form['code'] ?? '', clientAddress, userAgent }
      const { account, session, expiresAt, recoveryCodesLeft: left } = await ask(finishSignIn, input)
      return {
        redirect: ownPath(call.query['next']),
        session: { secret: session, expiresAt },
        pending: null,
        ...(left === undefined
          ? {}
          : { done: { text: filled(secondFactorTexts(account.language).recoveryUsed, { left }) } }),
      }
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'sign-in-over')) throw error
      return { redirect: pathWith('/sign-in', call, { late: '1' }), pending: null }
    }
  },
}
