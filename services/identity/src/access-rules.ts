/** What the house asks of whoever comes in. */
import type { AccessRules } from '@guichet/contracts/second-factor'
import type { Context } from './context.ts'
import type { StoredAccount } from './domain/account.ts'

export const ACCESS_RULES = 'access-rules'
/** spec/http-api.md: a second factor is never compulsory by default. */
export const DEFAULT_RULES: AccessRules = { staffSecondFactor: false }

export async function accessRules({ collections }: Context): Promise<AccessRules> {
  return (await collections.accessRules.get(ACCESS_RULES))?.value ?? DEFAULT_RULES
}

/**
 * Whether this account must set one up before anything else. Who has no password (the evaluation's people, who come in
 * by a link) could not.
 */
export async function secondFactorDue(context: Context, account: StoredAccount): Promise<boolean> {
  if (account.companyId !== null || account.secondFactor || account.passwordHash === null) return false
  return (await accessRules(context)).staffSecondFactor
}
