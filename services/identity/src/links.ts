/** Welcome and reset links: random, stored hashed, single use, expiring, replaced by a newer one. */
import { randomUUID } from 'node:crypto'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import {
  accountActivated,
  passwordChanged,
  type activate,
  type getActivation,
  type getLinkToken,
  type resetPassword,
} from '@guichet/contracts/identity'
import { newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Stored } from '@guichet/store'
import type { StoredLink } from './collections.ts'
import { hashOf, later, linkToken, now, type Context } from './context.ts'
import { actorOf, type StoredAccount } from './domain/account.ts'
import { passwordFaults } from './domain/password.ts'
import { openSession } from './session.ts'

export type Purpose = StoredLink['purpose']
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

/** Activation and reset alike: a good password, the link used up, every older session over, a new one open. */
export async function choosePassword(
  context: Context,
  { token, password, clientAddress }: InputOf<typeof activate> | InputOf<typeof resetPassword>,
  purpose: Purpose,
): Promise<OutputOf<typeof activate>> {
  const keys = [`link:${clientAddress}`]
  context.throttle.admit(keys)
  const { link, account } = await opened(context, token, purpose).catch((error: unknown) => {
    context.throttle.failed(keys)
    throw error
  })
  const fields = passwordFaults(password)
  if (fields.length > 0) throw new Failure('weak-password', { fields })
  const passwordHash = await context.passwords.hash(password)
  // Used first: of two who hold the link, one gets in.
  const { links } = context.collections
  await links.commit({ id: link.id, expectedVersion: link.version, value: { ...link.value, used: true } })
  const changed = await setPassword(context, account.id, passwordHash)
  return await openSession(context, changed)
}

async function setPassword(
  context: Context,
  accountId: string,
  passwordHash: string,
): Promise<Stored<StoredAccount>> {
  return await retryOnConflict(async () => {
    const account = await context.collections.accounts.get(accountId)
    if (!account || account.value.status === 'inactive') throw new Failure('token-gone')
    const value: StoredAccount = {
      ...account.value,
      status: 'active',
      passwordHash,
      sessionEpoch: account.value.sessionEpoch + 1,
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

/** @throws Failure token-gone for an unknown, used, replaced or expired link: one answer for all. */
async function opened(context: Context, token: string, purpose: Purpose) {
  const { items } = await context.collections.links.find({ index: 'byToken', key: [hashOf(token)], limit: 1 })
  const link = items[0]
  if (!link || link.value.purpose !== purpose || isOver(context, link)) throw new Failure('token-gone')
  const account = await context.collections.accounts.get(link.value.accountId)
  if (!account || account.value.status === 'inactive') throw new Failure('token-gone')
  return { link, account }
}

function isOver(context: Context, { value }: Stored<StoredLink>): boolean {
  return value.used || value.expiresAt <= now(context)
}
