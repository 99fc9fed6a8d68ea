/** Welcome and reset links: random, stored hashed, single use, expiring, replaced by a newer one. */
import { randomUUID } from 'node:crypto'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  accessChanged,
  accountActivated,
  passwordChanged,
  type activate,
  type getActivation,
  type getLinkToken,
  type resetPassword,
} from '@guichet/contracts/identity'
import { newEvent, NO_ONE, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { StoredLink } from './collections.ts'
import { hashOf, later, linkToken, now, type Context } from './context.ts'
import { actorOf, type StoredAccount } from './domain/account.ts'
import { passwordFaults } from './domain/password.ts'
import { PLACE } from './domain/throttle.ts'
import { openSession } from './session.ts'

/** What a password is chosen for. */
export type Purpose = Exclude<StoredLink['purpose'], 'address'>
const VALID_HOURS: Record<Purpose, number> = { activation: 14 * 24, 'password-reset': 1 }

/** Written before the event that mails it. Older ones of the same purpose end. */
export async function createLink(
  context: Context,
  accountId: string,
  purpose: Purpose,
  id: string = randomUUID(),
): Promise<string> {
  const { links } = context.collections
  const older = await links.find({ index: 'ofAccount', key: [accountId, purpose], limit: 100 })
  const fresh = purpose === 'password-reset' && older.items.find((link) => isFresh(context, link, purpose))
  // Whoever asks again and again in somebody's name must not take the link from under their hand.
  if (fresh) return fresh.id
  for (const link of older.items) {
    if (link.id !== id) await links.commit({ id: link.id, expectedVersion: link.version, value: null })
  }
  if (!(await links.get(id))) {
    const tokenHash = hashOf(linkToken(context, id))
    const value = {
      accountId,
      purpose,
      tokenHash,
      expiresAt: later(context, VALID_HOURS[purpose]),
      used: false,
    }
    await links.commit({ id, expectedVersion: 0, value })
  }
  return id
}

/** Unused, and more than half of its time is left. */
function isFresh(context: Context, { value }: Stored<StoredLink>, purpose: Purpose): boolean {
  return !value.used && value.expiresAt > later(context, VALID_HOURS[purpose] / 2)
}

/** For notification alone, when the mail is written. */
export async function answerGetLinkToken(
  context: Context,
  { linkId }: InputOf<typeof getLinkToken>,
): Promise<OutputOf<typeof getLinkToken>> {
  const link = await context.collections.links.get(linkId)
  if (!link || isOver(context, link)) throw new Failure('token-gone')
  return { token: linkToken(context, linkId), expiresAt: link.value.expiresAt }
}

export async function answerGetActivation(
  context: Context,
  { token, purpose }: InputOf<typeof getActivation>,
): Promise<OutputOf<typeof getActivation>> {
  const { account } = await opened(context, token, purpose)
  return { name: account.value.name, email: account.value.email, language: account.value.language }
}

/**
 * Activation and reset alike: a good password, the link used up, every older session over, a new one open; but the
 * mailbox is no second factor. @throws Failure token-gone, weak-password; second-factor-required where the account has
 * one, once the password is set
 */
export async function choosePassword(
  context: Context,
  { token, password, clientAddress, userAgent }: InputOf<typeof activate> | InputOf<typeof resetPassword>,
  purpose: Purpose,
): Promise<OutputOf<typeof activate>> {
  const { link, account } = await context.throttle.attempt(
    clientAddress,
    [{ key: `link-place:${clientAddress}`, patience: PLACE }],
    () => opened(context, token, purpose),
    (error) => error instanceof Failure && error.code === 'token-gone',
  )
  const fields = passwordFaults(password)
  if (fields.length > 0) throw new Failure('weak-password', { fields })
  const passwordHash = await context.passwords.hash(password)
  const changed = await setPassword(context, account.id, link.id, passwordHash)
  await useUp(context, link.id)
  context.parts.bus.live.announce(accessChanged, { accountId: account.id }, NO_ONE)
  if (changed.value.secondFactor) throw new Failure('second-factor-required')
  return await openSession(context, changed, { clientAddress, userAgent })
}

/** One commit sets the password and says by which link: of two who hold it, one gets in, also after a crash. */
async function setPassword(
  context: Context,
  accountId: string,
  linkId: string,
  passwordHash: string,
): Promise<Stored<StoredAccount>> {
  return await retryOnConflict(async () => {
    const account = await context.collections.accounts.get(accountId)
    if (!account || account.value.status === 'inactive' || account.value.lastLinkId === linkId) {
      throw new Failure('token-gone')
    }
    const value: StoredAccount = {
      ...account.value,
      status: 'active',
      passwordHash,
      sessionEpoch: account.value.sessionEpoch + 1,
      lastLinkId: linkId,
    }
    const facts = { actor: actorOf(account.id, value), audience: STAFF_ONLY, at: context.parts.clock.now() }
    const event =
      account.value.status === 'invited'
        ? newEvent(accountActivated, { accountId, companyId: value.companyId }, facts)
        : newEvent(passwordChanged, { accountId }, facts)
    const { version } = await context.collections.accounts.commit({
      id: accountId,
      expectedVersion: account.version,
      value,
      events: [event],
    })
    return { id: accountId, version, value }
  })
}

async function useUp({ collections: { links } }: Context, id: string): Promise<void> {
  await retryOnConflict(async () => {
    const link = await links.get(id)
    if (link && !link.value.used) {
      await links.commit({ id, expectedVersion: link.version, value: { ...link.value, used: true } })
    }
  })
}

/** An activation is for the invited, a reset for the active. */
const STATUS_FOR: Record<Purpose, StoredAccount['status']> = {
  activation: 'invited',
  'password-reset': 'active',
}

/** @throws Failure token-gone for an unknown, used, replaced or expired link: one answer for all. */
async function opened(context: Context, token: string, purpose: Purpose) {
  const { items } = await context.collections.links.find({ index: 'byToken', key: [hashOf(token)], limit: 1 })
  const link = items[0]
  if (!link || link.value.purpose !== purpose || isOver(context, link)) throw new Failure('token-gone')
  const account = await context.collections.accounts.get(link.value.accountId)
  const fits = account?.value.status === STATUS_FOR[purpose] && account.value.lastLinkId !== link.id
  if (!account || !fits) throw new Failure('token-gone')
  return { link, account }
}

function isOver(context: Context, { value }: Stored<StoredLink>): boolean {
  return value.used || value.expiresAt <= now(context)
}
