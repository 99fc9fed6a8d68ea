/** The archive has everything: the ticket becomes a stub, unless it moved on in between; then it ages again. */
import { archiveStored } from '@guichet/contracts/archiver'
import type { Actor } from '@guichet/contracts/values/actor'
import { on } from '@guichet/service'
import { VersionConflict } from '@guichet/store'
import { commitDecision, nowOf, type Context } from '../context.ts'
import { archive } from '../domain/decide.ts'

const SELF: Actor = { kind: 'service', service: 'ticket' }

export function onArchiveStored(context: Context) {
  return on(archiveStored, async ({ number, version }) => {
    const stored = await context.collections.tickets.get(String(number))
    if (!stored || stored.version !== version || stored.value.status !== 'closed') return
    const occasion = { number, actor: SELF, at: nowOf(context), version: version + 1 }
    try {
      await commitDecision(context, archive(stored.value, occasion), occasion, {})
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error
    }
  })
}
