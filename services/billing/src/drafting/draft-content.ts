/** A draft with what a person wrote on it: checked, computed, its tickets named. */
import type { changeDraft } from '@guichet/contracts/billing'
import type { InputOf } from '@guichet/contracts/definition'
import { Failure, type FieldFault } from '@guichet/contracts/failure'
import type { Context } from '../context.ts'
import { decimal, money, ZERO } from '../domain/amounts.ts'
import { feeCharges, prestationIds, type InvoiceDocument } from '../domain/invoice.ts'
import { checkedAllowances, handMadeLines, periodOf } from '../domain/lines.ts'

export type DraftChanges = InputOf<typeof changeDraft>['changes']

/** What the lines that were taken off had billed is named in `releasing` and `givingBack`. @throws Failure invalid-input */
export async function draftContent(
  context: Context,
  before: InvoiceDocument,
  { lines: inputs, allowances: reductions, prepaid, reference }: DraftChanges,
): Promise<InvoiceDocument> {
  const regime = await context.regime(await context.terms(before.companyId))
  const faults: FieldFault[] = []
  let { lines, allowances, tickets, period, releasing, givingBack = [] } = before
  if (inputs) {
    const made = handMadeLines(inputs, regime, before.lines)
    faults.push(...made.faults)
    lines = made.lines
    const kept = new Set(prestationIds(lines))
    const charged = new Set(feeCharges(lines).map(({ feeId, month }) => `${feeId}/${month}`))
    givingBack = [
      ...givingBack,
      ...feeCharges(before.lines).filter(({ feeId, month }) => !charged.has(`${feeId}/${month}`)),
    ]
    releasing = [...releasing, ...prestationIds(before.lines).filter((id) => !kept.has(id))]
  }
  if (reductions) {
    const checked = checkedAllowances(reductions, regime)
    faults.push(...checked.faults)
    allowances = checked.allowances
  }
  if (prepaid !== undefined && decimal(prepaid).lt(ZERO)) {
    faults.push({ path: 'prepaid', code: 'too-small', params: { limit: 0 } })
  }
  if (faults.length > 0) throw new Failure('invalid-input', { fields: faults })
  if (inputs) {
    const numbers = lines.flatMap(({ ticket }) => ticket ?? [])
    tickets = await context.facts.labels(numbers, before.companyId)
    // A run's period stays, and grows where a line by hand lies outside of it.
    period = periodOf(lines, before.runId === null ? null : before.period)
  }
  return {
    ...before,
    lines,
    allowances,
    tickets,
    period,
    releasing,
    givingBack,
    prepaid: prepaid === undefined ? before.prepaid : money(decimal(prepaid)),
    reference: reference === undefined ? before.reference : reference?.trim() || null,
  }
}
