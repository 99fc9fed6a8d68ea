/**
 * What the law fixes and changes: dated rows, the newest that has begun counts. The rows themselves are configuration
 * (`config.ts`), because a rate that changes on 1 January must not wait for a release.
 */
import { Type, type Static } from 'typebox'
import { CalendarDate, NonNegativeDecimal } from '@guichet/contracts/values/scalars'

export const LegalTerms = Type.Object(
  {
    /** First day these terms count. */
    from: CalendarDate,
    /** Lump sum a late payer owes, in EUR. */
    lateIndemnity: NonNegativeDecimal,
    /** Longest payment term between businesses. */
    maximumTermDays: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
)
export type LegalTerms = Static<typeof LegalTerms>

/** @throws Error when no row has begun: a configuration without a beginning. */
export function legalTermsOn(rows: readonly LegalTerms[], day: string): LegalTerms {
  const begun = rows.filter(({ from }) => from <= day).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  if (!begun) throw new Error(`no legal terms for ${day}`)
  return begun
}
