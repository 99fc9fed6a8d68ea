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
import { announce } from '../drafting/past-versions.ts'
import { requireUnbilled } from '../drafting/require-unbilled.ts'
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
    let version = stored?.version ?? 0
    if (validFrom !== undefined && validFrom < today) {
      if (stored) version = await announce(context, stored, validFrom)
      await requireUnbilled(context, companyId, stored?.value, validFrom)
    }
    const updatedAt = context.timestamp()
    const value = { ...withVersion(stored?.value, terms, validFrom, today), updatedAt }
    await context.contracts.commit({
      id: companyId,
      expectedVersion: version,
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
