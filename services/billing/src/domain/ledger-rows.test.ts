import { expect, test } from 'vitest'
import { sampleLine, sampleOrder } from '../testing/sample-orders.ts'
import { NEW_INVOICE, type InvoiceDocument } from './invoice.ts'
import { ledgerCsv } from './ledger-rows.ts'

const DOCUMENT = { blobId: 'x', name: 'x', type: 'application/pdf', size: 1, sha256: '' }
function issued(name = 'Acme', changes: Parameters<typeof sampleOrder>[0] = {}): InvoiceDocument {
  const { invoice, issued: facts } = sampleOrder(changes)
  return {
    ...NEW_INVOICE,
    ...invoice,
    stage: 'issued',
    companyId: 'acme',
    companyName: name,
    createdAt: '2026-12-01T09:00:00.000Z',
    issued: { ...facts, buyer: { ...facts.buyer, legalName: name }, documents: { pdf: DOCUMENT, ubl: null } },
  }
}
const rows = (invoice: InvoiceDocument) => ledgerCsv([invoice]).split('\r\n')

test('a row per VAT group, with the document’s sums beside each', () => {
  const lines = [sampleLine(), sampleLine({ id: '2', vatRate: '6', quantity: '60' })]
  const [header = '', first = '', second = '', end] = rows(
    issued('Acme', { invoice: { lines, allowances: [] } }),
  )
  expect(header.startsWith('\ufeff"number";"kind";"issuedOn"')).toBe(true)
  expect(first).toBe(
    '"F-1";"invoice";"2026-12-01";"2026-12-31";"";"Acme";"BE0417497106";"0417497106";"BE";"S";21;45,00;9,45;135,00;14,85;149,85;0,00;149,85;"202/6000/00192";"BC-2026-118"',
  )
  expect(second).toContain(';"S";6;90,00;5,40;135,00;14,85;149,85;')
  expect(end).toBe('')
})

test.each([
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ['+32 2 555', `"'+32 2 555"`],
  ['-1+1', `"'-1+1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['Dupont; "Fils"\nNamur', '"Dupont; ""Fils""\nNamur"'],
  ['Boulangerie', '"Boulangerie"'],
])('%j never runs as a formula, and loses nothing', (name, cell) => {
  expect(
    ledgerCsv([issued(name)])
      .split('"2026-12-31";"";')[1]
      ?.startsWith(`${cell};`),
  ).toBe(true)
})

test('a draft is in no ledger', () => {
  expect(rows({ ...issued(), issued: null, stage: 'draft' })).toHaveLength(2)
})
