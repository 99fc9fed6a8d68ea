/** A person's own second factor: offered, turned on and off, its recovery codes; and its end by an admin. */
import { isSelf, isStaffWith } from '@guichet/access'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { accessChanged } from '@guichet/contracts/identity'
import {
  secondFactorChanged,
  type getSecondFactor,
  type offerSecondFactor,
  type readSecondFactorOffer,
  type renewRecoveryCodes,
  type resetSecondFactor,
  type turnOffSecondFactor,
  type turnOnSecondFactor,
} from '@guichet/contracts/second-factor'
import type { AccountActor, Actor } from '@guichet/contracts/values/actor'
import { newEvent, NO_ONE, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { NewEvent, Stored } from '@guichet/store'
import { Secret } from 'otpauth'
import { secondFactorDue } from '../access-rules.ts'
import { later, now, type Context } from '../context.ts'
import type { StoredAccount } from '../domain/account.ts'
import { acceptedStep, uriOf } from '../domain/second-factor.ts'
import { ACCOUNT_AT_PLACE } from '../domain/throttle.ts'
import { proveOwnPassword } from '../own-password.ts'
import { seal, unseal } from '../sealed.ts'
import { newRecoveryCodes, useCode } from '../second-factor.ts'
import { openSession } from '../session.ts'
import { visibleAccount } from '../visible-account.ts'

const OFFER_HOURS = 0.25
/** RFC 4226 4, R6: 160 bits, as long as the hash. */
const SECRET_BYTES = 20

/** @throws Failure forbidden for clients' people, unauthenticated for what is no account, such as a program's token */
async function ownHouseAccount(context: Context, actor: AccountActor): Promise<Stored<StoredAccount>> {
  if (actor.companyId !== null) throw new Failure('forbidden')
  const stored = await context.collections.accounts.get(actor.accountId)
  if (stored?.value.status !== 'active') throw new Failure('unauthenticated')
  return stored
}

export async function answerGetSecondFactor(
  context: Context,
  { accountId }: InputOf<typeof getSecondFactor>,
  actor: AccountActor,
): Promise<OutputOf<typeof getSecondFactor>> {
  const own = accountId === undefined || isSelf(actor, accountId)
  const { value } = own
    ? await ownHouseAccount(context, actor)
    : await visibleAccount(context, accountId, actor)
  if (!own && !isStaffWith(actor, 'admin')) throw new Failure('forbidden')
  const { secondFactor } = value
  return {
    on: secondFactor !== undefined,
    since: secondFactor?.since ?? null,
    recoveryCodesLeft: secondFactor?.recoveryHashes.length ?? 0,
    compulsory: await secondFactorDue(context, { ...value, secondFactor: undefined }),
  }
}

export async function answerOfferSecondFactor(
  context: Context,
  { password, clientAddress }: InputOf<typeof offerSecondFactor>,
  actor: AccountActor,
): Promise<OutputOf<typeof offerSecondFactor>> {
  const { id, value } = await ownHouseAccount(context, actor)
  await proveOwnPassword(context, id, { password, clientAddress, field: 'password' })
  if (value.secondFactor) throw new Failure('second-factor-on')
  const secret = new Secret({ size: SECRET_BYTES }).base32
  const expiresAt = later(context, OFFER_HOURS)
  const said = { secret, epoch: value.sessionEpoch }
  const offer = await seal(context, 'second-factor-offer', id, said, Temporal.Instant.from(expiresAt))
  return { offer, expiresAt, secret, uri: uriFor(context, value, secret) }
}

const uriFor = ({ parts }: Context, { email }: StoredAccount, secret: string): string =>
  uriOf(secret, parts.config.BRAND ?? 'Guichet', email)

export async function answerReadSecondFactorOffer(
  context: Context,
  { offer }: InputOf<typeof readSecondFactorOffer>,
  actor: AccountActor,
): Promise<OutputOf<typeof readSecondFactorOffer>> {
  const account = await ownHouseAccount(context, actor)
  const secret = await offeredSecret(context, offer, account)
  return { secret, uri: uriFor(context, account.value, secret) }
}

/** @throws Failure offer-over: altered, another's, too late, or all sessions have ended since */
async function offeredSecret(
  context: Context,
  offer: string,
  { id, value }: Stored<StoredAccount>,
): Promise<string> {
  const opened = await unseal(context, 'second-factor-offer', offer)
  const { secret, epoch } = opened?.said ?? {}
  if (opened?.accountId !== id || epoch !== value.sessionEpoch || typeof secret !== 'string')
    throw new Failure('offer-over')
  return secret
}

export async function answerTurnOnSecondFactor(
  context: Context,
  { offer, code, clientAddress, userAgent }: InputOf<typeof turnOnSecondFactor>,
  actor: AccountActor,
): Promise<OutputOf<typeof turnOnSecondFactor>> {
  const { accounts } = context.collections
  const { recoveryCodes, recoveryHashes } = newRecoveryCodes(context, actor.accountId)
  const turnOn = async (): Promise<Stored<StoredAccount>> => {
    const stored = await ownHouseAccount(context, actor)
    if (stored.value.secondFactor) throw new Failure('second-factor-on')
    const secret = await offeredSecret(context, offer, stored)
    const lastStep = acceptedStep(secret, code, context.parts.clock.now().epochMilliseconds)
    if (lastStep === undefined)
      throw new Failure('wrong-code', { fields: [{ path: 'code', code: 'wrong-code' }] })
    const sealedSecret = await seal(context, 'second-factor-secret', stored.id, { secret })
    const value: StoredAccount = {
      ...stored.value,
      secondFactor: { sealedSecret, since: now(context), lastStep, recoveryHashes },
      sessionEpoch: stored.value.sessionEpoch + 1,
    }
    const events = [changed(context, actor, stored.id, 'on', recoveryHashes.length)]
    const { version } = await accounts.commit({
      id: stored.id,
      expectedVersion: stored.version,
      value,
      events,
    })
    return { id: stored.id, version, value }
  }
  const account = await context.throttle.attempt(
    `second-factor:${actor.accountId}`,
    [{ key: `first-code:${actor.accountId}`, patience: ACCOUNT_AT_PLACE }],
    () => retryOnConflict(turnOn),
    (error) => error instanceof Failure && error.code === 'wrong-code',
  )
  context.parts.bus.live.announce(accessChanged, { accountId: account.id }, NO_ONE)
  return { recoveryCodes, signedIn: await openSession(context, account, { clientAddress, userAgent }) }
}

function changed(
  context: Context,
  actor: Actor,
  accountId: string,
  change: 'on' | 'off' | 'reset' | 'recovery-codes-renewed',
  recoveryCodesLeft: number,
): NewEvent {
  const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
  return newEvent(secondFactorChanged, { accountId, change, recoveryCodesLeft }, facts)
}

/** The password, then a code: what else changes goes with the code, in one commit. */
async function prove(
  context: Context,
  { password, code, clientAddress }: InputOf<typeof turnOffSecondFactor>,
  actor: AccountActor,
  change: NonNullable<Parameters<typeof useCode>[3]>,
): Promise<void> {
  const { id, value } = await ownHouseAccount(context, actor)
  if (!value.secondFactor) throw new Failure('second-factor-off')
  await proveOwnPassword(context, id, { password, clientAddress, field: 'password' })
  await useCode(context, id, { code, clientAddress, wrong: 'wrong-code' }, change)
}

export async function answerTurnOffSecondFactor(
  context: Context,
  input: InputOf<typeof turnOffSecondFactor>,
  actor: AccountActor,
): Promise<OutputOf<typeof turnOffSecondFactor>> {
  await prove(context, input, actor, (_accepted, account) => {
    const { secondFactor: _factor, ...value } = account
    return { value, events: [changed(context, actor, actor.accountId, 'off', 0)] }
  })
  // Where the house asks for one, the doors that are open learn that it is due again.
  context.parts.bus.live.announce(accessChanged, { accountId: actor.accountId }, NO_ONE)
  return {}
}

export async function answerRenewRecoveryCodes(
  context: Context,
  input: InputOf<typeof renewRecoveryCodes>,
  actor: AccountActor,
): Promise<OutputOf<typeof renewRecoveryCodes>> {
  const { recoveryCodes, recoveryHashes } = newRecoveryCodes(context, actor.accountId)
  await prove(context, input, actor, ({ factor }, account) => ({
    value: { ...account, secondFactor: { ...factor, recoveryHashes } },
    events: [changed(context, actor, actor.accountId, 'recovery-codes-renewed', recoveryHashes.length)],
  }))
  return { recoveryCodes }
}

/** One's own is turned off with password and code: a session alone must not be enough. */
export async function answerResetSecondFactor(
  context: Context,
  { accountId }: InputOf<typeof resetSecondFactor>,
  actor: Actor,
): Promise<OutputOf<typeof resetSecondFactor>> {
  if (isSelf(actor, accountId)) throw new Failure('own-second-factor')
  await takeAwaySecondFactor(context, accountId, actor)
  return {}
}

/** Their sessions end, the password alone lets them in. @throws Failure not-found, second-factor-off */
export async function takeAwaySecondFactor(context: Context, accountId: string, actor: Actor): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await visibleAccount(context, accountId, actor)
    const { secondFactor, ...rest } = stored.value
    if (!secondFactor) throw new Failure('second-factor-off')
    await context.collections.accounts.commit({
      id: accountId,
      expectedVersion: stored.version,
      value: { ...rest, sessionEpoch: rest.sessionEpoch + 1 },
      events: [changed(context, actor, accountId, 'reset', 0)],
    })
  })
  context.parts.bus.live.announce(accessChanged, { accountId }, NO_ONE)
}
