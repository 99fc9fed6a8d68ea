/** Coming in with a password, and with a second factor where the account has one. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { signIn } from '@guichet/contracts/identity'
import type { beginSignIn, finishSignIn } from '@guichet/contracts/second-factor'
import type { Stored } from '@guichet/store'
import { later, type Context } from '../context.ts'
import type { StoredAccount } from '../domain/account.ts'
import { normalizeAddress } from '../domain/address.ts'
import { ACCOUNT, ACCOUNT_AT_PLACE, PLACE } from '../domain/throttle.ts'
import { seal, unseal } from '../sealed.ts'
import { useCode } from '../second-factor.ts'
import { answerSignOut, openSession, type Client } from '../session.ts'
import type { Count } from '../throttle.ts'

/** Between the two steps. */
const PENDING_HOURS = 1 / 6

/**
 * An unknown address, a wrong password and an inactive account get the same answer after the same work (spec/security.md
 * line 2); what an account has beside its password is looked at only once that was right.
 * @throws Failure wrong-credentials, second-factor-required, wrong-second-factor, too-many-attempts
 */
export async function answerSignIn(
  context: Context,
  { code, replaces, ...input }: InputOf<typeof signIn>,
): Promise<OutputOf<typeof signIn>> {
  const account = await provePassword(context, input)
  if (account.value.secondFactor && code === undefined) throw new Failure('second-factor-required')
  const signedIn =
    account.value.secondFactor && code !== undefined
      ? await enterWithCode(context, account.id, code, input)
      : await openSession(context, account, input)
  // OWASP ASVS 5.0 7.2.4: the session that this one takes the place of ends.
  if (replaces !== undefined) await answerSignOut(context, replaces)
  return signedIn
}

/** @throws Failure wrong-credentials, too-many-attempts */
export async function answerBeginSignIn(
  context: Context,
  input: InputOf<typeof beginSignIn>,
): Promise<OutputOf<typeof beginSignIn>> {
  const { id, value, version } = await provePassword(context, input)
  if (!value.secondFactor) return await openSession(context, { id, value, version }, input)
  const expiresAt = later(context, PENDING_HOURS)
  const said = { epoch: value.sessionEpoch }
  const pending = await seal(context, 'pending-sign-in', id, said, Temporal.Instant.from(expiresAt))
  return { pending, expiresAt }
}

/** @throws Failure sign-in-over, wrong-second-factor, too-many-attempts */
export async function answerFinishSignIn(
  context: Context,
  { pending, code, ...client }: InputOf<typeof finishSignIn>,
): Promise<OutputOf<typeof finishSignIn>> {
  const opened = await unseal(context, 'pending-sign-in', pending)
  const account = opened && (await context.collections.accounts.get(opened.accountId))
  // By the epoch: a password that has changed since, or a factor that was reset, begins again at the first step.
  const holds =
    account?.value.status === 'active' &&
    account.value.secondFactor !== undefined &&
    account.value.sessionEpoch === opened?.said['epoch']
  if (!account || !holds) throw new Failure('sign-in-over')
  return await enterWithCode(context, account.id, code, client)
}

async function enterWithCode(
  context: Context,
  accountId: string,
  code: string,
  client: Client,
): Promise<OutputOf<typeof signIn>> {
  const { clientAddress } = client
  const given = { code, clientAddress, wrong: 'wrong-second-factor' } as const
  const { account, by } = await useCode(context, accountId, given)
  const signedIn = await openSession(context, account, client)
  if (by === 'application') return signedIn
  return { ...signedIn, recoveryCodesLeft: account.value.secondFactor?.recoveryHashes.length ?? 0 }
}

async function provePassword(
  context: Context,
  { login, password, clientAddress }: { login: string; password: string; clientAddress: string },
): Promise<Stored<StoredAccount>> {
  const { throttle } = context
  const counts = countsOf(login, clientAddress)
  // Who has been right here before is slowed by their own mistakes only, whatever others try in their name.
  const counted = throttle.isTrusted(counts.here.key) ? [counts.here] : Object.values(counts)
  const account = await throttle.attempt(
    clientAddress,
    counted,
    () => holderOf(context, login, password),
    (error) => error instanceof Failure && error.code === 'wrong-credentials',
  )
  throttle.trust(counts.here.key)
  return account
}

/** By what was typed, so that an unknown account is slowed like a known one. */
function countsOf(login: string, clientAddress: string): Record<'here' | 'place' | 'account', Count> {
  const typed = login.trim().toLowerCase()
  return {
    here: { key: `sign-in:${clientAddress}:${typed}`, patience: ACCOUNT_AT_PLACE },
    place: { key: `sign-in-place:${clientAddress}`, patience: PLACE },
    account: { key: `sign-in-account:${typed}`, patience: ACCOUNT },
  }
}

async function holderOf(context: Context, login: string, password: string): Promise<Stored<StoredAccount>> {
  const account = await accountOf(context, login)
  const encoded = account?.value.status === 'active' ? account.value.passwordHash : null
  const right = await context.passwords.matches(encoded, password)
  if (!account || !right) throw new Failure('wrong-credentials')
  return account
}

/** Asks the store as often for an address that nobody has. */
export async function accountOf(
  { collections }: Context,
  login: string,
): Promise<Stored<StoredAccount> | undefined> {
  const owner = await collections.addresses.get(normalizeAddress(login) ?? 'nobody')
  return await collections.accounts.get(owner?.value.accountId ?? 'nobody')
}
