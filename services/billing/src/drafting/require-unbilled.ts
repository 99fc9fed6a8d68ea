/** Whether days are billed that a version of the contract would claim; see past-versions.ts for drafts at the same moment. */
import { Failure } from '@guichet/contracts/failure'
import type { Context } from '../context.ts'
import { nextVersionAfter, type StoredContract } from '../domain/contract.ts'
import { lastWorkDay } from '../domain/prestation.ts'
import { settleDraft } from './settle-draft.ts'

/**
 * What is on a draft or an invoice already has its price: work of the days that a version from this one would claim, a
 * fee of that month.
 * @throws Failure invalid-input
 */
export async function requireUnbilled(
  context: Context,
  companyId: string,
  contract: StoredContract | undefined,
  from: string,
): Promise<void> {
  // Before the work is looked at: a draft that begins later finds the announcement.
  await finishGathering(context, companyId, from)
  const overBilled = () =>
    new Failure('invalid-input', { fields: [{ path: 'validFrom', code: 'version-over-billed-work' }] })
  const month = from.slice(0, 7)
  const charges = Object.values((await context.feeLedgers.get(companyId))?.value.charges ?? {}).flat()
  if (charges.some((charge) => charge.month >= month)) throw overBilled()
  const next = nextVersionAfter(contract, from)
  for await (const { value } of workSince(context, companyId, from)) {
    const isClaimed = value.workedOn >= from && (next === undefined || value.workedOn < next)
    if (isClaimed && value.invoiceId !== null) throw overBilled()
  }
}

async function finishGathering(context: Context, companyId: string, from: string): Promise<void> {
  const gathering: string[] = []
  let cursor: string | undefined
  do {
    const key = ['company', companyId, 'draft']
    const page = await context.invoices.find({ index: 'list', key, limit: 100, cursor })
    for (const { id, value } of page.items)
      if (value.stage === 'gathering' && (value.period?.to ?? from) >= from) gathering.push(id)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  for (const id of gathering) {
    try {
      await settleDraft(context, id)
    } catch (error) {
      // Thrown away by somebody else meanwhile.
      if (!(error instanceof Failure) || error.code !== 'not-found') throw error
    }
  }
}

/** Of that day's month, and of the months after it in which work may be noted. */
async function* workSince({ prestations, today }: Context, companyId: string, from: string) {
  const last = Temporal.PlainYearMonth.from(lastWorkDay(today()).slice(0, 7))
  let month = Temporal.PlainYearMonth.from(from.slice(0, 7))
  for (; Temporal.PlainYearMonth.compare(month, last) <= 0; month = month.add({ months: 1 })) {
    let cursor: string | undefined
    do {
      const key = [month.toString(), companyId]
      const page = await prestations.find({ index: 'inMonth', key, limit: 100, cursor })
      yield* page.items
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
  }
}
