/**
 * What only identity can read again, and nobody can alter: the secret of a second factor at rest, the word between the
 * two steps of a sign-in. JWE, direct A256GCM (RFC 7516, 7518), under a key that is not in the store; the purpose and the
 * account are inside, so that one in another's place opens nothing.
 */
import { EncryptJWT, errors, jwtDecrypt } from 'jose'
import type { Context } from './context.ts'

export type SealedPurpose = 'second-factor-secret' | 'second-factor-offer' | 'pending-sign-in'

const HEADER = { alg: 'dir', enc: 'A256GCM' } as const
const keyOf = ({ parts }: Context): Uint8Array => parts.secrets.key('second-factor')

/** @param until default: for ever */
export async function seal(
  context: Context,
  purpose: SealedPurpose,
  accountId: string,
  said: Record<string, string | number>,
  until?: Temporal.Instant,
): Promise<string> {
  const token = new EncryptJWT(said).setProtectedHeader(HEADER).setAudience(purpose).setSubject(accountId)
  if (until) token.setExpirationTime(Math.floor(until.epochMilliseconds / 1000))
  return await token.encrypt(keyOf(context))
}

/** undefined: altered, over, made for another purpose, or not ours. */
export async function unseal(
  context: Context,
  purpose: SealedPurpose,
  sealed: string,
): Promise<{ accountId: string; said: Record<string, unknown> } | undefined> {
  try {
    const { payload } = await jwtDecrypt(sealed, keyOf(context), {
      audience: purpose,
      keyManagementAlgorithms: [HEADER.alg],
      contentEncryptionAlgorithms: [HEADER.enc],
      currentDate: new Date(context.parts.clock.now().epochMilliseconds),
    })
    return payload.sub === undefined ? undefined : { accountId: payload.sub, said: payload }
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
