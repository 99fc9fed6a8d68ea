/** The house, as its invoices name it. */
import type { Seller } from '@guichet/contracts/billing'
import type { FieldFault } from '@guichet/contracts/failure'

export type SellerGiven = Partial<Seller> & { name: string }

/** Numbers are kept as registers write them, without the points and blanks that people read them by. */
export function withSeller(given: SellerGiven): Seller {
  return {
    name: given.name.trim(),
    legalName: text(given.legalName),
    legalForm: text(given.legalForm),
    vatNumber: compact(given.vatNumber),
    enterpriseNumber: compact(given.enterpriseNumber)?.replace(/^BE/, '') ?? null,
    registry: text(given.registry),
    address: given.address ?? null,
    iban: compact(given.iban),
    bic: compact(given.bic),
    email: text(given.email),
    phone: text(given.phone),
    vatRegime: given.vatRegime ?? 'normal',
    invoiceLanguage: given.invoiceLanguage ?? 'fr',
  }
}

export function compact(number: string | null | undefined): string | null {
  return number?.replace(/[\s.\-/]/g, '').toUpperCase() || null
}

function text(value: string | null | undefined): string | null {
  return value?.trim() || null
}

/** What the law wants on every invoice, and nobody can fill in but the seller. */
export function missingOfSeller(seller: Seller | undefined): string[] {
  if (!seller) return ['name', 'address', 'vatNumber', 'iban']
  const { address } = seller
  return [
    ...(address
      ? (['street', 'zip', 'city'] as const)
          .filter((part) => address[part].trim() === '')
          .map((part) => `address.${part}`)
      : ['address']),
    ...(seller.vatNumber ? [] : ['vatNumber']),
    ...(seller.iban ? [] : ['iban']),
  ]
}

/**
 * The Belgian enterprise number: 10 digits, the last two are 97 minus the first eight modulo 97.
 * Source: spec/invoicing.md section 3.
 */
export function isEnterpriseNumber(digits: string): boolean {
  if (!/^[01]\d{9}$/.test(digits)) return false
  return Number(digits.slice(8)) === 97 - (Number(digits.slice(0, 8)) % 97)
}

/** Of a Belgian party: its own field, else the digits of its VAT number. */
export function enterpriseNumberOf(party: {
  vatNumber: string | null
  enterpriseNumber: string | null
}): string | null {
  const own = compact(party.enterpriseNumber)?.replace(/^BE/, '') ?? null
  const vat = compact(party.vatNumber)
  const digits = own ?? (vat?.startsWith('BE') ? vat.slice(2) : null)
  return digits !== null && isEnterpriseNumber(digits) ? digits : null
}

export interface NumberChecks {
  isVatNumber(number: string): boolean
  isIban(iban: string): boolean
  isBic(bic: string): boolean
}

export function sellerFaults(seller: Seller, checks: NumberChecks): FieldFault[] {
  const faults: FieldFault[] = []
  if (seller.name === '') faults.push({ path: 'name', code: 'required' })
  if (seller.vatNumber && !checks.isVatNumber(seller.vatNumber)) {
    faults.push({ path: 'vatNumber', code: 'vat-number-wrong' })
  }
  if (seller.enterpriseNumber && !isEnterpriseNumber(seller.enterpriseNumber)) {
    faults.push({ path: 'enterpriseNumber', code: 'enterprise-number-wrong' })
  }
  if (seller.iban && !checks.isIban(seller.iban)) faults.push({ path: 'iban', code: 'iban-wrong' })
  if (seller.bic && !checks.isBic(seller.bic)) faults.push({ path: 'bic', code: 'bic-wrong' })
  return faults
}
