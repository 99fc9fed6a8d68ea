import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { signIn } from '@guichet/contracts/identity'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import type { StoredAccount } from '../domain/account.ts'
import { normalizeAddress } from '../domain/address.ts'
import { ACCOUNT, ACCOUNT_AT_PLACE, PLACE } from '../domain/throttle.ts'
import { answerSignOut, openSession } from '../session.ts'
import type { Count } from '../throttle.ts'

/**
 * An unknown address, a wrong password and an inactive account get the same answer after the same work (spec/security.md
 * line 2). @throws Failure wrong-credentials, too-many-attempts
 */
export async function answerSignIn(
  context: Context,
  { login, password, clientAddress, userAgent, replaces }: InputOf<typeof signIn>,
): Promise<OutputOf<typeof signIn>> {
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
  const signedIn = await openSession(context, account, { clientAddress, userAgent })
  // OWASP ASVS 5.0 7.2.4: the session that this one takes the place of ends.
  if (replaces !== undefined) await answerSignOut(context, replaces)
  return signedIn
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
