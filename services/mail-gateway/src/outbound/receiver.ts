import { Failure } from '@guichet/contracts/failure'
import { getAccount, type Account } from '@guichet/contracts/identity'
import type { StoredOutgoing } from '../collections.ts'
import type { Context } from '../context.ts'
import { isSafeAddress } from './compose.ts'

/** undefined: nobody to mail to — gone, switched off, bounced, or ourselves. */
export async function receiverOf(
  { accountId, address }: StoredOutgoing,
  context: Context,
): Promise<{ name: string; address: string } | undefined> {
  const account = accountId === null ? undefined : await accountOf(accountId, context)
  // A person may be written to elsewhere than at their account's address: where they say that they read mail too.
  const to = { name: account?.name ?? '', address: address ?? account?.email ?? '' }
  const gone =
    accountId !== null &&
    (!account || account.status === 'inactive' || (account.mailBlocked === true && address === null))
  const ours = to.address.toLowerCase() === context.parts.config.SUPPORT_ADDRESS.toLowerCase()
  return gone || ours || !isSafeAddress(to.address) ? undefined : to
}

async function accountOf(id: string, { parts: { bus, actors } }: Context): Promise<Account | undefined> {
  try {
    return await bus.requests.ask(getAccount, { id }, { token: await actors.own() })
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined
    throw error
  }
}
