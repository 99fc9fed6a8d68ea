/**
 * Electronic invoices with one thing wrong each: our own check must find it, and so must the official rules, under the
 * same name. `official` where they name it otherwise, or see nothing: the tolerance is theirs.
 */
import { invoiceUbl } from '../documents/invoice-ubl.ts'
import { sampleLine, sampleOrder } from './sample-orders.ts'

export interface Spoilt {
  rule: string
  /** What the official rules say to it; null: nothing, they are more tolerant. */
  official: string | null
  ubl: () => Uint8Array
}

type Orders = 'invoice' | 'reverse' | 'credit-note'

const ORDERS: Record<Orders, ReturnType<typeof sampleOrder>> = {
  invoice: sampleOrder({ invoice: { prepaid: '10.00' } }),
  reverse: sampleOrder({
    invoice: { lines: [sampleLine({ vatRate: '0', vatCategory: 'AE' })], allowances: [] },
  }),
  'credit-note': sampleOrder({
    invoice: {
      kind: 'credit-note',
      credits: { invoiceId: 'x', number: 'F-7', issuedOn: '2026-11-02', reason: 'Doublon' },
    },
    issued: { number: 'NC-1', dueOn: null, structuredReference: null },
  }),
}

function spoilt(
  rule: string,
  from: RegExp | string,
  to: string,
  { official = rule, of = 'invoice' }: { official?: string | null; of?: Orders } = {},
): Spoilt {
  return {
    rule,
    official,
    ubl: () => {
      const sound = new TextDecoder().decode(invoiceUbl(ORDERS[of]) ?? new Uint8Array())
      const wrong = sound.replace(from, to)
      if (wrong === sound) throw new Error(`${rule}: nothing was spoilt`)
      return new TextEncoder().encode(wrong)
    },
  }
}

const amount = (name: string) => new RegExp(`(<cbc:${name} currencyID="EUR">)[^<]*`)
const lineAmount = (name: string) => new RegExp(`(<cac:InvoiceLine>.*?<cbc:${name} currencyID="EUR">)[^<]*`)

