/** What must be true before a number is taken, and what the invoice is from then on. Pure. */
import type { Seller } from '@guichet/contracts/billing'
import { Failure } from '@guichet/contracts/failure'
import type { StoredContract } from './contract.ts'
import { termsOn } from './contract.ts'
import { decimal, lineAmounts, money, ZERO } from './amounts.ts'
import { plusDays } from './days.ts'
import { isBusiness, totals, type InvoiceDocument, type Issued, type Party } from './invoice.ts'
import { legalTermsOn, type LegalTerms } from './legal-terms.ts'
import { enterpriseNumberOf, missingOfSeller, type NumberChecks } from './seller.ts'
import type { Candidate } from './series.ts'
import { structuredReference } from './structured-reference.ts'
import { effectiveRegime } from './vat.ts'

export interface IssueFacts {
  seller: Seller | undefined
  buyer: Party
  contract: StoredContract | undefined
  law: readonly LegalTerms[]
  checks: NumberChecks
}

/** All but the documents, which are made of it. @throws Failure in words for the first thing that is not right. */
export function issuedFacts(
  draft: InvoiceDocument,
  candidate: Candidate,
  { seller, buyer, contract, law, checks }: IssueFacts,
): Omit<Issued, 'documents'> {
  const missing = missingOfSeller(seller)
  if (!seller || missing.length > 0) {
    throw new Failure('seller-missing', {
      params: { fields: missing.join(', ') },
      fields: missing.map((path) => ({ path: `seller.${path}`, code: 'required' })),
    })
  }
  requireSoundContent(draft, seller)
  requireBuyer(draft, buyer, checks)
  const terms = termsOn(contract, candidate.issuedOn)
  return {
    number: candidate.number,
    issuedOn: candidate.issuedOn,
    dueOn: draft.kind === 'invoice' ? dueDay(candidate.issuedOn, terms.paymentTermDays, law) : null,
    structuredReference:
      candidate.referenceBase === null ? null : structuredReference(candidate.referenceBase),
    seller,
    buyer,
    language: terms.language ?? seller.invoiceLanguage,
    reference: draft.reference ?? terms.buyerReference,
  }
}

function dueDay(issuedOn: string, termDays: number, law: readonly LegalTerms[]): string {
  const { maximumTermDays } = legalTermsOn(law, issuedOn)
  if (termDays > maximumTermDays) {
    throw new Failure('payment-term-too-long', { params: { limit: maximumTermDays } })
  }
  return plusDays(issuedOn, termDays)
}

function requireSoundContent(draft: InvoiceDocument, seller: Seller): void {
  if (draft.lines.length === 0) throw new Failure('invoice-empty')
  const { gross } = totals(draft)
  if (decimal(gross).lt(ZERO)) throw new Failure('invoice-total-negative', { params: { amount: gross } })
  // Lines of a credit note may be the rest of one rounded before.
  const wrong = draft.lines.find(
    (line) => draft.kind === 'invoice' && money(lineAmounts(line).net) !== line.net,
  )
  if (wrong) throw new Error(`line ${wrong.id} does not amount to what it says`)
  const taxed = draft.lines.some(({ vatCategory }) => vatCategory !== 'E')
  if (effectiveRegime(seller.vatRegime, 'normal') === 'franchise' && taxed) {
    throw new Failure('seller-charges-no-vat')
  }
}

/** A private person may have neither number nor, on a small invoice, address; a business has all of it. */
function requireBuyer(draft: InvoiceDocument, buyer: Party, checks: NumberChecks): void {
  const { address } = buyer
  const missing = [
    ...(isBusiness(buyer) && !address ? ['address'] : []),
    ...(isBusiness(buyer) && address
      ? (['street', 'zip', 'city'] as const)
          .filter((part) => address[part].trim() === '')
          .map((part) => `address.${part}`)
      : []),
    ...(draft.lines.some(({ vatCategory }) => vatCategory === 'AE') && buyer.vatNumber === null
      ? ['vatNumber']
      : []),
  ]
  if (missing.length > 0) {
    throw new Failure('buyer-missing', {
      params: { company: buyer.name, fields: missing.join(', ') },
      fields: missing.map((path) => ({ path: `company.${path}`, code: 'required' })),
    })
  }
  if (buyer.vatNumber !== null && !checks.isVatNumber(buyer.vatNumber)) {
    throw new Failure('buyer-number-wrong', { params: { company: buyer.name, number: buyer.vatNumber } })
  }
  if (buyer.enterpriseNumber !== null && enterpriseNumberOf(buyer) === null) {
    throw new Failure('buyer-number-wrong', {
      params: { company: buyer.name, number: buyer.enterpriseNumber },
    })
  }
}
