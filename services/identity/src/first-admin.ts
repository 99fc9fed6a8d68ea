/** A clean start has one administrator; an evaluation has people who come in with one click. */
import { Failure } from '@guichet/contracts/failure'
import { accountInvited, type Account } from '@guichet/contracts/identity'
import type { Actor } from '@guichet/contracts/values/actor'
import { idFromKey } from '@guichet/contracts/values/id'
import { newEvent, STAFF_ONLY } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import { reserveAddress } from './addresses.ts'
import { hashOf, linkToken, now, type Context } from './context.ts'
import type { StoredAccount } from './domain/account.ts'
import { createLink } from './links.ts'

const SELF: Actor = { kind: 'service', service: 'identity' }
const FIRST_ADMIN = idFromKey('identity', 'first-admin')
const FIRST_LINK = idFromKey(FIRST_ADMIN, 'first-invitation')

/**
 * The administrator of ADMIN_EMAIL, made once however many copies start. Without ADMIN_PASSWORD the path of the
 * activation link is told, until it has been used.
 */
export async function ensureFirstAdmin(context: Context): Promise<{ activationPath: string } | undefined> {
  const { ADMIN_EMAIL } = context.parts.config
  if (!ADMIN_EMAIL) return undefined
  const known = await context.collections.accounts.get(FIRST_ADMIN)
  if (!known && !(await makeFirstAdmin(context, ADMIN_EMAIL))) return undefined
  const link = await context.collections.links.get(FIRST_LINK)
  return link && !link.value.used
    ? { activationPath: `/activation/${linkToken(context, FIRST_LINK)}` }
    : undefined
}

/** False: somebody has this address already, and a house that has its people needs no first one. */
async function makeFirstAdmin(context: Context, address: string): Promise<boolean> {
  const { ADMIN_PASSWORD } = context.parts.config
  try {
    const email = await reserveAddress(context, address, FIRST_ADMIN, 'ADMIN_EMAIL')
    if (!ADMIN_PASSWORD) await createLink(context, FIRST_ADMIN, 'activation', FIRST_LINK)
    const value: StoredAccount = {
      companyId: null,
      email,
      name: email.split('@')[0] ?? email,
      roles: ['admin', 'agent', 'finance'],
      language: 'fr',
      status: ADMIN_PASSWORD ? 'active' : 'invited',
      createdAt: now(context),
      passwordHash: ADMIN_PASSWORD ? await context.passwords.hash(ADMIN_PASSWORD) : null,
      sessionEpoch: 1,
    }
    const facts = { actor: SELF, audience: STAFF_ONLY, at: context.parts.clock.now() }
    const invited = { accountId: FIRST_ADMIN, companyId: null, linkId: FIRST_LINK }
    const events = ADMIN_PASSWORD ? [] : [newEvent(accountInvited, invited, facts)]
    await context.collections.accounts.commit({ id: FIRST_ADMIN, expectedVersion: 0, value, events })
    return true
  } catch (error) {
    // Another copy was first.
    if (error instanceof VersionConflict) return true
    if (error instanceof Failure && error.code === 'address-taken') return false
    throw error
  }
}

/** Evaluation: the path that signs this account in with one click. Derived, never stored. */
export function evaluationPath(context: Context, accountId: string): string {
  return `/evaluation/${accountId}.${hashOf(linkToken(context, `evaluation:${accountId}`)).slice(0, 32)}`
}

/** @throws Failure not-found outside an evaluation, and for any other link; second-factor-required: no click stands for one. */
export async function accountOfEvaluationLink(context: Context, link: string) {
  const [accountId = ''] = link.split('.')
  if (!context.parts.config.evaluation || evaluationPath(context, accountId) !== `/evaluation/${link}`) {
    throw new Failure('not-found')
  }
  const account = await context.collections.accounts.get(accountId)
  if (!account || account.value.status === 'inactive') throw new Failure('not-found')
  if (account.value.secondFactor) throw new Failure('second-factor-required')
  return account
}

/** Evaluation: a person of the demonstration is active without ever having had a password. */
export async function activateForEvaluation(context: Context, account: Account): Promise<void> {
  const stored = await context.collections.accounts.get(account.id)
  if (!context.parts.config.evaluation || !stored) throw new Failure('not-found')
  if (stored.value.status === 'active') return
  const value: StoredAccount = { ...stored.value, status: 'active' }
  await context.collections.accounts.commit({ id: account.id, expectedVersion: stored.version, value })
}
