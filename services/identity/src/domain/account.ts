/** What an account is, and which roles may go with it. Pure. */
import type { Account } from '@guichet/contracts/identity'
import type { AccountActor, Role } from '@guichet/contracts/values/actor'
import type { StoredSecondFactor } from './second-factor.ts'

export interface StoredAccount extends Omit<Account, 'id'> {
  /** argon2id, encoded; null before activation. */
  passwordHash: string | null
  /** Raised by everything that ends all sessions at once: a new password, deactivation. */
  sessionEpoch: number
  /** The link by which the password was chosen: it lets nobody in again. */
  lastLinkId?: string
  /** People of the house, where they turned it on. */
  secondFactor?: StoredSecondFactor
}

const CLIENT_ROLES: readonly Role[] = ['customer', 'manager', 'billing']
const HOUSE_ROLES: readonly Role[] = ['agent', 'finance', 'admin', 'operator']

/** People of a client have the client's roles, people of the house the house's; never both. */
export function rolesFit(companyId: string | null, roles: readonly Role[]): boolean {
  const allowed = companyId === null ? HOUSE_ROLES : CLIENT_ROLES
  return roles.length > 0 && roles.every((role) => allowed.includes(role))
}

export function publicAccount(id: string, stored: StoredAccount): Account {
  const {
    passwordHash: _hash,
    sessionEpoch: _epoch,
    lastLinkId: _link,
    secondFactor: _factor,
    ...shown
  } = stored
  return { id, ...shown }
}

export function actorOf(
  id: string,
  { companyId, roles, name, email, language }: StoredAccount,
): AccountActor {
  return { kind: 'account', accountId: id, companyId, roles, name, email, language }
}
