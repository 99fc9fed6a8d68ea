/**
 * The electronic invoice: Peppol BIS Billing 3.0 (UBL 2.1), elements in the order that the schema demands.
 * Source: spec/invoicing.md section 3.
 */
import { decimal, lineAmounts, money, sum, ZERO } from '../domain/amounts.ts'
import { isBusiness, totals, type Party, type StoredLine } from '../domain/invoice.ts'
import { enterpriseNumberOf } from '../domain/seller.ts'
import { exemptionReason } from '../domain/vat.ts'
import { day, type DocumentLanguage } from '../../templates/figures.ts'
import { legalMentions, wording } from '../../templates/wording.ts'
import { exemptionReasons } from '../domain/vat.ts'
import { electronicAddress } from './electronic-address.ts'
import type { PrintOrder } from './invoice-printer.ts'
import {
  aggregate,
  amountOf,
  clean,
  DECLARATION,
  group,
  rootOf,
  text,
  written,
  type Element,
} from './ubl-elements.ts'

const CUSTOMIZATION = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0'
const PROFILE = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0'
/** UN/ECE Recommendation 20. */
const UNIT_CODES = { minute: 'MIN', hour: 'HUR', km: 'KMT', piece: 'C62' } as const
const SEPA_TRANSFER = '58'
/** UNTDID 5189: discount. */
const DISCOUNT = '95'
/** UNTDID 1001: invoicing data sheet; what a line's own document reference must say. */
const LINE_OBJECT = '130'

/** null where the buyer has no electronic address. Without its paper: that is what the paper itself holds. */
export function invoiceUbl(order: PrintOrder): Uint8Array | null {
  const buyer = electronicAddress(order.issued.buyer)
  const seller = electronicAddress(order.issued.seller)
  if (!buyer || !seller) return null
  const { invoice, issued } = order
  const isInvoice = invoice.kind === 'invoice'
  const name = isInvoice ? 'Invoice' : 'CreditNote'
  const root = rootOf(name)
  text(root, 'CustomizationID', CUSTOMIZATION)
  text(root, 'ProfileID', PROFILE)
  text(root, 'ID', issued.number)
  text(root, 'IssueDate', issued.issuedOn)
  if (isInvoice) text(root, 'DueDate', issued.dueOn)
  text(root, `${name}TypeCode`, isInvoice ? '380' : '381')
  text(root, 'Note', notes(order))
  text(root, 'DocumentCurrencyCode', 'EUR')
  // One of buyer's or order reference is compulsory (Peppol R003): the client's name where it gave none.
  text(root, 'BuyerReference', issued.reference ?? issued.buyer.name)
  period(root, invoice.period)
  if (invoice.credits) {
    const reference = group(group(root, 'BillingReference'), 'InvoiceDocumentReference')
    text(reference, 'ID', invoice.credits.number)
    text(reference, 'IssueDate', invoice.credits.issuedOn)
  }
  party(group(root, 'AccountingSupplierParty'), order.issued.seller, seller, true)
  party(group(root, 'AccountingCustomerParty'), order.issued.buyer, buyer, false)
  payment(root, order)
  for (const allowance of invoice.allowances) {
    const element = group(root, 'AllowanceCharge')
    text(element, 'ChargeIndicator', 'false')
    text(element, 'AllowanceChargeReasonCode', DISCOUNT)
    text(element, 'AllowanceChargeReason', allowance.reason)
    amountOf(element, 'Amount', allowance.amount)
    taxCategory(element, 'TaxCategory', allowance.vatCategory, allowance.vatRate)
  }
  const sums = taxTotal(root, order)
  monetaryTotal(root, order, sums)
  for (const [at, line] of invoice.lines.entries())
    lineElement(root, line, at + 1, { isInvoice, language: issued.seller.invoiceLanguage })
  return new TextEncoder().encode(DECLARATION + written(root))
}

/** All legal mentions in one Note: Peppol takes no second one. */
function notes({ issued, invoice, law }: PrintOrder): string {
  const mentions = legalMentions(issued.seller.invoiceLanguage, {
    reasons: exemptionReasons(
      invoice.lines.map(({ vatCategory }) => vatCategory),
      issued.seller.vatRegime,
    ),
    creditNote: invoice.kind === 'credit-note',
    lateIndemnity: law.lateIndemnity,
    toBusiness: isBusiness(issued.buyer),
  })
  return [...(invoice.credits ? [invoice.credits.reason] : []), ...mentions].join(' ')
}

