/** One's own second factor: set up in three steps, managed, turned off. Also where one is led when the house asks for it. */
import { Failure } from '@guichet/contracts/failure'
import {
  getSecondFactor,
  offerSecondFactor,
  readSecondFactorOffer,
  renewRecoveryCodes,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@guichet/contracts/second-factor'
import type { Page, PageCall, Redirect, Refusal, Shown } from '../../page.ts'
import { secondFactorTexts } from '../../texts/second-factor.ts'
import { AskPassword, Frame, HOME, Manage, RecoveryCodes, ScanAndConfirm } from './second-factor-parts.tsx'

function shown(call: PageCall, refusal: Refusal | undefined, body: Shown['body'], turnedOn = false): Shown {
  return {
    title: secondFactorTexts(call.language).title,
    layout: 'card',
    body: (
      <Frame call={call} refusal={refusal} turnedOn={turnedOn}>
        {body}
      </Frame>
    ),
  }
}

async function show(call: PageCall, refusal?: Refusal): Promise<Shown> {
  const factor = await call.ask(getSecondFactor, {})
  const part = { call, refusal }
  if (factor.on) return shown(call, refusal, <Manage {...part} factor={factor} />)
  const offered = await offerOf(call)
  return shown(call, refusal, offered ? <ScanAndConfirm {...part} {...offered} /> : <AskPassword {...part} />)
}

/** The secret that the refused form was about; none when that is over. */
async function offerOf({ ask, form }: PageCall) {
  const offer = form['offer']
  if (offer === undefined) return undefined
  try {
    return { offer, ...(await ask(readSecondFactorOffer, { offer })) }
  } catch (error) {
    if (error instanceof Failure && error.code === 'offer-over') return undefined
    throw error
  }
}

const page = (path: string, act: (call: PageCall) => Promise<Redirect | Shown>): Page => ({
  path: `${HOME}${path}`,
  access: 'enrolling',
  show,
  act,
})

const given = ({ form, clientAddress }: PageCall) => ({
  password: form['password'] ?? '',
  code: form['code'] ?? '',
  clientAddress,
})

export const secondFactorPages: readonly Page[] = [
  page('', async (call) => {
    const { password, clientAddress } = given(call)
    const offered = await call.ask(offerSecondFactor, { password, clientAddress })
    return shown(call, undefined, <ScanAndConfirm call={call} refusal={undefined} {...offered} />)
  }),
  page('/on', async (call) => {
    const { code, clientAddress } = given(call)
    const input = { offer: call.form['offer'] ?? '', code, clientAddress, userAgent: call.userAgent }
    const { recoveryCodes, signedIn } = await call.ask(turnOnSecondFactor, input)
    const next = call.enrolling ? '/' : '/account'
    const body = <RecoveryCodes call={call} codes={recoveryCodes} next={next} />
    return {
      ...shown(call, undefined, body, true),
      session: { secret: signedIn.session, expiresAt: signedIn.expiresAt },
    }
  }),
  page('/off', async (call) => {
    await call.ask(turnOffSecondFactor, given(call))
    return { redirect: HOME, done: { text: secondFactorTexts(call.language).turnedOff } }
  }),
  page('/recovery-codes', async (call) => {
    const { recoveryCodes } = await call.ask(renewRecoveryCodes, given(call))
    return shown(call, undefined, <RecoveryCodes call={call} codes={recoveryCodes} next={HOME} />)
  }),
]
