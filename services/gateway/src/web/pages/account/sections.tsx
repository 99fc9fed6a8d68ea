/** The parts of one's own account, each a form of its own. */
import type { Account, MutableMail } from '@guichet/contracts/identity'
import type { OwnSession } from '@guichet/contracts/own-account'
import type { SecondFactor } from '@guichet/contracts/second-factor'
import Bowser from 'bowser'
import type { PageCall, Refusal } from '../../page.ts'
import { AddressList } from '../../parts/address-list.tsx'
import { Action, Check, Choice, Field } from '../../parts/forms.tsx'
import { When } from '../../parts/time.tsx'
import { accountTexts } from '../../texts/account.ts'
import { secondFactorTexts } from '../../texts/second-factor.ts'
import { filled } from '../../texts/texts.ts'
import { PasswordFields } from '../choose-password.tsx'

interface Part {
  call: PageCall
  refusal: Refusal | undefined
}

export function Person({ call, account, refusal }: Part & { account: Account }) {
  const t = accountTexts(call.language)
  return (
    <section class="section" aria-labelledby="own-person">
      <h2 id="own-person">{t.person}</h2>
      <form method="post" action="/account" class="stacked spaced narrow-form">
        <Field
          name="name"
          label={t.name}
          value={account.name}
          refusal={refusal}
          autocomplete="name"
          maxLength={200}
        />
        <Choice
          name="language"
          label={t.language}
          options={t.languages}
          value={account.language}
          refusal={refusal}
          hint={t.languageHint}
        />
        <p>
          <button>{t.save}</button>
        </p>
      </form>
    </section>
  )
}

const OF_CLIENTS: readonly MutableMail[] = ['receipt', 'ticket-accepted', 'message-posted', 'ticket-closed']
const OF_STAFF: readonly MutableMail[] = ['support-ticket', 'support-reply', 'mentioned']

/** Those that somebody at this side of the counter is sent. */
export const mailsOf = ({ companyId }: Pick<Account, 'companyId'>): readonly MutableMail[] =>
  companyId === null ? OF_STAFF : OF_CLIENTS

export function Mails({ call, account }: Part & { account: Account }) {
  const t = accountTexts(call.language)
  const muted = account.mutedMails ?? []
  return (
    <section class="section" aria-labelledby="own-mails">
      <h2 id="own-mails">{t.mails}</h2>
      <p class="hint">{account.companyId === null ? t.mailsLeadStaff : t.mailsLead}</p>
      <form method="post" action="/account/mails" class="stacked spaced narrow-form">
        <fieldset>
          <legend>{t.mailsLegend}</legend>
          {mailsOf(account).map((kind) => (
            <Check key={kind} name={`mail-${kind}`} label={t.mail[kind]} checked={!muted.includes(kind)} />
          ))}
        </fieldset>
        <p>
          <button>{t.save}</button>
        </p>
      </form>
    </section>
  )
}

export function Addresses(props: Part & { account: Account; addresses: readonly string[] }) {
  const { call, account, addresses, refusal } = props
  const t = accountTexts(call.language)
  return (
    <section class="section" aria-labelledby="own-addresses">
      <h2 id="own-addresses">{t.addresses}</h2>
      <p class="hint">{filled(t.addressesLead, { support: call.supportAddress })}</p>
      <AddressList
        addresses={addresses}
        own={account.email}
        action="/account/addresses/remove"
        words={{ remove: t.remove, removeAddress: t.removeAddress, own: t.ownEmail }}
      />
      <form method="post" action="/account/addresses" class="row spaced">
        <Field
          name="address"
          label={t.newAddress}
          type="email"
          refusal={refusal}
          autocomplete="off"
          maxLength={254}
        />
        <button>{t.sendConfirmation}</button>
      </form>
      <p class="hint">{t.addressesHint}</p>
    </section>
  )
}

export function Password({ call, refusal }: Part) {
  const t = accountTexts(call.language)
  return (
    <section class="section" aria-labelledby="own-password">
      <h2 id="own-password">{t.password}</h2>
      <details class="folded" open={call.path === '/account/password'}>
        <summary>{t.changePassword}</summary>
        <form method="post" action="/account/password" class="stacked spaced narrow-form">
          <Field
            name="current"
            label={t.currentPassword}
            type="password"
            refusal={refusal}
            autocomplete="current-password"
          />
          <PasswordFields call={call} refusal={refusal} />
          <p class="hint">{t.passwordLead}</p>
          <p>
            <button class="primary">{t.changePassword}</button>
          </p>
        </form>
      </details>
    </section>
  )
}

export function SecondFactorState({ call, factor }: Part & { factor: SecondFactor }) {
  const t = secondFactorTexts(call.language)
  return (
    <section class="section" aria-labelledby="own-second-factor">
      <h2 id="own-second-factor">{t.title}</h2>
      <p class="hint">{t.lead}</p>
      <p class="actions spaced">
        <span class={factor.on ? 'status active' : 'status inactive'}>{factor.on ? t.isOn : t.isOff}</span>
        <a class="button" href="/account/second-factor">
          {factor.on ? t.manage : t.setUp}
        </a>
      </p>
    </section>
  )
}

export function Sessions({ call, sessions }: Part & { sessions: readonly OwnSession[] }) {
  const t = accountTexts(call.language)
  return (
    <section class="section" aria-labelledby="own-sessions">
      <h2 id="own-sessions">{t.sessions}</h2>
      <ul class="time-list spaced">
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              <strong>{deviceOf(session.userAgent, call)}</strong>
              <small class="block quiet-text">
                {session.current ? `${t.thisSession} · ` : ''}
                {t.lastSeen} <When at={session.lastSeenAt} language={call.language} />
                {session.clientAddress === null ? '' : ` · ${session.clientAddress}`}
              </small>
            </span>
            {session.current ? null : (
              <Action
                action="/account/sessions/end"
                fields={{ id: session.id }}
                kind="link"
                label={filled(t.endSession, { device: deviceOf(session.userAgent, call) })}
              >
                {t.end}
              </Action>
            )}
          </li>
        ))}
      </ul>
      {sessions.some(({ current }) => !current) ? (
        <p class="spaced">
          <Action action="/account/sessions/end-others">{t.endOthers}</Action>
        </p>
      ) : null}
    </section>
  )
}

/** `Firefox sur Windows`, as people call what they sit at. */
function deviceOf(userAgent: string | null, { language }: PageCall): string {
  const t = accountTexts(language)
  const { browser, os } = userAgent ? Bowser.parse(userAgent) : { browser: {}, os: {} }
  if (browser.name && os.name) return filled(t.device, { browser: browser.name, system: os.name })
  return browser.name ?? os.name ?? t.unknownDevice
}
