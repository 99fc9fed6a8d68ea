/**
 * The refresh token that counts now. A provider may give a new one with each access token, and then the old one is
 * over (RFC 6749 §6); some take its second use for a theft and end them all (RFC 9700 §4.14.2). So the newest is kept,
 * sealed, for all copies and the next start, and of all copies one at a time asks with it.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { seal, unseal } from '@guichet/access'
import { pause } from '@guichet/delivery'
import { VersionConflict, type Stored } from '@guichet/store'
import type { KeptRefreshToken } from './collections.ts'
import type { Context } from './context.ts'

export interface RefreshTokens {
  /**
   * Calls `ask` with the token that counts; the `next` that it comes back with takes its place before this resolves,
   * where it can be written.
   */
  renew<T extends { next: string | null }>(ask: (token: string) => Promise<T>): Promise<T>
  /** Writes what could not be written when it came. */
  keep(): Promise<void>
}

const PURPOSE = 'mail-refresh-token'
/** Longer than any question to the provider takes: whoever has not answered by then has died. */
const DIED_AFTER_MS = 15_000
const LOOK_EVERY_MS = 250

/** @param given the operator's: each has a successor of its own, so that a new one in the settings counts at once. */
export function createRefreshTokens({ parts, collections }: Context, given: string): RefreshTokens {
  const { clock, config, log } = parts
  const { refreshTokens } = collections
  const key = parts.secrets.key(PURPOSE)
  const id = createHmac('sha256', key)
    .update(JSON.stringify([config.MAIL_OAUTH_TOKEN_URL, config.MAIL_OAUTH_CLIENT_ID, given]))
    .digest('hex')
  /** Replaces what is on disk, which does not have it yet. */
  let unwritten: { token: string; instead: string | null } | undefined

  async function opened(sealed: string | null): Promise<string | undefined> {
    if (sealed === null) return undefined
    const found = await unseal(key, PURPOSE, sealed, clock.now())
    if (found?.subject === id && typeof found.said['token'] === 'string') return found.said['token']
    log.warn(
      'the kept refresh token cannot be read under this CLUSTER_SECRET; the one in the settings is used',
    )
    return undefined
  }

  /** This copy's turn: from another copy's it is told by versions that this one sees change, not by clocks. */
  async function turn(): Promise<Stored<KeptRefreshToken>> {
    let seen = -1
    let waited = 0
    for (;;) {
      const stored = await refreshTokens.get(id)
      const version = stored?.version ?? 0
      if (version !== seen) waited = 0
      seen = version
      if (stored?.value.askedBy != null && waited < DIED_AFTER_MS) {
        await pause(clock, LOOK_EVERY_MS).over
        waited += LOOK_EVERY_MS
        continue
      }
      const value = { sealed: stored?.value.sealed ?? null, askedBy: randomUUID() }
      try {
        const mine = await refreshTokens.commit({ id, expectedVersion: version, value })
        return { id, version: mine.version, value }
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error
      }
    }
  }

  /** Unless another copy has replaced the same one since. */
  async function write(change: { token: string; instead: string | null }): Promise<void> {
    const sealed = await seal(key, PURPOSE, { subject: id, said: { token: change.token } })
    for (;;) {
      const stored = await refreshTokens.get(id)
      if ((stored?.value.sealed ?? null) !== change.instead) return
      const value = { sealed, askedBy: null }
      try {
        await refreshTokens.commit({ id, expectedVersion: stored?.version ?? 0, value })
        return
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error
      }
    }
  }

  async function keep(): Promise<void> {
    const change = unwritten
    if (!change) return
    try {
      await write(change)
      if (unwritten === change) unwritten = undefined
    } catch (error) {
      log.error({ err: error }, 'the provider’s new refresh token cannot be kept; it is tried again')
    }
  }

  async function giveBack({ version, value }: Stored<KeptRefreshToken>): Promise<void> {
    await refreshTokens
      .commit({ id, expectedVersion: version, value: { ...value, askedBy: null } })
      // Taken over meanwhile, or the store is away: whoever comes next waits and takes it.
      .catch((error: unknown) => log.debug({ err: error }, 'the turn to ask runs out by itself'))
  }

  return {
    keep,
    async renew(ask) {
      const mine = await turn()
      let next: string | null = null
      try {
        const token = unwritten?.token ?? (await opened(mine.value.sealed)) ?? given
        const answer = await ask(token)
        next = answer.next === token ? null : answer.next
        return answer
      } finally {
        if (next !== null) unwritten = { token: next, instead: mine.value.sealed }
        await keep()
        if (next === null) await giveBack(mine)
      }
    },
  }
}
