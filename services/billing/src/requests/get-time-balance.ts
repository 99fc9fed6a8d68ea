import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import type { Prestation } from '@guichet/contracts/billing'
import type { getTimeBalance } from '@guichet/contracts/service-time'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { balanceOf } from '../domain/time-balance.ts'
import { prestationViews } from '../views/prestation-view.ts'

/** Counted from the prestations themselves, never kept: it cannot be out of step with them. */
export async function answerGetTimeBalance(
  context: Context,
  { month, companyId }: InputOf<typeof getTimeBalance>,
  actor: Actor,
): Promise<OutputOf<typeof getTimeBalance>> {
  const all: Prestation[] = []
  let cursor: string | undefined
  do {
    const page = await context.prestations.find({
      index: 'inMonth',
      key: companyId === undefined ? [month] : [month, companyId],
      limit: 100,
      cursor,
    })
    all.push(...(await prestationViews(context, page.items, actor)))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  const { companies, ...sums } = balanceOf(all)
  const named = await Promise.all(
    companies.map(async (company) => ({ ...company, name: (await context.facts.company(company.id)).name })),
  )
  return { ...sums, companies: named, items: companyId === undefined ? [] : all }
}
