import { Failure } from '@guichet/contracts/failure'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { base64url, SignJWT, UnsecuredJWT, type JWK } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  ACCOUNT_TOKEN_SECONDS,
  createAccountTokenSigner,
  generateSigningKey,
  type SigningKey,
} from './account-tokens.ts'
import { createActorTokens, SERVICE_TOKEN_SECONDS } from './actor-tokens.ts'
import { createSecrets } from './secrets.ts'

const anne: AccountActor = {
  kind: 'account',
  accountId: 'acc-anne',
  companyId: null,
  roles: ['agent'],
  name: 'Anne',
  email: 'anne@house.example',
  language: 'fr',
}
const start = Temporal.Instant.from('2026-11-24T10:00:00Z')
const secrets = createSecrets(new Uint8Array(32).fill(7))
const unauthenticated = expect.objectContaining({ code: 'unauthenticated' })

let now = start
let key: SigningKey
let handedOut: JWK[]
let questions: number
const later = (seconds: number) => (now = now.add({ seconds }))

function tokensOf(service: string, cluster = secrets) {
  return createActorTokens({
    service,
    secrets: cluster,
    now: () => now,
    fetchSigningKeys: async () => {
      questions += 1
      return handedOut
    },
  })
}
const signer = () => createAccountTokenSigner(key.privateJwk, () => now)

/** A token of our own making, as an attacker would: claims that would be right, signed as told. */
function forge(alg: string, claims: Record<string, unknown>, header: Record<string, unknown> = {}) {
  const at = Math.floor(now.epochMilliseconds / 1000)
  return new SignJWT({ iat: at, exp: at + 60, aud: 'guichet', ...claims }).setProtectedHeader({
    alg,
    ...header,
  })
}

beforeEach(async () => {
  now = start
  key = await generateSigningKey()
  handedOut = [key.publicJwk]
  questions = 0
})

