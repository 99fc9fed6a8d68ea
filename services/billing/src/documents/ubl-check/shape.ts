/**
 * The part of UBL 2.1's schema that our files use: what may stand in what, in which order, how often. What the schema
 * allows and we never write is no part of it: it would be refused here, and that is a defect of ours. Source: OASIS UBL
 * 2.1, narrowed by Peppol BIS Billing 3.0.
 */
import type { Node } from './tree.ts'

/** In the schema's order. `?` none or one, `*` any, `+` one at least, else exactly one. */
const PARTY_SHAPES = {
  'cac:Party':
    'cbc:EndpointID cac:PartyName? cac:PostalAddress cac:PartyTaxScheme? cac:PartyLegalEntity cac:Contact?',
  'cac:PartyName': 'cbc:Name',
  'cac:PostalAddress': 'cbc:StreetName? cbc:CityName? cbc:PostalZone? cac:Country',
  'cac:Country': 'cbc:IdentificationCode',
  'cac:PartyTaxScheme': 'cbc:CompanyID cac:TaxScheme',
  'cac:PartyLegalEntity': 'cbc:RegistrationName cbc:CompanyID? cbc:CompanyLegalForm?',
  'cac:Contact': 'cbc:Telephone? cbc:ElectronicMail?',
}
const SHAPES: Record<string, string> = {
  ...PARTY_SHAPES,
  Invoice:
    'cbc:CustomizationID cbc:ProfileID cbc:ID cbc:IssueDate cbc:DueDate cbc:InvoiceTypeCode cbc:Note? ' +
    'cbc:DocumentCurrencyCode cbc:BuyerReference cac:InvoicePeriod? cac:AdditionalDocumentReference* ' +
    'cac:AccountingSupplierParty cac:AccountingCustomerParty cac:PaymentMeans? cac:PaymentTerms? ' +
    'cac:AllowanceCharge* cac:TaxTotal cac:LegalMonetaryTotal cac:InvoiceLine+',
  CreditNote:
    'cbc:CustomizationID cbc:ProfileID cbc:ID cbc:IssueDate cbc:CreditNoteTypeCode cbc:Note? ' +
    'cbc:DocumentCurrencyCode cbc:BuyerReference cac:InvoicePeriod? cac:BillingReference ' +
    'cac:AdditionalDocumentReference* cac:AccountingSupplierParty cac:AccountingCustomerParty cac:PaymentMeans? ' +
    'cac:AllowanceCharge* cac:TaxTotal cac:LegalMonetaryTotal cac:CreditNoteLine+',
  'cac:InvoicePeriod': 'cbc:StartDate cbc:EndDate',
  'cac:BillingReference': 'cac:InvoiceDocumentReference',
  'cac:InvoiceDocumentReference': 'cbc:ID cbc:IssueDate',
  'cac:AdditionalDocumentReference': 'cbc:ID cac:Attachment',
  'cac:Attachment': 'cbc:EmbeddedDocumentBinaryObject',
  'cac:AccountingSupplierParty': 'cac:Party',
  'cac:AccountingCustomerParty': 'cac:Party',
  'cac:PaymentMeans': 'cbc:PaymentMeansCode cbc:PaymentID cac:PayeeFinancialAccount',
  'cac:PayeeFinancialAccount': 'cbc:ID cbc:Name cac:FinancialInstitutionBranch?',
  'cac:FinancialInstitutionBranch': 'cbc:ID',
  'cac:PaymentTerms': 'cbc:Note',
  'cac:AllowanceCharge':
    'cbc:ChargeIndicator cbc:AllowanceChargeReasonCode cbc:AllowanceChargeReason? cbc:MultiplierFactorNumeric? ' +
    'cbc:Amount cbc:BaseAmount? cac:TaxCategory?',
  'cac:TaxTotal': 'cbc:TaxAmount cac:TaxSubtotal+',
  'cac:TaxSubtotal': 'cbc:TaxableAmount cbc:TaxAmount cac:TaxCategory',
  'cac:TaxCategory': 'cbc:ID cbc:Percent cbc:TaxExemptionReasonCode? cbc:TaxExemptionReason? cac:TaxScheme',
  'cac:TaxScheme': 'cbc:ID',
  'cac:LegalMonetaryTotal':
    'cbc:LineExtensionAmount cbc:TaxExclusiveAmount cbc:TaxInclusiveAmount cbc:AllowanceTotalAmount? ' +
    'cbc:PrepaidAmount? cbc:PayableAmount',
  'cac:InvoiceLine':
    'cbc:ID cbc:Note? cbc:InvoicedQuantity cbc:LineExtensionAmount cac:InvoicePeriod? cac:DocumentReference? ' +
    'cac:AllowanceCharge? cac:Item cac:Price',
  'cac:CreditNoteLine':
    'cbc:ID cbc:Note? cbc:CreditedQuantity cbc:LineExtensionAmount cac:InvoicePeriod? cac:DocumentReference? ' +
    'cac:AllowanceCharge? cac:Item cac:Price',
  'cac:DocumentReference': 'cbc:ID cbc:DocumentTypeCode',
  'cac:Item': 'cbc:Description cbc:Name cac:ClassifiedTaxCategory cac:AdditionalItemProperty*',
  'cac:ClassifiedTaxCategory': 'cbc:ID cbc:Percent cac:TaxScheme',
  'cac:AdditionalItemProperty': 'cbc:Name cbc:Value',
  'cac:Price': 'cbc:PriceAmount cbc:BaseQuantity',
}

const patterns = new Map<string, RegExp>()

/** The sequence as an expression over `name ` after `name `. */
function patternOf(shape: string): RegExp {
  let pattern = patterns.get(shape)
  if (!pattern) {
    const parts = shape.split(' ').map((part) => {
      const [, name = '', often = ''] = /^([\w:]+)([?*+]?)$/.exec(part) ?? []
      return `(?:${name} )${often}`
    })
    pattern = new RegExp(`^${parts.join('')}$`)
    patterns.set(shape, pattern)
  }
  return pattern
}

/** Names of the elements that do not hold what they should, from the outside inwards; none where all is well. */
export function misshapen(node: Node, found: string[] = []): string[] {
  const shape = SHAPES[node.name]
  // Basic components hold text: Peppol R008 wants it to say something.
  if (shape === undefined) {
    const isBasic = node.name.startsWith('cbc:') && node.children.length === 0 && node.text.trim() !== ''
    if (!isBasic) found.push(node.name)
    return found
  }
  let sequence = ''
  for (const { name } of node.children) sequence += `${name} `
  if (!patternOf(shape).test(sequence)) found.push(node.name)
  for (const child of node.children) misshapen(child, found)
  return found
}
