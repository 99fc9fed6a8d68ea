/** Who may do what here. Pure. What one may not see is not found; what one sees and may not do is forbidden. */
import { isManagerOf, isService, isStaffWith } from '@guichet/access'
import type { Actor } from '@guichet/contracts/values/actor'

/** Companies and the house's own people are the admins' to keep; `standalone` sets up the evaluation. */
export function keepsTheRegister(actor: Actor): boolean {
  return isStaffWith(actor, 'admin') || isService(actor, 'standalone')
}

/** Support registers clients' people, a manager their colleagues, an admin the house's own. */
export function mayInvite(actor: Actor, companyId: string | null): boolean {
  if (keepsTheRegister(actor)) return true
  return companyId !== null && (isStaffWith(actor, 'agent') || isManagerOf(actor, companyId))
}
