/** Tokens for programs: told once, stored hashed, with staff roles of their own. */
import { createHmac, randomUUID } from 'node:crypto'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  accessChanged,
  type createApiToken,
  type listApiTokens,
  type resolveBearer,
} from '@guichet/contracts/identity'
import type { AccountActor, Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { NO_ONE } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import type { StoredApiToken } from '../collections.ts'
import { hashOf, newSecret, now, type Context } from '../context.ts'
import { rolesFit } from '../domain/account.ts'
import { tokenFor } from '../session.ts'
import { actorKey } from './actor-key.ts'

const PREFIX = 'gch_'

/** The same key makes the same token: its secret is derived from the id then, by a key that is not in the store. */
export async function answerCreateApiToken(
  context: Context,
  { name, roles, expiresAt, idempotencyKey }: InputOf<typeof createApiToken>,
  actor: Actor,
): Promise<OutputOf<typeof createApiToken>> {
  if (!rolesFit(null, roles))
    throw new Failure('roles-not-allowed', { fields: [{ path: 'roles', code: 'roles-not-allowed' }] })
  const publicId = idempotencyKey ? idFromKey(actorKey(actor), `api-token:${idempotencyKey}`) : randomUUID()
  const token = PREFIX + (idempotencyKey ? derivedSecret(context, publicId) : newSecret())
  const value = {
    publicId,
    name,
    roles,
    createdAt: now(context),
    expiresAt: expiresAt ?? null,
    createdBy: actorKey(actor),
  }
  return { ...shown(await createdOnce(context, hashOf(token), value)), token }
}

async function createdOnce(context: Context, id: string, value: StoredApiToken): Promise<StoredApiToken> {
  const { apiTokens } = context.collections
  const known = await apiTokens.get(id)
  if (known) return known.value
  // A repeat must not bring back what was revoked.
  if (await apiTokens.tombstone(id)) throw new Failure('token-revoked')
  try {
    await apiTokens.commit({ id, expectedVersion: 0, value })
    return value
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error
    return await createdOnce(context, id, value)
  }
}

function derivedSecret({ parts }: Context, publicId: string): string {
  return createHmac('sha256', parts.secrets.key('api-token')).update(publicId).digest('base64url')
}

function shown({ publicId: id, name, roles, createdAt, expiresAt }: StoredApiToken) {
  return { id, name, roles, createdAt, expiresAt }
}

export async function answerListApiTokens(
  context: Context,
  { limit, cursor }: InputOf<typeof listApiTokens>,
): Promise<OutputOf<typeof listApiTokens>> {
  const page = await context.collections.apiTokens.find({ index: 'all', key: ['all'], limit, cursor })
  return { items: page.items.map(({ value }) => shown(value)), next: page.next }
}

export async function answerRevokeApiToken(context: Context, id: string): Promise<void> {
  const { items } = await context.collections.apiTokens.find({ index: 'byPublicId', key: [id], limit: 1 })
  const token = items[0]
  if (!token) throw new Failure('not-found')
  await context.collections.apiTokens.commit({ id: token.id, expectedVersion: token.version, value: null })
  context.parts.bus.live.announce(accessChanged, { accountId: id }, NO_ONE)
}

/** A program acts as itself, a member of the house with the token's roles. @throws Failure unauthenticated */
export async function answerResolveBearer(
  context: Context,
  { bearer }: InputOf<typeof resolveBearer>,
): Promise<OutputOf<typeof resolveBearer>> {
  const stored = await context.collections.apiTokens.get(hashOf(bearer))
  const over =
    stored?.value.expiresAt != null &&
    Date.parse(stored.value.expiresAt) <= context.parts.clock.now().epochMilliseconds
  if (!stored || over) throw new Failure('unauthenticated')
  const { publicId, name, roles } = stored.value
  const actor: AccountActor = {
    kind: 'account',
    accountId: publicId,
    companyId: null,
    roles,
    name,
    email: `${publicId}@api.invalid`,
    language: 'en',
  }
  return { actor, token: await tokenFor(context, actor, stored.version) }
}
