/** Who may do what: pure questions about an actor. The rules of requests, the services and the gateway ask these. */
import type { AccountActor, Actor, Role } from '@guichet/contracts/values/actor'

/** Those who work for the house and see every ticket. `operator` runs the machines and sees none. */
export const STAFF_ROLES = ['agent', 'finance', 'admin'] as const satisfies readonly Role[]

export function isAccount(actor: Actor): actor is AccountActor {
  return actor.kind === 'account'
}

export function isService(actor: Actor, ...names: readonly string[]): boolean {
  return actor.kind === 'service' && (names.length === 0 || names.includes(actor.service))
}

export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
  return isAccount(actor) && actor.roles.some((role) => roles.includes(role))
}

/** A role of the house, held by someone of the house: a client's account never is staff, whatever its roles say. */
export function isStaff(actor: Actor): boolean {
  return isAccount(actor) && actor.companyId === null && hasRole(actor, ...STAFF_ROLES)
}

/** Staff with one of these roles. */
export function isStaffWith(actor: Actor, ...roles: readonly Role[]): boolean {
  return isStaff(actor) && hasRole(actor, ...roles)
}

/** Belongs to this client. Never true for the house itself. */
export function isOfCompany(actor: Actor, companyId: string | null): boolean {
  return companyId !== null && isAccount(actor) && actor.companyId === companyId
}

export function isManagerOf(actor: Actor, companyId: string | null): boolean {
  return isOfCompany(actor, companyId) && hasRole(actor, 'manager')
}

/** May see the company's issued invoices. */
export function isBillingContactOf(actor: Actor, companyId: string | null): boolean {
  return isOfCompany(actor, companyId) && hasRole(actor, 'billing')
}

export function isSelf(actor: Actor, accountId: string): boolean {
  return isAccount(actor) && actor.accountId === accountId
}

/** The facts about a ticket by which it is decided who sees it. */
export interface TicketSight {
  requesterId: string
  participantIds: readonly string[]
  companyId: string | null
  /** The company's `managersSeeAll`. */
  companyManagersSeeAll: boolean
}

/**
 * Staff see all; a customer sees what they opened or take part in, never their whole company's; a manager the
 * company's where the company allows it. Services act for nobody and see what they ask for.
 */
export function mayReadTicket(actor: Actor, ticket: TicketSight): boolean {
  if (actor.kind === 'service' || isStaff(actor)) return true
  if (!isAccount(actor)) return false
  if (actor.accountId === ticket.requesterId || ticket.participantIds.includes(actor.accountId)) return true
  return ticket.companyManagersSeeAll && isManagerOf(actor, ticket.companyId)
}
