import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { signIn } from '@guichet/contracts/identity'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import type { StoredAccount } from '../domain/account.ts'
import { normalizeAddress } from '../domain/address.ts'
import { openSession } from '../session.ts'

/**
 * An unknown address, a wrong password and an inactive account get the same answer after the same work (spec/security.md
 * line 2). @throws Failure wrong-credentials, too-many-attempts
 */
export async function answerSignIn(
  context: Context,
  { login, password, clientAddress }: InputOf<typeof signIn>,
): Promise<OutputOf<typeof signIn>> {
  const account = await accountOf(context, login)
  // By what was typed too, so that an unknown account is slowed like a known one; and by place, so that a stranger's
  // guesses slow the stranger more than the owner.
  const keys = [`sign-in:${clientAddress}`, `sign-in:${clientAddress}:${login.trim().toLowerCase()}`]
  context.throttle.admit(keys)
  const encoded = account?.value.status === 'active' ? account.value.passwordHash : null
  const right = await context.passwords.matches(encoded, password)
  if (!account || !right) {
    context.throttle.failed(keys)
    throw new Failure('wrong-credentials')
  }
  context.throttle.succeeded(keys)
  return await openSession(context, account)
}

export async function accountOf(
  { collections }: Context,
  login: string,
): Promise<Stored<StoredAccount> | undefined> {
  const address = normalizeAddress(login)
  const owner = address === undefined ? undefined : await collections.addresses.get(address)
  return owner && (await collections.accounts.get(owner.value.accountId))
}