function period(parent: Element, days: { from: string; to: string } | null): void {
  if (!days) return
  const element = group(parent, 'InvoicePeriod')
  text(element, 'StartDate', days.from)
  text(element, 'EndDate', days.to)
}

/** The same file with its paper, put where the schema wants it: before the parties, which come once in each file. */
export function withPaper(ubl: Uint8Array, number: string, pdf: Uint8Array): Uint8Array {
  const reference = aggregate('AdditionalDocumentReference')
  text(reference, 'ID', number)
  const file = { mimeCode: 'application/pdf', filename: `${number}.pdf` }
  text(group(reference, 'Attachment'), 'EmbeddedDocumentBinaryObject', PAPER, file)
  const [before = '', after = ''] = written(reference).split(`>${PAPER}<`)
  const source = Buffer.from(ubl.buffer, ubl.byteOffset, ubl.byteLength)
  const place = source.indexOf('<cac:AccountingSupplierParty>')
  if (place < 0) throw new Error(`${number} names no supplier`)
  return Buffer.concat([
    source.subarray(0, place),
    Buffer.from(`${before}>`),
    Buffer.from(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('base64'), 'latin1'),
    Buffer.from(`<${after}`),
    source.subarray(place),
  ])
}

/** Stands for the paper while its element is written. */
const PAPER = 'paper'

type AnyParty = Party & {
  legalForm?: string | null
  registry?: string | null
  email?: string | null
  phone?: string | null
}

function party(
  parent: Element,
  who: AnyParty,
  address: { scheme: string; id: string },
  isSeller: boolean,
): void {
  const element = group(parent, 'Party')
  text(element, 'EndpointID', address.id, { schemeID: address.scheme })
  text(group(element, 'PartyName'), 'Name', who.name)
  const postal = group(element, 'PostalAddress')
  text(postal, 'StreetName', who.address?.street)
  text(postal, 'CityName', who.address?.city)
  text(postal, 'PostalZone', who.address?.zip)
  text(group(postal, 'Country'), 'IdentificationCode', who.address?.country ?? 'BE')
  if (who.vatNumber) {
    const tax = group(element, 'PartyTaxScheme')
    text(tax, 'CompanyID', who.vatNumber)
    text(group(tax, 'TaxScheme'), 'ID', 'VAT')
  }
  const legal = group(element, 'PartyLegalEntity')
  text(legal, 'RegistrationName', who.legalName ?? who.name)
  const enterprise = enterpriseNumberOf(who)
  if (enterprise) text(legal, 'CompanyID', enterprise, { schemeID: '0208' })
  if (isSeller) text(legal, 'CompanyLegalForm', [who.legalForm, who.registry].filter(Boolean).join(' – '))
  if (isSeller && (who.email || who.phone)) {
    const contact = group(element, 'Contact')
    text(contact, 'Telephone', who.phone)
    text(contact, 'ElectronicMail', who.email)
  }
}

function payment(root: Element, { issued, invoice }: PrintOrder): void {
  if (!issued.seller.iban) return
  const means = group(root, 'PaymentMeans')
  text(means, 'PaymentMeansCode', SEPA_TRANSFER)
  text(means, 'PaymentID', issued.structuredReference ?? issued.number)
  const account = group(means, 'PayeeFinancialAccount')
  text(account, 'ID', issued.seller.iban)
  text(account, 'Name', issued.seller.name)
  if (issued.seller.bic) text(group(account, 'FinancialInstitutionBranch'), 'ID', issued.seller.bic)
  if (invoice.kind === 'invoice' && issued.dueOn) {
    const language = issued.seller.invoiceLanguage
    text(group(root, 'PaymentTerms'), 'Note', wording[language].before(day(issued.dueOn, language)))
  }
}

function taxTotal(root: Element, { invoice, issued }: PrintOrder) {
  const sums = totals(invoice)
  const element = group(root, 'TaxTotal')
  amountOf(element, 'TaxAmount', money(sum(sums.vat.map(({ amount }) => decimal(amount)))))
  for (const { rate, category, taxable, amount } of sums.vat) {
    const subtotal = group(element, 'TaxSubtotal')
    amountOf(subtotal, 'TaxableAmount', taxable)
    amountOf(subtotal, 'TaxAmount', amount)
    taxCategory(subtotal, 'TaxCategory', category, rate, issued)
  }
  return sums
}

