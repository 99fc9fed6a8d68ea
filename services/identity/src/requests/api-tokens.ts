/** Tokens for programs: told once, stored hashed, with staff roles of their own. */
import { randomUUID } from 'node:crypto'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { createApiToken, listApiTokens, resolveBearer } from '@guichet/contracts/identity'
import type { AccountActor, Actor } from '@guichet/contracts/values/actor'
import { hashOf, newSecret, now, type Context } from '../context.ts'
import { rolesFit } from '../domain/account.ts'
import { tokenFor } from '../session.ts'
import { actorKey } from './actor-key.ts'

const PREFIX = 'gch_'

export async function answerCreateApiToken(
  context: Context,
  { name, roles, expiresAt }: InputOf<typeof createApiToken>,
  actor: Actor,
): Promise<OutputOf<typeof createApiToken>> {
  if (!rolesFit(null, roles))
    throw new Failure('roles-not-allowed', { fields: [{ path: 'roles', code: 'roles-not-allowed' }] })
  const token = PREFIX + newSecret()
  const id = randomUUID()
  const value = {
    publicId: id,
    name,
    roles,
    createdAt: now(context),
    expiresAt: expiresAt ?? null,
    createdBy: actorKey(actor),
  }
  await context.collections.apiTokens.commit({ id: hashOf(token), expectedVersion: 0, value })
  return { id, name, roles, createdAt: value.createdAt, expiresAt: value.expiresAt, token }
}

export async function answerListApiTokens(
  context: Context,
  { limit, cursor }: InputOf<typeof listApiTokens>,
): Promise<OutputOf<typeof listApiTokens>> {
  const page = await context.collections.apiTokens.find({ index: 'all', key: ['all'], limit, cursor })
  const items = page.items.map(({ value: { publicId: id, name, roles, createdAt, expiresAt } }) => ({
    id,
    name,
    roles,
    createdAt,
    expiresAt,
  }))
  return { items, next: page.next }
}

export async function answerRevokeApiToken(context: Context, id: string): Promise<void> {
  const { items } = await context.collections.apiTokens.find({ index: 'byPublicId', key: [id], limit: 1 })
  const token = items[0]
  if (!token) throw new Failure('not-found')
  await context.collections.apiTokens.commit({ id: token.id, expectedVersion: token.version, value: null })
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
