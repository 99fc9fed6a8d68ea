/** One's own: name, language, mails, addresses, password, and where one is signed in. */
import { Failure } from '@guichet/contracts/failure'
import {
  changeAccount,
  getAccount,
  listAccounts,
  listAddresses,
  removeAddress,
} from '@guichet/contracts/identity'
import {
  changePassword,
  claimAddress,
  endOtherSessions,
  endSession,
  listSessions,
} from '@guichet/contracts/own-account'
import type { Page, PageCall, Redirect, Refusal } from '../../page.ts'
import { absenceIn, AbsenceSection } from '../../parts/absence.tsx'
import { Fault } from '../../parts/forms.tsx'
import { absenceTexts } from '../../texts/absence.ts'
import { accountTexts } from '../../texts/account.ts'
import { languageOf } from '../companies/list.tsx'
import { getSecondFactor } from '@guichet/contracts/second-factor'
import { confirmAddressPage } from './confirm-address.tsx'
import { secondFactorPages } from './second-factor.tsx'
import { Addresses, Mails, mailsOf, Password, Person, SecondFactorState, Sessions } from './sections.tsx'

function self({ actor }: PageCall) {
  if (!actor) throw new Failure('unauthenticated')
  return actor
}

async function show(call: PageCall, refusal?: Refusal) {
  const t = accountTexts(call.language)
  const { accountId, companyId } = self(call)
  const [account, { items: addresses }, { items: sessions }, factor, { items: colleagues }] =
    await Promise.all([
      call.ask(getAccount, { id: accountId }),
      call.ask(listAddresses, { accountId }),
      call.ask(listSessions, { session: call.session }),
      companyId === null ? call.ask(getSecondFactor, {}) : undefined,
      companyId === null ? call.ask(listAccounts, { companyId: null, limit: 100 }) : { items: [] },
    ])
  const part = { call, refusal }
  return {
    title: t.title,
    layout: 'card' as const,
    body: (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
          <p class="quiet-text">{account.email}</p>
        </header>
        <Fault refusal={refusal} />
        <Person {...part} account={account} />
        <Mails {...part} account={account} />
        <AbsenceSection {...part} account={account} colleagues={colleagues} action="/account/absence" />
        <Addresses {...part} account={account} addresses={addresses.map(({ address }) => address)} />
        <Password {...part} />
        {factor ? <SecondFactorState {...part} factor={factor} /> : null}
        <Sessions {...part} sessions={sessions} />
      </>
    ),
  }
}

function form(path: string, act: (call: PageCall) => Promise<Omit<Redirect, 'redirect'>>): Page {
  return {
    path,
    access: 'signed-in',
    show,
    act: async (call) => ({ redirect: '/account', ...(await act(call)) }),
  }
}

export const accountPages: readonly Page[] = [
  form('/account', async (call) => {
    const { name = '', language } = call.form
    const chosen = languageOf(language ?? call.language)
    await call.ask(changeAccount, { id: self(call).accountId, changes: { name, language: chosen } })
    return { done: { text: accountTexts(chosen).saved } }
  }),
  form('/account/mails', async (call) => {
    const mutedMails = mailsOf(self(call)).filter((kind) => call.form[`mail-${kind}`] !== 'true')
    await call.ask(changeAccount, { id: self(call).accountId, changes: { mutedMails: [...mutedMails] } })
    return { done: { text: accountTexts(call.language).mailsSaved } }
  }),
  form('/account/absence', async (call) => {
    await call.ask(changeAccount, { id: self(call).accountId, changes: { absence: absenceIn(call.form) } })
    return { done: { text: absenceTexts(call.language).noted } }
  }),
  form('/account/absence/remove', async (call) => {
    await call.ask(changeAccount, { id: self(call).accountId, changes: { absence: null } })
    return { done: { text: absenceTexts(call.language).removed } }
  }),
  form('/account/addresses', async (call) => {
    await call.ask(claimAddress, { address: call.form['address']?.trim() ?? '' })
    return { done: { text: accountTexts(call.language).confirmationSent } }
  }),
  form('/account/addresses/remove', async (call) => {
    await call.ask(removeAddress, {
      accountId: self(call).accountId,
      address: call.form['address'] ?? '',
    })
    return { done: { text: accountTexts(call.language).addressRemoved } }
  }),
  form('/account/password', async (call) => {
    const { current = '', password = '', again = '' } = call.form
    if (password !== again)
      throw new Failure('passwords-differ', { fields: [{ path: 'again', code: 'passwords-differ' }] })
    const { clientAddress, userAgent } = call
    const { session, expiresAt } = await call.ask(changePassword, {
      current,
      password,
      clientAddress,
      userAgent,
    })
    return {
      session: { secret: session, expiresAt },
      done: { text: accountTexts(call.language).passwordChanged },
    }
  }),
  form('/account/sessions/end', async (call) => {
    await call.ask(endSession, { id: call.form['id'] ?? '' })
    return { done: { text: accountTexts(call.language).sessionEnded } }
  }),
  form('/account/sessions/end-others', async (call) => {
    const { clientAddress, userAgent } = call
    const { session, expiresAt } = await call.ask(endOtherSessions, { clientAddress, userAgent })
    return {
      session: { secret: session, expiresAt },
      done: { text: accountTexts(call.language).othersEnded },
    }
  }),
  ...secondFactorPages,
  confirmAddressPage,
]
