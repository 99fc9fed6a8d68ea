/** The audit log of one object: what the store recorded of it, newest first. */
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { Envelope } from '@guichet/contracts/envelope'
import { Failure } from '@guichet/contracts/failure'
import type { AuditEntry, listHistory } from '@guichet/contracts/service'
import type { Audited } from './definition.ts'

const DEFAULT_LIMIT = 50

export async function pageOfHistory(
  audited: readonly Audited[],
  { collection, id, limit = DEFAULT_LIMIT, cursor }: InputOf<ReturnType<typeof listHistory>>,
): Promise<OutputOf<ReturnType<typeof listHistory>>> {
  const source = audited.find(({ name }) => name === collection)
  if (!source) throw new Failure('not-found')
  const recorded: Envelope[] = []
  for await (const event of source.history(id)) {
    if (event.id === cursor) break
    recorded.push(event)
  }
  const page = recorded.slice(-limit)
  const items = page.toReversed().map(entryOf)
  return { items, next: recorded.length > page.length ? (page[0]?.id ?? null) : null }
}

function entryOf({ id, occurredAt, subject, actor, data }: Envelope): AuditEntry {
  return { id, at: occurredAt, subject, actor, facts: data as Record<string, unknown> }
}
