/**
 * The second factor: RFC 6238 as authenticator applications speak it (HMAC-SHA-1, six digits, thirty seconds), and
 * recovery codes for the day the telephone is lost. Pure. A code counts once: the step of the last one that was
 * accepted is remembered, and nothing up to it is accepted again (RFC 6238 5.2; OWASP ASVS 5.0 6.5.1).
 */
import { Secret, TOTP } from 'otpauth'

const STEP_SECONDS = 30
/** One step of clocks that differ, either way (RFC 6238 5.2). */
const WINDOW = 1
/** Crockford's base 32 without its look-alikes: no I, L, O, U. */
const RECOVERY_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** 50 bits each; they are compared under a key, and tries are throttled. */
const RECOVERY_LENGTH = 10
export const RECOVERY_CODES = 10

export interface StoredSecondFactor {
  /** Readable to identity alone (sealed.ts). */
  sealedSecret: string
  since: string
  /** Unix time in steps of thirty seconds. */
  lastStep: number
  /** Keyed hashes of those that are left. */
  recoveryHashes: string[]
}

/** @param secret base32, RFC 4648 */
const totpOf = (secret: string): TOTP =>
  new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_SECONDS })

/** What the picture says: `otpauth://totp/Guichet:anne%40exeko.be?…`. */
export function uriOf(secret: string, issuer: string, label: string): string {
  return Object.assign(totpOf(secret), { issuer, label }).toString()
}

/** The step whose code this is, or undefined; one that was accepted before is none. `at`: Unix ms. */
export function acceptedStep(secret: string, given: string, at: number, lastStep = -1): number | undefined {
  const token = bare(given)
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = totpOf(secret).validate({ token, timestamp: at, window: WINDOW })
  if (delta === null) return undefined
  const step = Math.floor(at / 1000 / STEP_SECONDS) + delta
  return step > lastStep ? step : undefined
}

/** As people read them to each other: in two groups. `random` are bytes, as many as the code has characters. */
export function recoveryCodeOf(random: Uint8Array): string {
  // 256 is a multiple of 32: each character is as likely as any other.
  const all = Array.from(random.subarray(0, RECOVERY_LENGTH), (byte) => RECOVERY_ALPHABET[byte % 32]).join('')
  return `${all.slice(0, RECOVERY_LENGTH / 2)}-${all.slice(RECOVERY_LENGTH / 2)}`
}

/** What was meant, however it was typed: capitals, blanks, a dash, an O for a zero. */
export function plainRecoveryCode(given: string): string {
  return bare(given).toLowerCase().replaceAll('o', '0').replaceAll(/[il]/g, '1')
}

const bare = (given: string): string => given.replaceAll(/[\s\-‐-―]/g, '')

export interface Accepted {
  factor: StoredSecondFactor
  by: 'application' | 'recovery-code'
}

/** The factor after this code was used up, or undefined: it is no code, or no longer one. `at`: Unix ms. */
export function afterCode(
  factor: StoredSecondFactor,
  secret: string,
  given: string,
  at: number,
  hashOfRecovery: (plain: string) => string,
): Accepted | undefined {
  const step = acceptedStep(secret, given, at, factor.lastStep)
  if (step !== undefined) return { factor: { ...factor, lastStep: step }, by: 'application' }
  const used = hashOfRecovery(plainRecoveryCode(given))
  if (!factor.recoveryHashes.includes(used)) return undefined
  const recoveryHashes = factor.recoveryHashes.filter((hash) => hash !== used)
  return { factor: { ...factor, recoveryHashes }, by: 'recovery-code' }
}
