/** An agent's own lists, in one document of theirs. */
import { randomUUID } from 'node:crypto'
import { isStaff } from '@guichet/access'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { SavedFilter, saveFilter } from '@guichet/contracts/saved-filters'
import type { AccountActor } from '@guichet/contracts/values/actor'
import { retryOnConflict } from '@guichet/service'
import type { Context } from '../context.ts'
import { filterOf, withFilter } from '../domain/saved-filter.ts'

export async function answerListSavedFilters(
  { collections }: Context,
  actor: AccountActor,
): Promise<{ items: SavedFilter[] }> {
  requireStaff(actor)
  return { items: (await collections.savedFilters.get(actor.accountId))?.value.items ?? [] }
}

export async function answerSaveFilter(
  context: Context,
  { name, query }: InputOf<typeof saveFilter>,
  actor: AccountActor,
): Promise<SavedFilter> {
  const filter = { id: randomUUID(), name: name.trim(), query: filterOf(query) }
  await changed(context, actor, (items) => withFilter(items, filter))
  return filter
}

export async function answerRemoveSavedFilter(
  context: Context,
  id: string,
  actor: AccountActor,
): Promise<void> {
  await changed(context, actor, (items) => items.filter((each) => each.id !== id))
}

async function changed(
  { collections }: Context,
  actor: AccountActor,
  change: (items: readonly SavedFilter[]) => SavedFilter[],
): Promise<void> {
  requireStaff(actor)
  await retryOnConflict(async () => {
    const stored = await collections.savedFilters.get(actor.accountId)
    await collections.savedFilters.commit({
      id: actor.accountId,
      expectedVersion: stored?.version ?? 0,
      value: { items: change(stored?.value.items ?? []) },
      events: [],
    })
  })
}

/** A customer's lists are their own tickets: there is nothing to narrow. */
function requireStaff(actor: AccountActor): void {
  if (!isStaff(actor)) throw new Failure('forbidden')
}
