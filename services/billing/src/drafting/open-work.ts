/** Time that waits for its draft, oldest first: it takes from the packs before what is logged after it. */
import type { Context } from '../context.ts'
import type { HeldPrestation } from '../domain/gathered.ts'

export async function openWork(
  { prestations }: Pick<Context, 'prestations'>,
  companyId: string,
): Promise<HeldPrestation[]> {
  const open: HeldPrestation[] = []
  let cursor: string | undefined
  do {
    const key = ['company', companyId]
    const page = await prestations.find({ index: 'open', key, order: 'asc', limit: 100, cursor })
    open.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return open
}
