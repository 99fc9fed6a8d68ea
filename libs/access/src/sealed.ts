/**
 * What only the holder of a key can read again, and nobody can alter: secrets at rest, a word between two steps. JWE,
 * direct A256GCM (RFC 7516, 7518); purpose and subject are inside, so that one in another's place opens nothing.
 */
import { EncryptJWT, errors, jwtDecrypt } from 'jose'

export interface Sealed {
  /** Whose, or of what it is. */
  subject: string
  said: Record<string, unknown>
}

const HEADER = { alg: 'dir', enc: 'A256GCM' } as const

/** @param key 32 bytes (secrets.ts) @param until default: for ever */
export async function seal(
  key: Uint8Array,
  purpose: string,
  { subject, said }: Sealed,
  until?: Temporal.Instant,
): Promise<string> {
  const token = new EncryptJWT(said).setProtectedHeader(HEADER).setAudience(purpose).setSubject(subject)
  if (until) token.setExpirationTime(Math.floor(until.epochMilliseconds / 1000))
  return await token.encrypt(key)
}

/** undefined: altered, over, made for another purpose, or not under this key. */
export async function unseal(
  key: Uint8Array,
  purpose: string,
  sealed: string,
  now: Temporal.Instant,
): Promise<Sealed | undefined> {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      audience: purpose,
      keyManagementAlgorithms: [HEADER.alg],
      contentEncryptionAlgorithms: [HEADER.enc],
      currentDate: new Date(now.epochMilliseconds),
    })
    return payload.sub === undefined ? undefined : { subject: payload.sub, said: payload }
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
