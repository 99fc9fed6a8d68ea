/** Sessions: opened at sign-in, resolved at every request, over at once when the account says so. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { accessChanged, type resolveSession, type signIn } from '@guichet/contracts/identity'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { NO_ONE, retryOnConflict } from '@guichet/service'
import { VersionConflict, type Stored } from '@guichet/store'
import { secondFactorDue } from './access-rules.ts'
import type { StoredSession } from './collections.ts'
import { hashOf, later, newSecret, now, type Context } from './context.ts'
import { actorOf, publicAccount, type StoredAccount } from './domain/account.ts'

/** A working week with its weekend; an idle browser is asked again after it. */
const SESSION_HOURS = 24 * 8
/** How fine “last seen” is. */
const SEEN_EVERY_HOURS = 1
/** Tokens live five minutes (libs/access); they are made anew when this much is left. */
const TOKEN_REUSED_MS = 4 * 60_000

/** Where a session is opened from, as its owner sees it listed. */
export interface Client {
  clientAddress: string
  userAgent?: string | undefined
}

export async function openSession(
  context: Context,
  account: Stored<StoredAccount>,
  { clientAddress, userAgent }: Client,
): Promise<OutputOf<typeof signIn>> {
  const session = newSecret()
  const expiresAt = later(context, SESSION_HOURS)
  const value = {
    accountId: account.id,
    sessionEpoch: account.value.sessionEpoch,
    createdAt: now(context),
    expiresAt,
    clientAddress,
    ...(userAgent === undefined ? {} : { userAgent }),
  }
  await context.collections.sessions.commit({ id: hashOf(session), expectedVersion: 0, value })
  return { account: publicAccount(account.id, account.value), session, expiresAt }
}

/** @throws Failure unauthenticated: unknown, over, signed out, deactivated, or the password has changed since. */
export async function answerResolveSession(
  context: Context,
  { session }: InputOf<typeof resolveSession>,
): Promise<OutputOf<typeof resolveSession>> {
  const stored = await context.collections.sessions.get(hashOf(session))
  if (!stored || stored.value.expiresAt <= now(context)) throw new Failure('unauthenticated')
  const account = await context.collections.accounts.get(stored.value.accountId)
  if (
    !account ||
    account.value.status !== 'active' ||
    account.value.sessionEpoch !== stored.value.sessionEpoch
  ) {
    throw new Failure('unauthenticated')
  }
  await noteSeen(context, stored)
  const actor = actorOf(account.id, account.value)
  const token = await tokenFor(context, actor, account.version)
  const due = await secondFactorDue(context, account.value)
  return { actor, token, ...(due ? { secondFactorDue: true } : {}) }
}

/** To the hour: a commit per request would cost more than it tells. */
async function noteSeen(context: Context, stored: Stored<StoredSession>): Promise<void> {
  const { lastSeenAt, createdAt } = stored.value
  if ((lastSeenAt ?? createdAt) > later(context, -SEEN_EVERY_HOURS)) return
  try {
    await context.collections.sessions.commit({
      id: stored.id,
      expectedVersion: stored.version,
      value: { ...stored.value, lastSeenAt: now(context) },
    })
  } catch (error) {
    // Another copy noted it, or the session has just ended.
    if (!(error instanceof VersionConflict)) throw error
  }
}

const tokens = new WeakMap<Context, Map<string, { token: string; madeAt: number }>>()
const MOST_TOKENS = 5000

/** Signing is not done for every request: the same actor at the same version gets the same token for a while. */
export async function tokenFor(context: Context, actor: AccountActor, version: number): Promise<string> {
  const cache = tokens.get(context) ?? new Map<string, { token: string; madeAt: number }>()
  tokens.set(context, cache)
  const key = `${actor.accountId}@${version}`
  const at = context.parts.clock.now().epochMilliseconds
  const known = cache.get(key)
  if (known && at - known.madeAt < TOKEN_REUSED_MS) return known.token
  const token = await (await context.signer()).sign(actor)
  if (cache.size >= MOST_TOKENS) cache.clear()
  cache.set(key, { token, madeAt: at })
  return token
}

/** Over on every copy at once; signing out twice is no fault. */
export async function answerSignOut({ parts, collections }: Context, session: string): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await collections.sessions.get(hashOf(session))
    if (!stored) return
    await collections.sessions.commit({ id: stored.id, expectedVersion: stored.version, value: null })
    parts.bus.live.announce(accessChanged, { accountId: stored.value.accountId }, NO_ONE)
  })
}

/** Timer: what is over is not kept. */
export async function sweepSessions(context: Context): Promise<void> {
  for (const collection of [context.collections.sessions, context.collections.links]) {
    for (;;) {
      const { items } = await collection.find({ index: 'byExpiry', key: ['all'], order: 'asc', limit: 100 })
      const over = items.filter(({ value }) => value.expiresAt <= now(context))
      for (const { id, version } of over)
        await collection.commit({ id, expectedVersion: version, value: null })
      if (over.length < 100) break
    }
  }
}
