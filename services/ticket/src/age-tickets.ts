/** Timer: tickets that have been closed for ARCHIVE_AFTER_DAYS are said to be of age; the archiver does the rest. */
import type { Actor } from '@guichet/contracts/values/actor'
import { VersionConflict } from '@guichet/store'
import { commitDecision, nowOf, type Context } from './context.ts'
import { age } from './domain/decide.ts'

const SELF: Actor = { kind: 'service', service: 'ticket' }
/** One run's share: the rest has time until the next. */
const MOST_PER_RUN = 1000

export async function ageTickets(context: Context): Promise<void> {
  const days = context.parts.config.ARCHIVE_AFTER_DAYS
  const before = context.parts.clock
    .now()
    .subtract({ hours: 24 * days })
    .toString({ smallestUnit: 'millisecond' })
  for (let aged = 0; aged < MOST_PER_RUN;) {
    const { items } = await context.collections.tickets.find({
      index: 'closed',
      key: ['waits for the archive'],
      order: 'asc',
      limit: 100,
    })
    const due = items.filter(({ value }) => (value.closedAt ?? '') <= before)
    for (const { id, version, value } of due) {
      const occasion = { number: Number(id), actor: SELF, at: nowOf(context), version: version + 1 }
      await commitDecision(context, age(value, occasion), occasion, {}).catch((error: unknown) => {
        // Somebody wrote to it just now: it is not of age any more.
        if (!(error instanceof VersionConflict)) throw error
      })
    }
    aged += due.length
    if (due.length < 100) return
  }
}
