import { randomUUID } from 'node:crypto'
import { contractChanged, type putContract } from '@guichet/contracts/billing'
import type { InputOf, OutputOf } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { isStaff } from '@guichet/access'
import type { Actor } from '@guichet/contracts/values/actor'
import { changedFields, newEvent, retryOnConflict, STAFF_ONLY } from '@guichet/service'
import type { Context } from '../context.ts'
import { requireFinance } from '../domain/access.ts'
import { termsFaults, termsOn, versionFaults, withTerms, withVersion } from '../domain/contract.ts'
import { legalTermsOn } from '../domain/legal-terms.ts'
import { contractView } from '../views/contract-view.ts'

export async function answerPutContract(
  context: Context,
  { companyId, terms: given, validFrom }: InputOf<typeof putContract>,
  actor: Actor,
): Promise<OutputOf<typeof putContract>> {
  requireFinance(actor, isStaff(actor))
  await context.facts.company(companyId)
  const law = legalTermsOn(context.law, context.today())
  return retryOnConflict(async () => {
    const stored = await context.contracts.get(companyId)
    const today = context.today()
    const before = stored && termsOn(stored.value, validFrom ?? today)
    const terms = withTerms(before, given, randomUUID)
    const faults = [...termsFaults(terms, law), ...versionFaults(validFrom, today)]
    if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
    if (validFrom !== undefined && validFrom < today) await requireUnbilled(context, companyId, validFrom)
    const updatedAt = context.timestamp()
    const value = { ...withVersion(stored?.value, terms, validFrom, today), updatedAt }
    await context.contracts.commit({
      id: companyId,
      expectedVersion: stored?.version ?? 0,
      value,
      events: [
        newEvent(
          contractChanged,
          { companyId, validFrom: validFrom ?? today, changes: changedFields(before, terms) },
          { actor, audience: STAFF_ONLY, at: context.now() },
        ),
      ],
    })
    return contractView(companyId, value, today)
  })
}

/**
 * What is on a draft or an invoice already has its price: work of that day and after, a fee of that month.
 * @throws Failure invalid-input
 */
async function requireUnbilled(
  { prestations, feeLedgers }: Context,
  companyId: string,
  from: string,
): Promise<void> {
  const overBilled = () =>
    new Failure('invalid-input', { fields: [{ path: 'validFrom', code: 'version-over-billed-work' }] })
  const month = from.slice(0, 7)
  const charges = Object.values((await feeLedgers.get(companyId))?.value.charges ?? {}).flat()
  if (charges.some((charge) => charge.month >= month)) throw overBilled()
  let cursor: string | undefined
  do {
    const page = await prestations.find({ index: 'inMonth', key: [month, companyId], limit: 100, cursor })
    if (page.items.some(({ value }) => value.workedOn >= from && value.invoiceId !== null)) throw overBilled()
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}
