/** Every kind of document against the official OpenPeppol rules. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invoiceUbl, withPaper } from './invoice-ubl.ts'
import type { PrintOrder } from './invoice-printer.ts'
import { brokenPeppolRules, withoutTools } from '@guichet/testing/official-rules'
import { anyOrder, creditedInParts } from '../testing/any-order.ts'
import { printSamples } from '../testing/print-samples.ts'
import { sampleLine, sampleOrder } from '../testing/sample-orders.ts'
import { SPOILT } from '../testing/spoilt-ubl.ts'

const PDF = new TextEncoder().encode('%PDF-1.7')
const { seller, buyer } = sampleOrder().issued
const exempt = (vatCategory: 'AE' | 'E') => ({
  lines: [sampleLine({ vatRate: '0', vatCategory })],
  allowances: [],
})
const credit = {
  kind: 'credit-note' as const,
  credits: { invoiceId: 'x', number: 'F-7', issuedOn: '2026-11-02', reason: 'Doublon' },
}
const noDue = { number: 'NC-1', dueOn: null, structuredReference: null }

const orders: Record<string, PrintOrder> = {
  invoice: sampleOrder(),
  'credit-note': sampleOrder({ invoice: credit, issued: noDue }),
  'credit-note-reverse-charge': sampleOrder({ invoice: { ...credit, ...exempt('AE') }, issued: noDue }),
  'reverse-charge-abroad': sampleOrder({
    invoice: exempt('AE'),
    issued: {
      buyer: {
        name: 'Dupont SARL',
        legalName: null,
        vatNumber: 'FR40303265045',
        enterpriseNumber: null,
        address: { street: '1 rue de la Paix', zip: '75002', city: 'Paris', country: 'FR' },
      },
    },
  }),
  franchise: sampleOrder({ invoice: exempt('E'), issued: { seller: { ...seller, vatRegime: 'franchise' } } }),
  exempt: sampleOrder({ invoice: exempt('E') }),
  'two-rates-negative-prepaid': sampleOrder({
    invoice: {
      lines: [
        sampleLine({ unit: 'hour', quantity: '1.5', per: 1 }),
        sampleLine({
          id: '2',
          unit: 'piece',
          quantity: '-1',
          price: '20',
          per: 1,
          ticket: null,
          workedOn: null,
        }),
        sampleLine({ id: '3', vatRate: '6', quantity: '7', discountPercent: '33.333333' }),
        sampleLine({ id: '4', unit: 'km', quantity: '0.333333', price: '0.432712', per: 1 }),
      ],
      prepaid: '12.34',
    },
  }),
  'discounts-by-kind': sampleOrder({
    invoice: {
      lines: [
        sampleLine({ kind: 'À distance', quantity: '7', price: '90', discountPercent: '5' }),
        sampleLine({ id: '2', kind: 'Sur site', quantity: '50', price: '100', discountPercent: '10' }),
        sampleLine({ id: '3', kind: 'Trajet', quantity: '25', price: '45' }),
        sampleLine({ id: '4', kind: 'Sur site', quantity: '0', price: '100', discountPercent: '10' }),
        sampleLine({ id: '5', kind: 'Geste', quantity: '15', price: '90', discountPercent: '100' }),
      ],
      allowances: [],
    },
  }),
  'hostile-text': sampleOrder({
    invoice: {
      lines: [sampleLine({ description: `${'é<&>"\u0001'.repeat(300)}`, agent: '\u0002', note: 'x\u0000y' })],
    },
    issued: { buyer: { ...buyer, name: 'A & B <C>' } },
  }),
  'covered-by-pack': sampleOrder({
    invoice: { lines: [sampleLine({ price: '0', packId: 'p' })], allowances: [] },
  }),
  'minimal-seller': sampleOrder({
    issued: {
      seller: {
        ...seller,
        legalName: null,
        legalForm: null,
        registry: null,
        bic: null,
        email: null,
        phone: null,
      },
    },
  }),
}

describe.skipIf(withoutTools())('the OpenPeppol rules', () => {
  test('find nothing wrong with any kind of document', { timeout: 300_000 }, () => {
    const files: Record<string, Uint8Array> = {}
    const put = (name: string, order: PrintOrder) => {
      const ubl = invoiceUbl(order)
      files[`${name}.xml`] = ubl ? withPaper(ubl, order.issued.number, PDF) : new Uint8Array()
    }
    for (const [name, order] of Object.entries(orders)) put(name, order)
    for (const [name, order] of Object.entries(printSamples())) put(`sample-${name}`, order)
    const some = fc.sample(anyOrder, { numRuns: 150, seed: 2026 })
    for (const [at, order] of some.entries()) put(`any-${at}`, order)
    for (const [at, order] of some.slice(0, 40).flatMap(creditedInParts).entries()) put(`part-${at}`, order)
    expect(Object.keys(files).length).toBeGreaterThan(250)
    expect(Object.entries(brokenPeppolRules(files)).filter(([, rules]) => rules.length > 0)).toEqual([])
  })

  test('refuse what our own check refuses, for the same reason', { timeout: 300_000 }, () => {
    const files = Object.fromEntries(SPOILT.map(({ rule, ubl }, at) => [`${at}-${rule}.xml`, ubl()]))
    const broken = brokenPeppolRules(files)
    const said = SPOILT.map(({ rule, official }, at) => {
      const rules = broken[`${at}-${rule}.xml`] ?? []
      return [
        rule,
        official === null ? rules.length === 0 : rules.some((text) => text.includes(official)),
        rules,
      ]
    })
    expect(said.filter(([, asExpected]) => asExpected !== true)).toEqual([])
  })
})
