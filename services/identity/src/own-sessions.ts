/** A person's own sessions: where they are signed in, and the ends they put to it. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { accessChanged } from '@guichet/contracts/identity'
import type { endOtherSessions, listSessions } from '@guichet/contracts/own-account'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { NO_ONE, retryOnConflict } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { StoredSession } from './collections.ts'
import { hashOf, now, type Context } from './context.ts'
import { openSession } from './session.ts'

const MOST_SHOWN = 100

/** The id of its document is the hash of its secret: what is shown is not even that. */
const shownId = ({ id }: Stored<StoredSession>): string => hashOf(`shown:${id}`).slice(0, 32)

async function sessionsOf(context: Context, accountId: string): Promise<Stored<StoredSession>[]> {
  const { sessions, accounts } = context.collections
  const [page, account] = await Promise.all([
    sessions.find({ index: 'ofAccount', key: [accountId], limit: MOST_SHOWN }),
    accounts.get(accountId),
  ])
  // One of an older epoch opens nothing any more, and one that is over waits to be swept.
  return page.items.filter(
    ({ value }) => value.sessionEpoch === account?.value.sessionEpoch && value.expiresAt > now(context),
  )
}

export async function answerListSessions(
  context: Context,
  { session }: InputOf<typeof listSessions>,
  actor: AccountActor,
): Promise<OutputOf<typeof listSessions>> {
  const own = session === undefined ? undefined : hashOf(session)
  const items = await sessionsOf(context, actor.accountId)
  return {
    items: items.map((stored) => ({
      id: shownId(stored),
      createdAt: stored.value.createdAt,
      lastSeenAt: stored.value.lastSeenAt ?? stored.value.createdAt,
      userAgent: stored.value.userAgent ?? null,
      clientAddress: stored.value.clientAddress ?? null,
      current: stored.id === own,
    })),
  }
}

/** @throws Failure not-found for one that is over, or not the actor's */
export async function answerEndSession(context: Context, id: string, actor: AccountActor): Promise<void> {
  const { sessions } = context.collections
  const found = (await sessionsOf(context, actor.accountId)).find((stored) => shownId(stored) === id)
  if (!found) throw new Failure('not-found')
  await retryOnConflict(async () => {
    const stored = await sessions.get(found.id)
    if (stored) await sessions.commit({ id: stored.id, expectedVersion: stored.version, value: null })
  })
  context.parts.bus.live.announce(accessChanged, { accountId: actor.accountId }, NO_ONE)
}

/** By the epoch, so that those end too that no list shows; the asker's own begins anew. */
export async function answerEndOtherSessions(
  context: Context,
  client: InputOf<typeof endOtherSessions>,
  actor: AccountActor,
): Promise<OutputOf<typeof endOtherSessions>> {
  const { accounts } = context.collections
  const account = await retryOnConflict(async () => {
    const stored = await accounts.get(actor.accountId)
    if (!stored || stored.value.status !== 'active') throw new Failure('unauthenticated')
    const value = { ...stored.value, sessionEpoch: stored.value.sessionEpoch + 1 }
    const { version } = await accounts.commit({ id: stored.id, expectedVersion: stored.version, value })
    return { id: stored.id, version, value }
  })
  context.parts.bus.live.announce(accessChanged, { accountId: actor.accountId }, NO_ONE)
  return await openSession(context, account, client)
}
