/**
 * Who acts, as a signed token that travels with every request. Two kinds, told apart by their algorithm, each
 * bound to the one kind of actor it may claim:
 * - EdDSA, signed by identity: an account;
 * - HS256 under a key derived from the cluster secret for one service name: that service, nothing else.
 */
import { decodeProtectedHeader, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose'
import { Compile } from 'typebox/compile'
import { Failure } from '@guichet/contracts/failure'
import { AccountActor, type Actor } from '@guichet/contracts/values/actor'
import { ACCOUNT_ALGORITHM, ACCOUNT_ISSUER, TOKEN_AUDIENCE } from './account-tokens.ts'
import { createKeyRing } from './key-ring.ts'
import type { Secrets } from './secrets.ts'
import { createTokenCache } from './token-cache.ts'

export const SERVICE_TOKEN_SECONDS = 60
const SERVICE_ALGORITHM = 'HS256'
/** Clocks of two machines differ by less than this. */
const TOLERANCE_SECONDS = 5
/** A token longer than this is nobody's. */
const MAX_TOKEN_LENGTH = 8192

/** Signs as this service, and tells who signed a token. */
export interface ActorTokens {
  /** A short-lived token of this service itself. */
  own(): Promise<string>
  /** The stranger for no token; @throws Failure `unauthenticated` for a bad one. */
  verify(token: string | undefined): Promise<Actor>
}

export interface ActorTokenOptions {
  service: string
  secrets: Secrets
  now: () => Temporal.Instant
  /** Asks identity for the public keys of account tokens. @throws Failure `unavailable` when it does not answer. */
  fetchSigningKeys: () => Promise<readonly JWK[]>
}

const accountShape = Compile(AccountActor)
const SERVICE_NAME = /^[a-z][a-z0-9-]{0,40}$/

export function createActorTokens({
  service,
  secrets,
  now,
  fetchSigningKeys,
}: ActorTokenOptions): ActorTokens {
  const seconds = () => now().epochMilliseconds / 1000
  const cache = createTokenCache<Actor>()
  const keys = createKeyRing<CryptoKey | Uint8Array>({
    now,
    fetch: () => publicKeys(fetchSigningKeys),
  })
  let own: { token: Promise<string>; renewAt: number } | undefined

  async function signOwn(at: number): Promise<string> {
    const issuedAt = Math.floor(at)
    return new SignJWT({})
      .setProtectedHeader({ alg: SERVICE_ALGORITHM })
      .setIssuer(service)
      .setAudience(TOKEN_AUDIENCE)
      .setSubject(service)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + SERVICE_TOKEN_SECONDS)
      .sign(secrets.key(`service-actor/${service}`))
  }

  const common = () => ({
    audience: TOKEN_AUDIENCE,
    currentDate: new Date(now().epochMilliseconds),
    clockTolerance: TOLERANCE_SECONDS,
    requiredClaims: ['sub', 'iat', 'exp'],
  })

  async function verifyAccount(token: string, kid: string | undefined) {
    const key = kid === undefined ? undefined : await keys.find(kid)
    if (!key) throw new Error('unknown key')
    const { payload } = await jwtVerify(token, key, {
      ...common(),
      algorithms: [ACCOUNT_ALGORITHM],
      issuer: ACCOUNT_ISSUER,
    })
    const actor = payload['actor']
    if (!accountShape.Check(actor) || actor.accountId !== payload.sub) throw new Error('not an account')
    return { actor, expires: payload.exp ?? 0 }
  }

  async function verifyService(token: string, issuer: string) {
    if (!SERVICE_NAME.test(issuer)) throw new Error('not a service name')
    const { payload } = await jwtVerify(token, secrets.key(`service-actor/${issuer}`), {
      ...common(),
      algorithms: [SERVICE_ALGORITHM],
      issuer,
      subject: issuer,
    })
    // Whoever could forge this kind must not gain a person's rights by it.
    if ('actor' in payload) throw new Error('a service token claims an account')
    return { actor: { kind: 'service', service: issuer } as const, expires: payload.exp ?? 0 }
  }

  async function check(token: string): Promise<{ actor: Actor; expires: number }> {
    const header = decodeProtectedHeader(token)
    if (header.alg === ACCOUNT_ALGORITHM) return verifyAccount(token, header.kid)
    if (header.alg === SERVICE_ALGORITHM) return verifyService(token, issuerClaimed(token))
    throw new Error('unknown algorithm')
  }

  return {
    async own() {
      const at = seconds()
      if (!own || at >= own.renewAt || at < own.renewAt - SERVICE_TOKEN_SECONDS) {
        own = { token: signOwn(at), renewAt: at + SERVICE_TOKEN_SECONDS / 2 }
      }
      return own.token
    },
    async verify(token) {
      if (token === undefined) return { kind: 'stranger' }
      const known = cache.get(token, seconds())
      if (known) return known
      if (token.length > MAX_TOKEN_LENGTH) throw new Failure('unauthenticated')
      const { actor, expires } = await check(token).catch((cause: unknown) => {
        throw cause instanceof Failure ? cause : new Failure('unauthenticated', { cause })
      })
      cache.put(token, actor, expires)
      return actor
    },
  }
}

/** @throws Failure `unavailable`: a key that cannot be had is not the token's fault. */
async function publicKeys(fetchSigningKeys: ActorTokenOptions['fetchSigningKeys']) {
  try {
    return await Promise.all((await fetchSigningKeys()).map(importPublicKey))
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure('unavailable', { retryable: true, cause })
  }
}

/** Nothing but a public Ed25519 key: a symmetric one here would let whoever reads it sign. */
async function importPublicKey(jwk: JWK) {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.kid || !jwk.x) {
    throw new Error('identity handed out an unfit key')
  }
  const key = await importJWK({ kty: jwk.kty, crv: jwk.crv, x: jwk.x }, ACCOUNT_ALGORITHM)
  return { kid: jwk.kid, key }
}

/** Read before the signature is checked, only to choose the key that then must fit. */
function issuerClaimed(token: string): string {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const issuer = claims !== null && typeof claims === 'object' ? (claims as { iss?: unknown }).iss : undefined
  return typeof issuer === 'string' ? issuer : ''
}
