/** What was agreed with a company, and what counts where nothing was. The one place of the defaults. */
import type { ContractRate, ContractTerms } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'
import type { Static } from 'typebox'
import { decimal, LARGEST, plain, priceText } from './amounts.ts'
import type { LegalTerms } from './legal-terms.ts'

export type Rate = Static<typeof ContractRate>

export interface StoredContract {
  terms: ContractTerms
  updatedAt: string
}

export const DEFAULT_TERMS: ContractTerms = {
  rates: [],
  rounding: { stepMinutes: 15, minimumMinutes: 15 },
  vatRegime: 'normal',
  paymentTermDays: 30,
  buyerReference: null,
  language: null,
  customersSeeTime: false,
}

/** What the caller left out stays as it was. */
export function withTerms(before: ContractTerms | undefined, given: Partial<ContractTerms>): ContractTerms {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const terms = { ...(before ?? DEFAULT_TERMS), ...named }
  return {
    ...terms,
    buyerReference: terms.buyerReference?.trim() || null,
    rates: terms.rates.map((rate) => ({
      kind: rate.kind.trim(),
      unit: rate.unit,
      price: priceText(rate.price),
      vatRate: plain(rate.vatRate),
    })),
  }
}

export function termsFaults(terms: ContractTerms, law: LegalTerms): FieldFault[] {
  const faults: FieldFault[] = []
  const seen = new Set<string>()
  for (const [at, rate] of terms.rates.entries()) {
    const key = `${kindKey(rate.kind)}\n${rate.unit}`
    if (rate.kind === '') faults.push({ path: `rates.${at}.kind`, code: 'required' })
    else if (seen.has(key)) faults.push({ path: `rates.${at}.kind`, code: 'rate-twice' })
    if (decimal(rate.vatRate).gt(decimal('100'))) {
      faults.push({ path: `rates.${at}.vatRate`, code: 'too-large', params: { limit: 100 } })
    }
    if (decimal(rate.price).gt(LARGEST)) {
      faults.push({ path: `rates.${at}.price`, code: 'amount-too-large' })
    }
    seen.add(key)
  }
  if (terms.paymentTermDays > law.maximumTermDays) {
    const params = { limit: law.maximumTermDays }
    faults.push({ path: 'paymentTermDays', code: 'payment-term-too-long', params })
  }
  return faults
}

/** `Support`, `support ` and `SUPPORT` are one kind. */
export function kindKey(kind: string): string {
  return kind.trim().normalize('NFC').toLocaleLowerCase('fr')
}
