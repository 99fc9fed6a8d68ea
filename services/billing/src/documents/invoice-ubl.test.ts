import { create } from 'xmlbuilder2'
import { describe, expect, test } from 'vitest'
import { invoiceUbl, withPaper } from './invoice-ubl.ts'
import { clean } from './ubl-elements.ts'
import { sampleLine, sampleOrder } from '../testing/sample-orders.ts'

const PDF = new TextEncoder().encode('%PDF-1.7')
const xmlOf = (...order: Parameters<typeof sampleOrder>) =>
  new TextDecoder().decode(withPaper(invoiceUbl(sampleOrder(...order)) ?? new Uint8Array(), 'F-1', PDF))

/** Names of the children of the first element of that name, in order, each run of one name once. */
function childrenOf(xml: string, name: string): string[] {
  const names: string[] = []
  create(xml).each(
    (node) => {
      if (node.node.nodeName === name && names.length === 0) {
        node.each((child) => {
          const { nodeName } = child.node
          if (names.at(-1) !== nodeName) names.push(nodeName)
        })
      }
    },
    true,
    true,
  )
  return names
}

const value = (xml: string, name: string) => new RegExp(`<cbc:${name}[^>]*>([^<]*)<`).exec(xml)?.[1]

describe('the electronic invoice', () => {
  test('says why time comes to nothing', () => {
    const lines = [sampleLine({ quantity: '0', minutesWorked: 5, withinDay: true })]
    const [, line = ''] = xmlOf({ invoice: { lines, allowances: [] } }).split('<cac:InvoiceLine>')
    expect(value(line, 'Note')).toBe('compris dans l’arrondi du jour')
    expect(value(line, 'InvoicedQuantity')).toBe('0')
    expect(value(line, 'LineExtensionAmount')).toBe('0.00')
  })

  // The order of UBL 2.1, as spec/invoicing.md section 3 lists it.
  test('has its elements in the schema’s order', () => {
    const xml = xmlOf()
    expect(childrenOf(xml, 'Invoice')).toEqual([
      'cbc:CustomizationID',
      'cbc:ProfileID',
      'cbc:ID',
      'cbc:IssueDate',
      'cbc:DueDate',
      'cbc:InvoiceTypeCode',
      'cbc:Note',
      'cbc:DocumentCurrencyCode',
      'cbc:BuyerReference',
      'cac:InvoicePeriod',
      'cac:AdditionalDocumentReference',
      'cac:AccountingSupplierParty',
      'cac:AccountingCustomerParty',
      'cac:PaymentMeans',
      'cac:PaymentTerms',
      'cac:AllowanceCharge',
      'cac:TaxTotal',
      'cac:LegalMonetaryTotal',
      'cac:InvoiceLine',
    ])
    expect(childrenOf(xml, 'cac:InvoiceLine')).toEqual([
      'cbc:ID',
      'cbc:InvoicedQuantity',
      'cbc:LineExtensionAmount',
      'cac:InvoicePeriod',
      'cac:DocumentReference',
      'cac:Item',
      'cac:Price',
    ])
  })

  test('bills minutes against an hourly price, and each line names its ticket', () => {
    const xml = xmlOf()
    expect(xml).toContain('<cbc:InvoicedQuantity unitCode="MIN">30</cbc:InvoicedQuantity>')
    expect(xml).toContain(
      '<cbc:PriceAmount currencyID="EUR">90</cbc:PriceAmount><cbc:BaseQuantity unitCode="MIN">60<',
    )
    expect(xml).toContain('<cac:DocumentReference><cbc:ID>1001</cbc:ID><cbc:DocumentTypeCode>130<')
    expect(xml).toContain('<cbc:Name>Ticket</cbc:Name><cbc:Value>1001</cbc:Value>')
    expect(value(xml, 'EndpointID')).toBe('0403019261')
    expect(value(xml, 'PaymentID')).toBe('+++202/6000/00192+++')
    expect(value(xml, 'PayableAmount')).toBe('787.67')
    expect(value(xml, 'EmbeddedDocumentBinaryObject')).toBe(Buffer.from(PDF).toString('base64'))
  })

  test('is a credit note by its own root, without a due date, naming what it corrects', () => {
    const xml = xmlOf({
      invoice: {
        kind: 'credit-note',
        credits: { invoiceId: 'x', number: 'F-7', issuedOn: '2026-11-02', reason: 'Doublon' },
      },
      issued: { number: 'NC-1', dueOn: null, structuredReference: null },
    })
    expect(childrenOf(xml, 'CreditNote').slice(4, 10)).toEqual([
      'cbc:CreditNoteTypeCode',
      'cbc:Note',
      'cbc:DocumentCurrencyCode',
      'cbc:BuyerReference',
      'cac:InvoicePeriod',
      'cac:BillingReference',
    ])
    expect(xml).toContain('<cac:InvoiceDocumentReference><cbc:ID>F-7</cbc:ID><cbc:IssueDate>2026-11-02<')
    expect(xml).toContain('CreditedQuantity')
    expect(xml).not.toContain('cbc:DueDate')
  })

  test('holds nothing that XML forbids, and no empty element', () => {
    const xml = xmlOf({
      invoice: {
        lines: [sampleLine({ description: 'a\u0000\u000bb <&> \ud800 \ufffe 🛠', note: ' \u0001 ' })],
      },
    })
    expect(xml).toContain('<cbc:Description>ab &lt;&amp;&gt; \ufffd  🛠</cbc:Description>')
    expect(xml).not.toMatch(/<(\w+:\w+)[^>]*><\/\1>|<[^>]+\/>/)
    expect(clean('\t\u0008x\u001f')).toBe('x')
  })

  test('says what was written, also where it reads like XML', () => {
    const description = 'R&D; &lt;b&gt; &amp; &nbsp; &#65; &#x41; ]]> "x" \'y\''
    const xml = xmlOf({ invoice: { lines: [sampleLine({ description })], allowances: [] } })
    expect(value(xml, 'Description')).toBe(
      "R&amp;D; &amp;lt;b&amp;gt; &amp;amp; &amp;nbsp; &amp;#65; &amp;#x41; ]]&gt; &quot;x&quot; 'y'",
    )
  })

  test('is none for who cannot be reached', () => {
    const buyer = { ...sampleOrder().issued.buyer, vatNumber: null, enterpriseNumber: null }
    expect(invoiceUbl(sampleOrder({ issued: { buyer } }))).toBeNull()
  })
})
