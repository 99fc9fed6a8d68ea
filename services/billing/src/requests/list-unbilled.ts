import type { Prestation } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { listUnbilled, UnbilledCompany } from '@guichet/contracts/unbilled-work'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Stored } from '@guichet/store'
import type { Context } from '../context.ts'
import { decimal, money, ZERO } from '../domain/amounts.ts'
import type { StoredPrestation } from '../domain/prestation.ts'
import { prestationViews } from '../views/prestation-view.ts'

const MOST_SHOWN = 500

/** Counted from the prestations themselves, never kept. */
export async function answerListUnbilled(
  context: Context,
  { until, companyId }: InputOf<typeof listUnbilled>,
  actor: Actor,
): Promise<OutputOf<typeof listUnbilled>> {
  const key = companyId === undefined ? ['all'] : ['company', companyId]
  const found: Prestation[] = []
  for (const index of ['open', 'heldBack'] as const) {
    for await (const page of pagesUntil(context, index, key, until))
      found.push(...(await prestationViews(context, page, actor)))
  }
  const items = found.toSorted((a, b) => a.workedOn.localeCompare(b.workedOn))
  const companies = await Promise.all(
    [...Map.groupBy(items, (item) => item.companyId)].map(async ([id, own]) =>
      summed(id, (await context.facts.company(id)).name, own),
    ),
  )
  const shown = companyId === undefined ? [] : items.slice(0, MOST_SHOWN)
  return {
    companies: companies.toSorted((a, b) => a.oldest.localeCompare(b.oldest)),
    items: shown,
    more: companyId !== undefined && items.length > shown.length ? items.length - shown.length : null,
  }
}

async function* pagesUntil(
  { prestations }: Context,
  index: 'open' | 'heldBack',
  key: readonly string[],
  until: string,
): AsyncGenerator<Stored<StoredPrestation>[]> {
  let cursor: string | undefined
  do {
    const page = await prestations.find({ index, key, order: 'asc', limit: 100, cursor })
    const due = page.items.filter(({ value }) => value.workedOn <= until)
    yield due
    cursor = due.length < page.items.length ? undefined : (page.next ?? undefined)
  } while (cursor !== undefined)
}

function summed(id: string, name: string, own: readonly Prestation[]): UnbilledCompany {
  return {
    id,
    name,
    oldest: own[0]?.workedOn ?? '',
    entries: own.length,
    minutes: own.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
    cost: money(own.reduce((sum, { cost }) => sum.plus(decimal(cost ?? '0')), ZERO)),
    heldBack: own.filter(({ state }) => state === 'held-back').length,
    withoutPrice: own.filter(({ cost }) => cost === null).length,
  }
}
