import type { listInvoices } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { isBillingContactOf, isService, isStaff } from '@guichet/access'
import { Failure } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Context } from '../context.ts'
import { isFinance } from '../domain/access.ts'
import { deliveriesOf, type Delivered } from '../views/delivery-view.ts'
import { invoiceSummary } from '../views/invoice-view.ts'

type Input = InputOf<typeof listInvoices>

/** Newest first. A client's billing contact: what was issued to the client. An agent: what was issued to one they name. */
export async function answerListInvoices(
  context: Context,
  { limit, cursor, ...query }: Input,
  actor: Actor,
): Promise<OutputOf<typeof listInvoices>> {
  const seesAll = isFinance(actor) || isService(actor)
  const key = seesAll ? keyOf(query) : isStaff(actor) ? keyForAgent(query) : keyForClient(query, actor)
  if (!key) return { items: [], next: null }
  const page = await context.invoices.find({ index: 'list', key, limit, cursor })
  const shown = page.items.filter(({ value }) => value.stage !== 'discarding')
  const ways = seesAll ? await deliveriesOf(context, shown) : new Map<string, Delivered>()
  return {
    items: shown.map((stored) => {
      const delivery = ways.get(stored.id)
      return { ...invoiceSummary(stored), ...(delivery && { delivery }) }
    }),
    next: page.next,
  }
}

function keyOf({ company, status }: Pick<Input, 'company' | 'status'>): string[] {
  if (company !== undefined) return status === undefined ? ['company', company] : ['company', company, status]
  return status === undefined ? ['all'] : ['status', status]
}

/** Support sees what a client was sent lately, beside their ticket: that it was, and whether it is paid; not the paper. */
function keyForAgent({ company, status }: Pick<Input, 'company' | 'status'>): string[] | undefined {
  if (company === undefined) throw new Failure('forbidden')
  if (status === 'draft') return undefined
  return status === undefined ? ['issued', company] : ['company', company, status]
}

/** undefined: nothing of theirs can fit. @throws Failure not-found for another's company */
function keyForClient(
  { company, status }: Pick<Input, 'company' | 'status'>,
  actor: Actor,
): string[] | undefined {
  const own = actor.kind === 'account' ? actor.companyId : null
  if (own === null || !isBillingContactOf(actor, own)) throw new Failure('forbidden')
  if (company !== undefined && company !== own) throw new Failure('not-found')
  if (status === 'draft') return undefined
  return status === undefined ? ['issued', own] : ['company', own, status]
}
