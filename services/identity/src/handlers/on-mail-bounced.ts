import { accountChanged } from '@guichet/contracts/identity'
import { mailBounced } from '@guichet/contracts/mail'
import { newEvent, on, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'

/** Mail to this person came back for good: nothing more is mailed there until someone clears it. */
export function onMailBounced(context: Context) {
  return on(mailBounced, async ({ accountId, permanent }) => {
    if (!permanent || accountId === null) return
    await retryOnConflict(async () => {
      const stored = await context.collections.accounts.get(accountId)
      if (!stored || stored.value.mailBlocked) return
      const value = { ...stored.value, mailBlocked: true }
      const data = { accountId, companyId: value.companyId, status: value.status, fields: ['mailBlocked'] }
      const facts = {
        actor: { kind: 'service' as const, service: 'identity' },
        audience: STAFF_ONLY,
        at: context.parts.clock.now(),
      }
      const events = [newEvent(accountChanged, data, facts)]
      await context.collections.accounts.commit({
        id: accountId,
        expectedVersion: stored.version,
        value,
        events,
      })
    })
  })
}
