import type { InputOf } from '@guichet/contracts/definition'
import { accessChanged } from '@guichet/contracts/identity'
import { accessRulesChanged, type AccessRules, type putAccessRules } from '@guichet/contracts/second-factor'
import type { Actor } from '@guichet/contracts/values/actor'
import { changedFields, newEvent, NO_ONE, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import { ACCESS_RULES, DEFAULT_RULES } from '../access-rules.ts'
import type { Context } from '../context.ts'
import { answerListStaff } from './accounts.ts'

/** Holds from the next call of whoever is signed in. */
export async function answerPutAccessRules(
  context: Context,
  { rules }: InputOf<typeof putAccessRules>,
  actor: Actor,
): Promise<AccessRules> {
  const changed = await retryOnConflict(async () => {
    const stored = await context.collections.accessRules.get(ACCESS_RULES)
    const before = stored?.value ?? DEFAULT_RULES
    if (before.staffSecondFactor === rules.staffSecondFactor) return false
    const facts = { actor, audience: STAFF_ONLY, at: context.parts.clock.now() }
    await context.collections.accessRules.commit({
      id: ACCESS_RULES,
      expectedVersion: stored?.version ?? 0,
      value: rules,
      events: [newEvent(accessRulesChanged, { changes: changedFields(before, rules) }, facts)],
    })
    return true
  })
  if (changed) await announceToStaff(context)
  return rules
}

/** What they hold open is asked about again. */
async function announceToStaff(context: Context): Promise<void> {
  const { items } = await answerListStaff(context, { roles: ['agent', 'finance', 'admin', 'operator'] })
  for (const { id } of items) context.parts.bus.live.announce(accessChanged, { accountId: id }, NO_ONE)
}
