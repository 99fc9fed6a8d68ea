/** Where a party is reached on Peppol. Source: spec/invoicing.md section 3; the EAS code list of OpenPeppol. */
import { compact, enterpriseNumberOf } from '../domain/seller.ts'

/** VAT numbers as electronic addresses, by the number's own country prefix. */
const VAT_SCHEMES: Record<string, string> = {
  AT: '9914',
  BG: '9926',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  EE: '9931',
  EL: '9933',
  ES: '9920',
  FI: '0213',
  FR: '9957',
  GB: '9932',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  IT: '0211',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  SE: '9955',
  SI: '9949',
  SK: '9950',
}

/** undefined: a party that cannot be reached electronically, such as a private person. */
export function electronicAddress(party: {
  vatNumber: string | null
  enterpriseNumber: string | null
}): { scheme: string; id: string } | undefined {
  const enterprise = enterpriseNumberOf(party)
  if (enterprise) return { scheme: '0208', id: enterprise }
  const vat = compact(party.vatNumber)
  const scheme = vat && VAT_SCHEMES[vat.slice(0, 2)]
  return vat && scheme ? { scheme, id: vat } : undefined
}
