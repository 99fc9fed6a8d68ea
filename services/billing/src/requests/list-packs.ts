import type { listPacks } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { maySeePacks } from '../domain/access.ts'
import { NO_PACKS } from '../domain/packs.ts'
import { packView } from '../views/pack-view.ts'

const DEFAULT_LIMIT = 50

/** Newest sale first; the cursor is the last pack's id. */
export async function answerListPacks(
  context: Context,
  { companyId, limit = DEFAULT_LIMIT, cursor }: InputOf<typeof listPacks>,
  actor: Actor,
): Promise<OutputOf<typeof listPacks>> {
  if (!maySeePacks(actor, companyId)) throw new Failure('not-found')
  const stored = await context.packLedgers.get(companyId)
  if (!stored) await context.facts.company(companyId)
  const ledger = stored?.value ?? NO_PACKS
  const packs = ledger.packs.toReversed()
  const after = cursor === undefined ? -1 : packs.findIndex(({ id }) => id === cursor)
  const page = packs.slice(after + 1, after + 1 + limit)
  const items = await Promise.all(page.map((pack) => packView(context, companyId, ledger, pack)))
  return { items, next: after + 1 + limit < packs.length ? (page.at(-1)?.id ?? null) : null }
}