describe('account tokens', () => {
  it('say who acts, and identity is asked for its key once', async () => {
    const tokens = tokensOf('ticket')
    const sign = await signer()
    expect(await tokens.verify(await sign.sign(anne))).toEqual(anne)
    later(1)
    expect(await tokens.verify(await sign.sign(anne))).toEqual(anne)
    expect(questions).toBe(1)
  })

  it('no token is a stranger', async () => {
    expect(await tokensOf('ticket').verify(undefined)).toEqual({ kind: 'stranger' })
  })

  it('end after five minutes, a cached one too', async () => {
    const tokens = tokensOf('ticket')
    const token = await (await signer()).sign(anne)
    await tokens.verify(token)
    later(ACCOUNT_TOKEN_SECONDS - 1)
    expect(await tokens.verify(token)).toEqual(anne)
    later(10)
    await expect(tokens.verify(token)).rejects.toEqual(unauthenticated)
  })

  it('altered in any part are refused', async () => {
    const tokens = tokensOf('ticket')
    const [header = '', payload = '', signature = ''] = (await (await signer()).sign(anne)).split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    const admin = { ...claims, actor: { ...anne, roles: ['admin'] } }
    const swapped = `${header}.${base64url.encode(JSON.stringify(admin))}.${signature}`
    const cut = `${header}.${payload}.${signature.slice(0, -4)}AAAA`
    for (const token of [swapped, cut, `${header}.${payload}.`, `${header}.${payload}`, '', 'x', '..']) {
      await expect(tokens.verify(token)).rejects.toEqual(unauthenticated)
    }
  })

  it('of another key are refused, with its kid or with ours', async () => {
    const other = await generateSigningKey()
    const tokens = tokensOf('ticket')
    const foreign = await (await createAccountTokenSigner(other.privateJwk, () => now)).sign(anne)
    await expect(tokens.verify(foreign)).rejects.toEqual(unauthenticated)
    const claims = { iss: 'identity', sub: anne.accountId, actor: anne }
    const underOurKid = await forge('EdDSA', claims, { kid: key.publicJwk.kid }).sign(other.privateJwk)
    await expect(tokens.verify(underOurKid)).rejects.toEqual(unauthenticated)
  })

  it('without a signature (alg none) are refused', async () => {
    const bare = new UnsecuredJWT({ actor: anne })
      .setIssuer('identity')
      .setAudience('guichet')
      .setSubject(anne.accountId)
      .setIssuedAt(Math.floor(now.epochMilliseconds / 1000))
      .setExpirationTime(Math.floor(now.epochMilliseconds / 1000) + 60)
      .encode()
    await expect(tokensOf('ticket').verify(bare)).rejects.toEqual(unauthenticated)
  })

  it('for another audience, of another issuer, or whose subject is someone else are refused', async () => {
    const kid = key.publicJwk.kid
    const right = { iss: 'identity', sub: anne.accountId, actor: anne }
    const tokens = tokensOf('ticket')
    const verify = async (claims: Record<string, unknown>) =>
      tokens.verify(await forge('EdDSA', { ...right, ...claims }, { kid }).sign(key.privateJwk))
    expect(await verify({})).toEqual(anne)
    await expect(verify({ aud: 'elsewhere' })).rejects.toEqual(unauthenticated)
    await expect(verify({ iss: 'ticket' })).rejects.toEqual(unauthenticated)
    await expect(verify({ sub: 'acc-other' })).rejects.toEqual(unauthenticated)
    await expect(verify({ actor: { kind: 'service', service: 'billing' } })).rejects.toEqual(unauthenticated)
  })

  it('a new key is fetched when a token names it; made-up names are no stream of questions', async () => {
    const tokens = tokensOf('ticket')
    await tokens.verify(await (await signer()).sign(anne))
    const renewed = await generateSigningKey()
    handedOut = [renewed.publicJwk]
    later(5)
    const fresh = await (await createAccountTokenSigner(renewed.privateJwk, () => now)).sign(anne)
    expect(await tokens.verify(fresh)).toEqual(anne)
    expect(questions).toBe(2)
    for (let n = 0; n < 5; n += 1) {
      const made = await forge('EdDSA', {}, { kid: `made-up-${n}` }).sign(key.privateJwk)
      await expect(tokens.verify(made)).rejects.toEqual(unauthenticated)
    }
    expect(questions).toBe(2)
  })

  it('a key that identity no longer hands out is not trusted for long', async () => {
    const tokens = tokensOf('ticket')
    await tokens.verify(await (await signer()).sign(anne))
    handedOut = [(await generateSigningKey()).publicJwk]
    later(601)
    await expect(tokens.verify(await (await signer()).sign(anne))).rejects.toEqual(unauthenticated)
  })

  it('when identity does not answer, it is not the token that is called bad', async () => {
    const tokens = createActorTokens({
      service: 'ticket',
      secrets,
      now: () => now,
      fetchSigningKeys: async () => {
        throw new Failure('unavailable', { retryable: true })
      },
    })
    const token = await (await signer()).sign(anne)
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'unavailable', retryable: true })
  })

  it('a symmetric key handed out as the signing key is not used', async () => {
    const shared = Buffer.from(key.publicJwk.x ?? '', 'base64url')
    handedOut = [{ kty: 'oct', k: key.publicJwk.x, kid: 'oct' }]
    const token = await forge(
      'HS256',
      { iss: 'identity', sub: anne.accountId, actor: anne },
      { kid: 'oct' },
    ).sign(shared)
    const claimsEdDSA = await forge('EdDSA', {}, { kid: 'oct' }).sign(key.privateJwk)
    await expect(tokensOf('ticket').verify(token)).rejects.toEqual(unauthenticated)
    await expect(tokensOf('ticket').verify(claimsEdDSA)).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('service tokens', () => {
  it('say which service acts, to every process of the cluster', async () => {
    const token = await tokensOf('archiver').own()
    expect(await tokensOf('ticket').verify(token)).toEqual({ kind: 'service', service: 'archiver' })
  })

  it('are renewed before they end, and end after a minute', async () => {
    const archiver = tokensOf('archiver')
    const ticket = tokensOf('ticket')
    const first = await archiver.own()
    expect(await archiver.own()).toBe(first)
    later(SERVICE_TOKEN_SECONDS + 10)
    await expect(ticket.verify(first)).rejects.toEqual(unauthenticated)
    expect(await ticket.verify(await archiver.own())).toEqual({ kind: 'service', service: 'archiver' })
  })

  it('of another cluster, or under another service’s key, are refused', async () => {
    const elsewhere = createSecrets(new Uint8Array(32).fill(8))
    await expect(tokensOf('ticket').verify(await tokensOf('archiver', elsewhere).own())).rejects.toEqual(
      unauthenticated,
    )
    const asBilling = await forge('HS256', { iss: 'billing', sub: 'billing' }).sign(
      secrets.key('service-actor/archiver'),
    )
    await expect(tokensOf('ticket').verify(asBilling)).rejects.toEqual(unauthenticated)
    const twoNames = await forge('HS256', { iss: 'archiver', sub: 'billing' }).sign(
      secrets.key('service-actor/archiver'),
    )
    await expect(tokensOf('ticket').verify(twoNames)).rejects.toEqual(unauthenticated)
  })

  it('never claim an account, whoever signs them', async () => {
    const claims = { actor: anne, sub: 'identity', iss: 'identity' }
    const token = await forge('HS256', claims).sign(secrets.key('service-actor/identity'))
    await expect(tokensOf('ticket').verify(token)).rejects.toEqual(unauthenticated)
  })

  it('cannot be made from the public key of account tokens (algorithm confusion)', async () => {
    const tokens = tokensOf('ticket')
    await tokens.verify(await (await signer()).sign(anne))
    const kid = key.publicJwk.kid
    const claims = { iss: 'identity', sub: anne.accountId, actor: anne }
    const guesses = [
      Buffer.from(key.publicJwk.x ?? '', 'base64url'),
      Buffer.from(key.publicJwk.x ?? '', 'utf8'),
      Buffer.from(JSON.stringify(key.publicJwk), 'utf8'),
    ]
    for (const guess of guesses) {
      await expect(tokens.verify(await forge('HS256', claims, { kid }).sign(guess))).rejects.toEqual(
        unauthenticated,
      )
    }
  })
})
