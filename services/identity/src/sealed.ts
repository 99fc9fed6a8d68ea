/** What identity seals: the secret of a second factor at rest, the word between the two steps of a sign-in. */
import * as access from '@guichet/access'
import type { Context } from './context.ts'

export type SealedPurpose = 'second-factor-secret' | 'second-factor-offer' | 'pending-sign-in'

const keyOf = ({ parts }: Context): Uint8Array => parts.secrets.key('second-factor')

/** @param until default: for ever */
export async function seal(
  context: Context,
  purpose: SealedPurpose,
  accountId: string,
  said: Record<string, string | number>,
  until?: Temporal.Instant,
): Promise<string> {
  return await access.seal(keyOf(context), purpose, { subject: accountId, said }, until)
}

/** undefined: altered, over, made for another purpose, or not ours. */
export async function unseal(
  context: Context,
  purpose: SealedPurpose,
  sealed: string,
): Promise<{ accountId: string; said: Record<string, unknown> } | undefined> {
  const opened = await access.unseal(keyOf(context), purpose, sealed, context.parts.clock.now())
  return opened && { accountId: opened.subject, said: opened.said }
}
