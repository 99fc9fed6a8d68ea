/** Which VAT category a line has, and why one bears none. Source: spec/invoicing.md section 2. */
import type { VatCategory, VatRegime } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'
import { decimal, ZERO } from './amounts.ts'

/** The seller's franchise goes before whatever the client's contract says: such a seller charges nobody VAT. */
export function effectiveRegime(seller: VatRegime | null, contract: VatRegime): VatRegime {
  return seller !== null && seller !== 'normal' ? seller : contract
}

const CATEGORY: Record<VatRegime, VatCategory> = {
  normal: 'S',
  franchise: 'E',
  exempt: 'E',
  'reverse-charge': 'AE',
}

export function categoryOf(regime: VatRegime): VatCategory {
  return CATEGORY[regime]
}

/** The rate a line of this client bears when the contract (or pack) says `rate`. */
export function rateUnder(regime: VatRegime, rate: string): string {
  return categoryOf(regime) === 'S' ? rate : '0'
}

/** EN 16931 BR-S-05, BR-AE-05, BR-E-05: the standard category has a rate above 0, the others have 0. */
export function rateFault(path: string, rate: string, category: VatCategory): FieldFault | undefined {
  const zero = decimal(rate).eq(ZERO)
  if (category === 'S') return zero ? { path: `${path}.vatCategory`, code: 'vat-category-needed' } : undefined
  return zero ? undefined : { path: `${path}.vatRate`, code: 'vat-rate-not-zero' }
}

/** What stands on the invoice beside a group without VAT. */
export type ExemptionReason = 'reverse-charge' | 'franchise' | 'exempt'

export function exemptionReason(category: VatCategory, regime: VatRegime): ExemptionReason | undefined {
  if (category === 'S') return undefined
  if (category === 'AE') return 'reverse-charge'
  return regime === 'franchise' ? 'franchise' : 'exempt'
}

/** Each reason once, for the categories of these lines. */
export function exemptionReasons(categories: readonly VatCategory[], regime: VatRegime): ExemptionReason[] {
  const reasons = categories.flatMap((category) => exemptionReason(category, regime) ?? [])
  return [...new Set(reasons)].sort()
}