export const SPOILT: Spoilt[] = [
  spoilt('UBL-2.1', /(<cbc:IssueDate>.*?<\/cbc:IssueDate>)(<cbc:DueDate>.*?<\/cbc:DueDate>)/, '$2$1', {
    official: 'cvc-complex-type',
  }),
  spoilt('UBL-2.1', /<cac:LegalMonetaryTotal>.*<\/cac:LegalMonetaryTotal>/, '', {
    official: 'cvc-complex-type',
  }),
  spoilt('UBL-2.1', /<cac:InvoiceLine>.*<\/cac:InvoiceLine>/, '', { official: 'cvc-complex-type' }),
  spoilt('UBL-2.1', /<cbc:Note>[^<]*</, '<cbc:Note> <', { official: 'PEPPOL-EN16931-R008' }),
  spoilt('UBL-2.1', /<cbc:BuyerReference>.*?<\/cbc:BuyerReference>/, '', { official: 'PEPPOL-EN16931-R003' }),
  spoilt('UBL-2.1', /<cac:PartyLegalEntity>.*?<\/cac:PartyLegalEntity>/, '', { official: 'BR-06' }),
  spoilt('BR-CO-10', amount('LineExtensionAmount'), '$11.00'),
  spoilt('BR-CO-11', amount('AllowanceTotalAmount'), '$11.00'),
  spoilt('BR-CO-13', amount('TaxExclusiveAmount'), '$11.00'),
  spoilt('BR-CO-14', amount('TaxAmount'), '$11.00'),
  spoilt('BR-CO-15', amount('TaxInclusiveAmount'), '$11.00'),
  spoilt('BR-CO-16', amount('PayableAmount'), '$11.00'),
  spoilt('BR-DEC', amount('PrepaidAmount'), '$110.001', { official: 'BR-DEC-16' }),
  spoilt('PEPPOL-EN16931-R051', 'PayableAmount currencyID="EUR"', 'PayableAmount currencyID="USD"'),
  spoilt('BR-27', lineAmount('PriceAmount'), '$1-90'),
  spoilt(
    'PEPPOL-EN16931-R121',
    /<cbc:BaseQuantity unitCode="MIN">60</,
    '<cbc:BaseQuantity unitCode="MIN">0<',
  ),
  spoilt('PEPPOL-EN16931-R120', lineAmount('LineExtensionAmount'), '$146.00'),
  // One cent: the official rule takes it for rounding and sees it in the sum only.
  spoilt('PEPPOL-EN16931-R120', lineAmount('LineExtensionAmount'), '$145.01', { official: 'BR-CO-10' }),
  spoilt('PEPPOL-EN16931-R130', '<cbc:BaseQuantity unitCode="MIN">', '<cbc:BaseQuantity unitCode="HUR">'),
  spoilt('PEPPOL-EN16931-R040', /(<cbc:MultiplierFactorNumeric>)10</, '$111<'),
  spoilt('BR-S-08', amount('TaxableAmount'), '$1600.00'),
  // The official tolerance is a euro.
  spoilt('BR-CO-17', /(<cac:TaxSubtotal>.*?<cbc:TaxAmount currencyID="EUR">)136.70/, '$1136.71', {
    official: 'BR-CO-14',
  }),
  spoilt(
    'BR-S-05',
    /(<cbc:ID>S<\/cbc:ID><cbc:Percent>)21(?=<\/cbc:Percent><cac:TaxScheme><cbc:ID>VAT<\/cbc:ID><\/cac:TaxScheme><\/cac:ClassifiedTaxCategory>)/,
    '$10',
  ),
  spoilt('BR-CO-18', /(<cac:ClassifiedTaxCategory><cbc:ID>S<\/cbc:ID><cbc:Percent>)21</, '$16<', {
    official: 'BR-S-08',
  }),
  spoilt('BR-AE-05', /(<cac:ClassifiedTaxCategory><cbc:ID>AE<\/cbc:ID><cbc:Percent>)0</, '$121<', {
    of: 'reverse',
  }),
  spoilt(
    'BR-AE-10',
    /<cbc:TaxExemptionReasonCode>.*?<\/cbc:TaxExemptionReasonCode><cbc:TaxExemptionReason>.*?<\/cbc:TaxExemptionReason>/,
    '',
    { of: 'reverse' },
  ),
  spoilt(
    'BR-AE-02',
    '<cac:PartyTaxScheme><cbc:CompanyID>BE0417497106</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>',
    '',
    {
      of: 'reverse',
      // The official rule takes the enterprise number for one, the directive (article 226) does not.
      official: null,
    },
  ),
  spoilt(
    'PEPPOL-EN16931-R010',
    '<cbc:EndpointID schemeID="0208">0417497106<',
    '<cbc:EndpointID>0417497106<',
    {
      official: 'BR-63',
    },
  ),
  spoilt(
    'PEPPOL-COMMON-R043',
    '<cbc:EndpointID schemeID="0208">0417497106<',
    '<cbc:EndpointID schemeID="0208">0417497107<',
  ),
  spoilt('BR-CO-09', '<cbc:CompanyID>BE0417497106<', '<cbc:CompanyID>0417497106<'),
  spoilt('BR-29', '<cbc:EndDate>2026-11-30<', '<cbc:EndDate>2026-10-30<'),
  spoilt(
    'PEPPOL-EN16931-R110',
    /(<cac:InvoiceLine>.*?<cbc:StartDate>)2026-11-03(<\/cbc:StartDate><cbc:EndDate>)2026-11-03/,
    '$12026-10-03$22026-11-03',
  ),
  spoilt('BR-CO-16', amount('PayableAmount'), '$11.00', { of: 'credit-note' }),
  spoilt('UBL-2.1', /<cac:BillingReference>.*?<\/cac:BillingReference>/, '', {
    of: 'credit-note',
    official: null,
  }),
]
