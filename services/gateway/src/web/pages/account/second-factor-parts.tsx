/** What the page of one's second factor is made of, each state apart. */
import type { SecondFactor } from '@guichet/contracts/second-factor'
import type { ComponentChildren } from 'preact'
import type { PageCall, Refusal } from '../../page.ts'
import { Action, Fault, Field } from '../../parts/forms.tsx'
import { Gate } from '../../parts/gate.tsx'
import { QrCode } from '../../parts/qr-code.tsx'
import { dateTime } from '../../parts/times.ts'
import { secondFactorTexts } from '../../texts/second-factor.ts'

export const HOME = '/account/second-factor'
/** Fewer are a reason to make new ones. */
const FEW_CODES = 3

interface Part {
  call: PageCall
  refusal: Refusal | undefined
}

/** In the portal's frame; or alone, while everything else is closed. `turnedOn`: it has just been. */
export function Frame(props: Part & { turnedOn?: boolean; children: ComponentChildren }) {
  const { call, refusal, turnedOn, children } = props
  const t = secondFactorTexts(call.language)
  if (!call.enrolling)
    return (
      <>
        <header class="page-head">
          <h1>{t.title}</h1>
          <a href="/account">{t.back}</a>
        </header>
        {turnedOn ? <p class="said">{t.nowOn}</p> : null}
        <Fault refusal={refusal} />
        {children}
      </>
    )
  return (
    <Gate call={call}>
      <h1>{t.title}</h1>
      <p class="said">{turnedOn ? t.nowOn : t.due}</p>
      <Fault refusal={refusal} />
      {children}
      {turnedOn ? null : (
        <p class="beside">
          <Action action="/sign-out" kind="link">
            {t.signOut}
          </Action>
        </p>
      )}
    </Gate>
  )
}

/** Off: the first of three steps. */
export function AskPassword({ call, refusal }: Part) {
  const t = secondFactorTexts(call.language)
  return (
    <>
      <p class="hint">{t.lead}</p>
      <form method="post" action={HOME} class="stacked spaced narrow-form" data-turbo="false">
        <p>{t.passwordLead}</p>
        {call.evaluationLinks.length > 0 ? <p class="said">{t.evaluation}</p> : null}
        <Field
          name="password"
          label={t.password}
          type="password"
          refusal={refusal}
          autocomplete="current-password"
          autofocus
        />
        <p>
          <button class="primary">{t.proceed}</button>
        </p>
      </form>
    </>
  )
}

/** Four by four, as people read a long word to themselves. */
const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret

export function ScanAndConfirm(props: Part & { offer: string; secret: string; uri: string }) {
  const { call, offer, secret, uri } = props
  const t = secondFactorTexts(call.language)
  return (
    <>
      <section class="section" aria-labelledby="scan">
        <h2 id="scan">{t.scanTitle}</h2>
        <p class="hint">{t.scanLead}</p>
        <QrCode text={uri} label={t.qr} />
        <p>
          <a href={uri}>{t.onThisDevice}</a>
        </p>
        <dl class="stack-tight spaced">
          <dt class="quiet-text">{t.key}</dt>
          <dd>
            <code class="key" translate={false}>
              {inFours(secret)}
            </code>
          </dd>
        </dl>
      </section>
      <section class="section" aria-labelledby="first-code">
        <h2 id="first-code">{t.firstTitle}</h2>
        <form method="post" action={`${HOME}/on`} class="stacked spaced narrow-form" data-turbo="false">
          <input type="hidden" name="offer" value={offer} />
          <Field
            name="code"
            label={t.code}
            autocomplete="one-time-code"
            inputmode="numeric"
            maxLength={50}
            hint={t.firstHint}
          />
          <p>
            <button class="primary">{t.turnOn}</button>
          </p>
        </form>
      </section>
    </>
  )
}

/** Shown once: kept by copying, in a file, or on paper. */
export function RecoveryCodes({
  call,
  codes,
  next,
}: {
  call: PageCall
  codes: readonly string[]
  next: string
}) {
  const t = secondFactorTexts(call.language)
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${call.brand}\n${codes.join('\n')}\n`)}`
  return (
    <section class="section" aria-labelledby="codes" data-controller="recovery-codes">
      <h2 id="codes">{t.codesTitle}</h2>
      <p>{t.codesLead}</p>
      <ul class="recovery-codes" data-recovery-codes-target="codes" translate={false}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p class="actions no-print">
        <a class="button" href={file} download="recovery-codes.txt">
          {t.download}
        </a>
        <button
          type="button"
          hidden
          data-recovery-codes-target="button"
          data-action="recovery-codes#copy"
          data-copied={t.copied}
        >
          {t.copy}
        </button>
        <button type="button" hidden data-recovery-codes-target="button" data-action="recovery-codes#print">
          {t.print}
        </button>
      </p>
      <p class="actions spaced no-print">
        <a class="button primary" href={next}>
          {t.codesKept}
        </a>
      </p>
    </section>
  )
}

export function Manage({ call, refusal, factor }: Part & { factor: SecondFactor }) {
  const t = secondFactorTexts(call.language)
  return (
    <>
      <dl class="fact-list">
        <dt>{t.since}</dt>
        <dd>{factor.since === null ? null : dateTime(factor.since, call.language)}</dd>
        <dt>{t.codesLeft}</dt>
        <dd>{factor.recoveryCodesLeft}</dd>
      </dl>
      {factor.recoveryCodesLeft <= FEW_CODES ? <p class="said warn">{t.fewCodes}</p> : null}
      <Proof
        call={call}
        refusal={refusal}
        path={`${HOME}/recovery-codes`}
        label={t.renew}
        hint={t.renewLead}
        once
      />
      <Proof
        call={call}
        refusal={refusal}
        path={`${HOME}/off`}
        label={t.turnOff}
        hint={factor.compulsory ? t.turnOffDue : t.turnOffLead}
      />
    </>
  )
}

/** Password and code again, before something that weakens or replaces. `once`: the answer shows what is told once. */
function Proof(props: Part & { path: string; label: string; hint: string; once?: boolean }) {
  const { call, refusal, path, label, hint, once } = props
  const t = secondFactorTexts(call.language)
  const own = call.path === path ? refusal : undefined
  return (
    <section class="section">
      <details class="folded" open={call.path === path}>
        <summary>{label}</summary>
        <form
          method="post"
          action={path}
          class="stacked spaced narrow-form"
          data-turbo={once ? 'false' : undefined}
        >
          <p class="hint">{hint}</p>
          <Field
            name="password"
            prefix={path}
            label={t.password}
            type="password"
            refusal={own}
            autocomplete="current-password"
          />
          <Field
            name="code"
            prefix={path}
            label={t.codeOrRecovery}
            autocomplete="one-time-code"
            maxLength={50}
          />
          <p>
            <button class={once ? 'primary' : 'danger'}>{label}</button>
          </p>
        </form>
      </details>
    </section>
  )
}
