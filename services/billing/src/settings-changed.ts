/** What a changed setting says of itself, for the audit log. */
import { billingSettingsChanged } from '@guichet/contracts/billing'
import type { Actor } from '@guichet/contracts/values/actor'
import { changedFields, newEvent, STAFF_ONLY } from '@guichet/service'
import type { NewEvent } from '@guichet/store'
import type { Context } from './context.ts'

export function settingsChanged(
  context: Context,
  change: { setting: 'seller' | 'logo' | 'series' | 'reminders'; before: unknown; after: unknown },
  actor: Actor,
): NewEvent[] {
  const { setting, before, after } = change
  const data = { setting, changes: changedFields(before, after) }
  return [newEvent(billingSettingsChanged, data, { actor, audience: STAFF_ONLY, at: context.now() })]
}
