/**
 * What is checked of every electronic invoice before its number is taken: of EN 16931 and Peppol BIS Billing 3.0 the
 * rules that a file of ours could break, under their official names, and exact where the official ones are tolerant.
 * A test spoils a file for each, and holds it against the official rules too. Source: EN 16931-1 (BR-…), OpenPeppol's
 * schematron 2026.5 (PEPPOL-EN16931-…).
 */
import { decimal, r2, sum, ZERO, type Decimal } from '../../domain/amounts.ts'
import { isEnterpriseNumber } from '../../domain/seller.ts'
import { misshapen } from './shape.ts'
import { all, readXml, textAt, type Node } from './tree.ts'

/** `ubl-shape`, `ubl-amount`, `ubl-vat`, `ubl-party`: what people are told; the rule is for who looks it up. */
export interface UblFault {
  rule: string
  code: 'ubl-shape' | 'ubl-amount' | 'ubl-vat' | 'ubl-party'
  /** The element or line that is wrong. */
  where: string
}

/** A part that is credited takes what rounding left; the official rules allow two. */
const CENT = decimal('0.01')

type Check = (root: Node) => UblFault[]

/** None where the file is sound. */
export function ublFaults(bytes: Uint8Array): UblFault[] {
  const root = readXml(bytes)
  if (!root) return [{ rule: 'XML', code: 'ubl-shape', where: 'XML' }]
  const shape = misshapen(root).map((where): UblFault => ({ rule: 'UBL-2.1', code: 'ubl-shape', where }))
  // What has another shape cannot be reckoned with.
  return shape.length > 0 ? shape : CHECKS.flatMap((check) => check(root))
}

const linesOf = (root: Node) => [...all(root, 'cac:InvoiceLine'), ...all(root, 'cac:CreditNoteLine')]
const amount = (node: Node, ...path: string[]): Decimal => decimal(textAt(node, ...path) ?? '0')
const fault = (code: UblFault['code'], rule: string, where: string): UblFault => ({ rule, code, where })
const when = (wrong: boolean, ...said: Parameters<typeof fault>): UblFault[] =>
  wrong ? [fault(...said)] : []
const total = (root: Node, name: string) => amount(root, 'cac:LegalMonetaryTotal', name)

const sums: Check = (root) => {
  const lines = sum(linesOf(root).map((line) => amount(line, 'cbc:LineExtensionAmount')))
  const allowances = sum(all(root, 'cac:AllowanceCharge').map((one) => amount(one, 'cbc:Amount')))
  const tax = sum(all(root, 'cac:TaxTotal', 'cac:TaxSubtotal').map((one) => amount(one, 'cbc:TaxAmount')))
  const wrong = (rule: string, name: string, expected: Decimal) =>
    when(!total(root, name).eq(expected), 'ubl-amount', rule, name)
  return [
    ...wrong('BR-CO-10', 'cbc:LineExtensionAmount', lines),
    ...wrong('BR-CO-11', 'cbc:AllowanceTotalAmount', allowances),
    ...wrong('BR-CO-13', 'cbc:TaxExclusiveAmount', lines.minus(allowances)),
    ...when(
      !amount(root, 'cac:TaxTotal', 'cbc:TaxAmount').eq(tax),
      'ubl-amount',
      'BR-CO-14',
      'cbc:TaxAmount',
    ),
    ...wrong('BR-CO-15', 'cbc:TaxInclusiveAmount', total(root, 'cbc:TaxExclusiveAmount').plus(tax)),
    ...wrong(
      'BR-CO-16',
      'cbc:PayableAmount',
      total(root, 'cbc:TaxInclusiveAmount').minus(total(root, 'cbc:PrepaidAmount')),
    ),
  ]
}

/** BR-DEC-…: two decimals at most, in all amounts but prices. */
const decimals: Check = (root) => {
  const found: UblFault[] = []
  const currency = textAt(root, 'cbc:DocumentCurrencyCode')
  const visit = (node: Node) => {
    const { currencyID } = node.attributes
    if (currencyID !== undefined) {
      if (node.name !== 'cbc:PriceAmount' && !/^-?\d+(\.\d{1,2})?$/.test(node.text))
        found.push(fault('ubl-amount', 'BR-DEC', node.name))
      if (currencyID !== currency) found.push(fault('ubl-amount', 'PEPPOL-EN16931-R051', node.name))
    }
    node.children.forEach(visit)
  }
  visit(root)
  return found
}

