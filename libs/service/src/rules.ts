/** Who may ask at all. Coarse on purpose: whose object it is, the handler decides when it has read it. */
import { hasRole, isAccount, isService, isStaff, isStaffWith } from '@guichet/access'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Rule } from './definition.ts'

type Verdict = ReturnType<Rule>

function rule(ruleName: string, judge: (actor: Actor) => Verdict): Rule {
  return Object.assign(judge, { ruleName })
}

/** Strangers are asked to sign in; everybody else is told that it is not theirs to do. */
function only(ruleName: string, may: (actor: Actor) => boolean): Rule {
  return rule(ruleName, (actor) => {
    if (may(actor)) return undefined
    return actor.kind === 'stranger' ? 'unauthenticated' : 'forbidden'
  })
}

/** Strangers too: sign-in, activation. */
export const anyone = rule('anyone', () => undefined)
/** Every person with an account. Services are named where they may ask: `either(signedIn, services('ticket'))`. */
export const signedIn = only('signed-in', isAccount)
/** Agents, finance, admins of the house. */
export const staff = only('staff', isStaff)
export const agents = only('agents', (actor) => isStaffWith(actor, 'agent', 'admin'))
export const finance = only('finance', (actor) => isStaffWith(actor, 'finance', 'admin'))
export const admins = only('admins', (actor) => isStaffWith(actor, 'admin'))
/** Managers of some client; of which, the handler asks `isManagerOf`. */
export const managers = only('managers', (actor) => hasRole(actor, 'manager'))
/** Billing contacts of some client; of which, the handler asks `isBillingContactOf`. */
export const billingContacts = only('billing-contacts', (actor) => hasRole(actor, 'billing'))

/** Our own services, all or those named. */
export function services(...names: readonly string[]): Rule {
  const ruleName = names.length === 0 ? 'services' : `services ${names.join(', ')}`
  return only(ruleName, (actor) => isService(actor, ...names))
}

/** Whoever any of these lets pass. The first one words the refusal. */
export function either(first: Rule, ...others: readonly Rule[]): Rule {
  const all = [first, ...others]
  return rule(all.map(({ ruleName }) => ruleName).join(' or '), (actor) =>
    all.some((one) => one(actor) === undefined) ? undefined : first(actor),
  )
}

/**
 * For what a caller must not even learn to exist: `not-found` in place of `forbidden`, unless the caller is one of
 * those who see it and may only not do this to it.
 */
export function hidden(inner: Rule, seenBy?: Rule): Rule {
  const name = seenBy ? `${inner.ruleName}, hidden but from ${seenBy.ruleName}` : `${inner.ruleName}, hidden`
  return rule(name, (actor) => {
    const verdict = inner(actor)
    const seen = seenBy !== undefined && seenBy(actor) === undefined
    return verdict === 'forbidden' && !seen ? 'not-found' : verdict
  })
}
