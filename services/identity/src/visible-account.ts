import { isManagerOf, isSelf, isService, isStaff } from '@guichet/access'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import type { Context } from './context.ts'
import type { StoredAccount } from './domain/account.ts'

/** @throws Failure not-found for whom the actor may not see. */
export async function visibleAccount(
  context: Context,
  id: string,
  actor: Actor,
): Promise<Stored<StoredAccount>> {
  const stored = await context.collections.accounts.get(id)
  const sees =
    stored &&
    (isStaff(actor) || isService(actor) || isSelf(actor, id) || isManagerOf(actor, stored.value.companyId))
  if (!sees) throw new Failure('not-found')
  return stored
}
