/** Time that waits for its draft, oldest first: it takes from the packs before what is logged after it. */
import type { Context } from '../context.ts'
import type { HeldPrestation } from '../domain/held-prestation.ts'

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

/** All that is open on these tickets, what finance holds back too. */
export async function openOnTickets(
  { prestations }: Pick<Context, 'prestations'>,
  tickets: ReadonlySet<number>,
): Promise<HeldPrestation[]> {
  const open: HeldPrestation[] = []
  for (const ticket of tickets) {
    let cursor: string | undefined
    do {
      const page = await prestations.find({ index: 'ofTicket', key: [ticket], limit: 100, cursor })
      open.push(...page.items.filter(({ value }) => value.billable && value.invoiceId === null))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
  return open
}
