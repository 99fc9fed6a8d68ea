/** Whether VAT numbers and bank accounts are well formed. The registers' libraries load at the first question. */
import { isEnterpriseNumber, type NumberChecks } from '../domain/seller.ts'

let loaded: Promise<NumberChecks> | undefined

export function numberChecks(): Promise<NumberChecks> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<NumberChecks> {
  const [{ stdnum }, { isValidIBAN, isValidBIC }] = await Promise.all([import('stdnum'), import('ibantools')])
  return {
    isVatNumber(number) {
      const [country, rest] = [number.slice(0, 2).toUpperCase(), number.slice(2)]
      // Enterprise numbers that begin with 1 are given since 2023.
      if (country === 'BE') return isEnterpriseNumber(rest)
      const register = stdnum[country === 'EL' ? 'GR' : country] as
        | Record<
            string,
            { abbreviation?: string; name?: string; validate(value: string): { isValid: boolean } }
          >
        | undefined
      const vat = register?.['vat'] ?? register?.['tva'] ?? register?.['uid'] ?? register?.['ust']
      // A country without a known check: two letters and something is all that can be asked.
      if (!vat) return /^[A-Z]{2}[0-9A-Z]{2,13}$/.test(number)
      return vat.validate(number).isValid
    },
    isIban: (iban) => isValidIBAN(iban),
    isBic: (bic) => isValidBIC(bic),
  }
}