const lineAmounts: Check = (root) =>
  linesOf(root).flatMap((line) => {
    const where = `${line.name} ${textAt(line, 'cbc:ID')}`
    const quantity = amount(line, 'cbc:InvoicedQuantity').plus(amount(line, 'cbc:CreditedQuantity'))
    const price = amount(line, 'cac:Price', 'cbc:PriceAmount')
    const base = amount(line, 'cac:Price', 'cbc:BaseQuantity')
    const [allowance] = all(line, 'cac:AllowanceCharge')
    const discount = allowance ? amount(allowance, 'cbc:Amount') : ZERO
    const gap = base.gt(ZERO)
      ? r2(quantity.times(price).div(base))
          .minus(discount)
          .minus(amount(line, 'cbc:LineExtensionAmount'))
          .abs()
      : ZERO
    const unit = all(line, 'cbc:InvoicedQuantity')[0] ?? all(line, 'cbc:CreditedQuantity')[0]
    const [per] = all(line, 'cac:Price', 'cbc:BaseQuantity')
    return [
      ...when(price.lt(ZERO), 'ubl-amount', 'BR-27', where),
      ...when(base.lte(ZERO), 'ubl-amount', 'PEPPOL-EN16931-R121', where),
      ...when(gap.gt(root.name === 'CreditNote' ? CENT : ZERO), 'ubl-amount', 'PEPPOL-EN16931-R120', where),
      ...when(
        unit?.attributes['unitCode'] !== per?.attributes['unitCode'],
        'ubl-amount',
        'PEPPOL-EN16931-R130',
        where,
      ),
      ...(allowance ? discountFault(allowance, where, root.name === 'CreditNote') : []),
    ]
  })

function discountFault(allowance: Node, where: string, isPart: boolean): UblFault[] {
  const percent = textAt(allowance, 'cbc:MultiplierFactorNumeric')
  if (percent === undefined) return []
  const expected = r2(amount(allowance, 'cbc:BaseAmount').times(decimal(percent)).div(decimal('100')))
  const gap = amount(allowance, 'cbc:Amount').minus(expected).abs()
  return when(gap.gt(isPart ? CENT : ZERO), 'ubl-amount', 'PEPPOL-EN16931-R040', where)
}

const group = (category: Node | undefined) =>
  category ? `${textAt(category, 'cbc:ID')} ${decimal(textAt(category, 'cbc:Percent') ?? '0').toFixed()}` : ''

/** Each category and rate has one subtotal, whose base is what its lines and allowances make, and whose tax is exact. */
const breakdown: Check = (root) => {
  const parts = new Map<string, Decimal>()
  const add = (key: string, value: Decimal) => parts.set(key, (parts.get(key) ?? ZERO).plus(value))
  for (const line of linesOf(root)) {
    add(group(all(line, 'cac:Item', 'cac:ClassifiedTaxCategory')[0]), amount(line, 'cbc:LineExtensionAmount'))
  }
  for (const one of all(root, 'cac:AllowanceCharge')) {
    add(group(all(one, 'cac:TaxCategory')[0]), ZERO.minus(amount(one, 'cbc:Amount')))
  }
  const subtotals = all(root, 'cac:TaxTotal', 'cac:TaxSubtotal')
  const keys = subtotals.map((one) => group(all(one, 'cac:TaxCategory')[0]))
  const strangers = [...parts.keys()].filter((key) => keys.filter((one) => one === key).length !== 1)
  return [
    ...strangers.map((key) => fault('ubl-vat', 'BR-CO-18', key)),
    ...subtotals.flatMap((one) => {
      const [category] = all(one, 'cac:TaxCategory')
      const key = group(category)
      const rate = decimal((category && textAt(category, 'cbc:Percent')) ?? '0')
      const base = amount(one, 'cbc:TaxableAmount')
      const tax = r2(base.times(rate).div(decimal('100')))
      const name = (category && textAt(category, 'cbc:ID')) ?? ''
      return [
        ...when(!base.eq(parts.get(key) ?? decimal('0.001')), 'ubl-vat', `BR-${name}-08`, key),
        ...when(!amount(one, 'cbc:TaxAmount').eq(tax), 'ubl-vat', 'BR-CO-17', key),
      ]
    }),
  ]
}

