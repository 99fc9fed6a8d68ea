/** Tokens that say which person acts. Signed by identity alone: EdDSA over Ed25519 (RFC 8037), RFC 7519 claims. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose'
import type { AccountActor } from '@guichet/contracts/values/actor'

export const TOKEN_AUDIENCE = 'guichet'
export const ACCOUNT_ISSUER = 'identity'
export const ACCOUNT_ALGORITHM = 'EdDSA'
/** A session that ends stops acting within this time at the latest. */
export const ACCOUNT_TOKEN_SECONDS = 300

/** What identity keeps (private) and what it hands out (public); `kid` is the RFC 7638 thumbprint of both. */
export interface SigningKey {
  privateJwk: JWK
  publicJwk: JWK
}

export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(ACCOUNT_ALGORITHM, { crv: 'Ed25519', extractable: true })
  const privateJwk = await exportJWK(privateKey)
  return { privateJwk, publicJwk: await publicHalf(privateJwk) }
}

/** Only the members that RFC 8037 calls public, with `kid`. */
export async function publicHalf(privateJwk: JWK): Promise<JWK> {
  const bare: JWK = { kty: privateJwk.kty, crv: privateJwk.crv, x: privateJwk.x }
  return { ...bare, kid: await calculateJwkThumbprint(bare), alg: ACCOUNT_ALGORITHM, use: 'sig' }
}

export interface AccountTokenSigner {
  sign(actor: AccountActor): Promise<string>
}

export async function createAccountTokenSigner(
  privateJwk: JWK,
  now: () => Temporal.Instant = () => Temporal.Now.instant(),
): Promise<AccountTokenSigner> {
  const key = await importJWK(privateJwk, ACCOUNT_ALGORITHM)
  const kid = (await publicHalf(privateJwk)).kid ?? ''
  return {
    async sign(actor) {
      const issuedAt = Math.floor(now().epochMilliseconds / 1000)
      return new SignJWT({ actor })
        .setProtectedHeader({ alg: ACCOUNT_ALGORITHM, kid })
        .setIssuer(ACCOUNT_ISSUER)
        .setAudience(TOKEN_AUDIENCE)
        .setSubject(actor.accountId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + ACCOUNT_TOKEN_SECONDS)
        .sign(key)
    },
  }
}
