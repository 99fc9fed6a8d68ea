/** What the links of the welcome mail and of a forgotten password lead to. */
import { Failure } from '@guichet/contracts/failure'
import { activate, getActivation, resetPassword } from '@guichet/contracts/identity'
import type { Page, PageCall, Refusal } from '../page.ts'
import { Fault, Field } from '../parts/forms.tsx'
import { Gate } from '../parts/gate.tsx'
import { signInTexts } from '../texts/sign-in.ts'
import { filled } from '../texts/texts.ts'

function choosePassword(path: string, purpose: 'activation' | 'password-reset'): Page {
  return {
    path,
    access: 'public',
    show: async (call, refusal) => {
      const { name, language } = await call.ask(getActivation, { token: call.params['token'] ?? '', purpose })
      // The person's own language: nobody is signed in yet whose language it could be.
      const theirs = { ...call, language }
      return {
        title: signInTexts(language).choosePassword,
        body: <ChoosePassword call={theirs} name={name} refusal={refusal} />,
      }
    },
    act: async ({ ask, params, form, clientAddress, userAgent }) => {
      const { password = '', again = '' } = form
      if (password !== again) {
        throw new Failure('passwords-differ', { fields: [{ path: 'again', code: 'passwords-differ' }] })
      }
      const contract = purpose === 'activation' ? activate : resetPassword
      const input = { token: params['token'] ?? '', password, clientAddress, userAgent }
      try {
        const { session: secret, expiresAt } = await ask(contract, input)
        return { redirect: '/', session: { secret, expiresAt } }
      } catch (error) {
        // The password is set; the mailbox is no second factor.
        if (error instanceof Failure && error.code === 'second-factor-required')
          return { redirect: '/sign-in?reset=1' }
        throw error
      }
    },
  }
}

const RULES = ['length', 'lower', 'upper', 'digit', 'special', 'same'] as const

export function PasswordFields({ call, refusal }: { call: PageCall; refusal: Refusal | undefined }) {
  const t = signInTexts(call.language)
  return (
    <div class="stack" data-controller="password-rules" data-action="input->password-rules#check">
      <Field
        name="password"
        label={t.password}
        type="password"
        refusal={refusal}
        autocomplete="new-password"
        data={{ 'data-password-rules-target': 'password' }}
      />
      <Field
        name="again"
        label={t.passwordAgain}
        type="password"
        refusal={refusal}
        autocomplete="new-password"
        data={{ 'data-password-rules-target': 'again' }}
      />
      <ul class="rules" id="password-rules">
        {RULES.map((rule) => (
          <li
            key={rule}
            data-password-rules-target="rule"
            data-rule={rule}
            data-met={t.met}
            data-unmet={t.unmet}
          >
            <span>{t.rules[rule]}</span>
            <span class="unseen" />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ChoosePassword(props: { call: PageCall; name: string; refusal: Refusal | undefined }) {
  const { call, name, refusal } = props
  const t = signInTexts(call.language)
  return (
    <Gate call={call}>
      <h1>{t.choosePassword}</h1>
      <p class="quiet-text">{filled(t.hello, { name })}</p>
      <Fault refusal={refusal} />
      <form method="post" class="stacked">
        <PasswordFields call={call} refusal={refusal} />
        <button class="primary">{t.send}</button>
      </form>
    </Gate>
  )
}

export const choosePasswordPages: readonly Page[] = [
  choosePassword('/activation/:token', 'activation'),
  choosePassword('/password-resets/:token', 'password-reset'),
]
