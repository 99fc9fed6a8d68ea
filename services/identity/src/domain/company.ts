/** Companies as their invoices need them. Pure. */
import type { Company, CompanyInput } from '@guichet/contracts/identity'
import type { FieldFault } from '@guichet/contracts/failure'
import { stdnum } from 'stdnum'

export type StoredCompany = Omit<Company, 'id'>

export interface CheckedCompany {
  input: Partial<CompanyInput>
  faults: FieldFault[]
}

/** Numbers checked and brought to one spelling: `BE0403019261`, `0403019261`. */
export function checkCompany(input: Partial<CompanyInput>): CheckedCompany {
  const faults: FieldFault[] = []
  const checked = { ...input }
  if (input.vatNumber) {
    const compact = input.vatNumber.replace(/[\s.-]/g, '').toUpperCase()
    const country = compact.slice(0, 2)
    const number = country === 'BE' ? compact.slice(2) : compact
    const known = (
      stdnum as Record<string, { vat?: { validate(value: string): { isValid: boolean } } } | undefined>
    )[country]
    const valid = known?.vat
      ? known.vat.validate(number).isValid || known.vat.validate(compact).isValid
      : /^[A-Z]{2}[A-Z0-9]{2,13}$/.test(compact)
    if (valid) checked.vatNumber = compact
    else faults.push({ path: 'vatNumber', code: 'vat-number-invalid' })
  }
  if (input.enterpriseNumber) {
    const digits = input.enterpriseNumber.replace(/[\s.-]/g, '').replace(/^BE/i, '')
    if (isEnterpriseNumber(digits)) checked.enterpriseNumber = digits
    else faults.push({ path: 'enterpriseNumber', code: 'enterprise-number-invalid' })
  }
  return { input: checked, faults }
}

/** KBO/BCE (spec/invoicing.md §3): the last two digits are 97 − (the first eight mod 97). */
export function isEnterpriseNumber(digits: string): boolean {
  return /^[01]\d{9}$/.test(digits) && Number(digits.slice(8)) === 97 - (Number(digits.slice(0, 8)) % 97)
}
