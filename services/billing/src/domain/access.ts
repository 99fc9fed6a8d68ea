/** Who may see and do what here. What one may not see is not found; what one sees and may not do is forbidden. */
import {
  isBillingContactOf,
  isManagerOf,
  isOfCompany,
  isService,
  isStaff,
  isStaffWith,
  mayReadTicket,
} from '@guichet/access'
import type { ContractTerms } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import type { TicketFacts } from '@guichet/contracts/ticket'
import type { Actor } from '@guichet/contracts/values/actor'

export function isFinance(actor: Actor): boolean {
  return isStaffWith(actor, 'finance', 'admin')
}

/** Finance all of it; the company's billing contacts what was issued to them. Services ask for nobody. */
export function maySeeInvoice(actor: Actor, invoice: { companyId: string; stage: string }): boolean {
  if (isService(actor) || isFinance(actor)) return true
  return invoice.stage === 'issued' && isBillingContactOf(actor, invoice.companyId)
}

/** @throws Failure not-found, forbidden */
export function requireFinance(actor: Actor, seesIt: boolean): void {
  if (isFinance(actor)) return
  throw new Failure(seesIt ? 'forbidden' : 'not-found')
}

/** Balances are for those of the client who answer for money. */
export function maySeePacks(actor: Actor, companyId: string): boolean {
  return (
    isStaff(actor) ||
    isService(actor) ||
    isManagerOf(actor, companyId) ||
    isBillingContactOf(actor, companyId)
  )
}

export function maySeeTicket(actor: Actor, ticket: TicketFacts, companyManagersSeeAll: boolean): boolean {
  return mayReadTicket(actor, { ...ticket, companyManagersSeeAll })
}

export function maySeeTime(actor: Actor, terms: ContractTerms): boolean {
  return isStaff(actor) || isService(actor) || terms.customersSeeTime
}

/** Prices: staff, and those of the client who answer for money. */
export function maySeeCost(actor: Actor, companyId: string): boolean {
  if (isStaff(actor) || isService(actor)) return true
  return (
    isOfCompany(actor, companyId) && (isManagerOf(actor, companyId) || isBillingContactOf(actor, companyId))
  )
}