function monetaryTotal(root: Element, { invoice }: PrintOrder, sums: ReturnType<typeof totals>): void {
  const element = group(root, 'LegalMonetaryTotal')
  amountOf(element, 'LineExtensionAmount', money(sum(invoice.lines.map(({ net }) => decimal(net)))))
  amountOf(element, 'TaxExclusiveAmount', sums.net)
  amountOf(element, 'TaxInclusiveAmount', sums.gross)
  if (invoice.allowances.length > 0) {
    amountOf(
      element,
      'AllowanceTotalAmount',
      money(sum(invoice.allowances.map(({ amount }) => decimal(amount)))),
    )
  }
  if (!decimal(sums.prepaid).eq(ZERO)) amountOf(element, 'PrepaidAmount', sums.prepaid)
  amountOf(element, 'PayableAmount', sums.payable)
}

function lineElement(
  root: Element,
  line: StoredLine,
  position: number,
  { isInvoice, language }: { isInvoice: boolean; language: DocumentLanguage },
): void {
  const element = group(root, isInvoice ? 'InvoiceLine' : 'CreditNoteLine')
  const unitCode = UNIT_CODES[line.unit]
  text(element, 'ID', String(position))
  const { surcharge } = line
  const raised =
    surcharge && surcharge.timeClass !== 'office'
      ? wording[language].surcharge(surcharge.timeClass, surcharge.percent)
      : null
  const within = line.withinDay ? wording[language].withinDay : null
  text(element, 'Note', [raised, within, line.note].filter(Boolean).join('; ') || null)
  text(element, isInvoice ? 'InvoicedQuantity' : 'CreditedQuantity', line.quantity, { unitCode })
  amountOf(element, 'LineExtensionAmount', line.net)
  const { workedOn } = line
  period(element, line.period ?? (workedOn === null ? null : { from: workedOn, to: workedOn }))
  if (line.ticket !== null) {
    const reference = group(element, 'DocumentReference')
    text(reference, 'ID', String(line.ticket))
    text(reference, 'DocumentTypeCode', LINE_OBJECT)
  }
  lineDiscount(element, line)
  const item = group(element, 'Item')
  text(item, 'Description', line.description)
  text(item, 'Name', line.kind ?? firstLine(line.description))
  taxCategory(item, 'ClassifiedTaxCategory', line.vatCategory, line.vatRate)
  property(item, 'Ticket', line.ticket === null ? null : String(line.ticket))
  property(item, 'Agent', line.agent)
  const price = group(element, 'Price')
  text(price, 'PriceAmount', line.price, { currencyID: 'EUR' })
  text(price, 'BaseQuantity', String(line.per), { unitCode })
}

function lineDiscount(element: Element, line: StoredLine): void {
  if (line.discountPercent === null) return
  const full = line.full === undefined ? lineAmounts(line).full : decimal(line.full)
  const discount = full.minus(decimal(line.net))
  const allowance = group(element, 'AllowanceCharge')
  text(allowance, 'ChargeIndicator', 'false')
  text(allowance, 'AllowanceChargeReasonCode', DISCOUNT)
  text(allowance, 'MultiplierFactorNumeric', line.discountPercent)
  amountOf(allowance, 'Amount', money(discount))
  amountOf(allowance, 'BaseAmount', money(full))
}

function property(item: Element, name: string, value: string | null): void {
  if (value === null || clean(value) === '') return
  const element = group(item, 'AdditionalItemProperty')
  text(element, 'Name', name)
  text(element, 'Value', value)
}

const REASON_CODES = { 'reverse-charge': 'VATEX-EU-AE', franchise: null, exempt: null } as const

/** `issued` where the reason for no VAT is to be given: on the breakdown, not on lines. */
function taxCategory(
  parent: Element,
  name: string,
  category: StoredLine['vatCategory'],
  rate: string,
  issued?: PrintOrder['issued'],
): void {
  const element = group(parent, name)
  text(element, 'ID', category)
  text(element, 'Percent', rate)
  const reason = issued && exemptionReason(category, issued.seller.vatRegime)
  if (reason && issued) {
    const [mention] = legalMentions(issued.seller.invoiceLanguage, {
      reasons: [reason],
      creditNote: false,
      lateIndemnity: '0',
      toBusiness: true,
    })
    text(element, 'TaxExemptionReasonCode', REASON_CODES[reason])
    text(element, 'TaxExemptionReason', mention)
  }
  text(group(element, 'TaxScheme'), 'ID', 'VAT')
}

function firstLine(value: string): string {
  return clean(value).split('\n')[0]?.slice(0, 100) ?? ''
}