const categories: Check = (root) => {
  const used = [
    ...all(root, 'cac:TaxTotal', 'cac:TaxSubtotal', 'cac:TaxCategory'),
    ...all(root, 'cac:AllowanceCharge', 'cac:TaxCategory'),
    ...linesOf(root).flatMap((line) => all(line, 'cac:Item', 'cac:ClassifiedTaxCategory')),
  ]
  const rates = used.flatMap((category) => {
    const [id, rate] = [textAt(category, 'cbc:ID') ?? '', decimal(textAt(category, 'cbc:Percent') ?? '0')]
    const wrong = id === 'S' ? rate.lte(ZERO) : !rate.eq(ZERO)
    return when(!['S', 'AE', 'E'].includes(id) || wrong, 'ubl-vat', `BR-${id}-05`, group(category))
  })
  const reasons = all(root, 'cac:TaxTotal', 'cac:TaxSubtotal', 'cac:TaxCategory').flatMap((category) => {
    const id = textAt(category, 'cbc:ID') ?? ''
    const said = textAt(category, 'cbc:TaxExemptionReason') ?? textAt(category, 'cbc:TaxExemptionReasonCode')
    return when((said === undefined) === (id !== 'S'), 'ubl-vat', `BR-${id}-10`, group(category))
  })
  const reverse = used.some((category) => textAt(category, 'cbc:ID') === 'AE')
  const bothNumbers =
    all(root, 'cac:AccountingSupplierParty', 'cac:Party', 'cac:PartyTaxScheme').length > 0 &&
    all(root, 'cac:AccountingCustomerParty', 'cac:Party', 'cac:PartyTaxScheme').length > 0
  return [
    ...rates,
    ...reasons,
    ...when(reverse && !bothNumbers, 'ubl-party', 'BR-AE-02', 'cac:PartyTaxScheme'),
  ]
}

const parties: Check = (root) =>
  ['cac:AccountingSupplierParty', 'cac:AccountingCustomerParty'].flatMap((name) =>
    all(root, name, 'cac:Party').flatMap((party) => {
      const [endpoint] = all(party, 'cbc:EndpointID')
      const numbers = [endpoint, ...all(party, 'cac:PartyLegalEntity', 'cbc:CompanyID')].filter(
        (node) => node?.attributes['schemeID'] === '0208',
      )
      const vat = textAt(party, 'cac:PartyTaxScheme', 'cbc:CompanyID')
      return [
        ...when(!endpoint?.attributes['schemeID'], 'ubl-party', 'PEPPOL-EN16931-R010', name),
        ...when(
          numbers.some((node) => !isEnterpriseNumber(node?.text ?? '')),
          'ubl-party',
          'PEPPOL-COMMON-R043',
          name,
        ),
        ...when(vat !== undefined && !/^[A-Z]{2}./.test(vat), 'ubl-party', 'BR-CO-09', name),
      ]
    }),
  )

const days: Check = (root) => {
  const periods = [
    ...all(root, 'cac:InvoicePeriod'),
    ...linesOf(root).flatMap((line) => all(line, 'cac:InvoicePeriod')),
  ]
  const [whole] = all(root, 'cac:InvoicePeriod')
  const outside = (line: Node) =>
    all(line, 'cac:InvoicePeriod').some(
      (own) =>
        whole &&
        ((textAt(own, 'cbc:StartDate') ?? '') < (textAt(whole, 'cbc:StartDate') ?? '') ||
          (textAt(own, 'cbc:EndDate') ?? '') > (textAt(whole, 'cbc:EndDate') ?? '')),
    )
  return [
    ...periods.flatMap((period) =>
      when(
        (textAt(period, 'cbc:EndDate') ?? '') < (textAt(period, 'cbc:StartDate') ?? ''),
        'ubl-shape',
        'BR-29',
        'cac:InvoicePeriod',
      ),
    ),
    ...linesOf(root).flatMap((line) =>
      when(outside(line), 'ubl-shape', 'PEPPOL-EN16931-R110', `${line.name} ${textAt(line, 'cbc:ID')}`),
    ),
  ]
}

const CHECKS: readonly Check[] = [sums, decimals, lineAmounts, breakdown, categories, parties, days]
