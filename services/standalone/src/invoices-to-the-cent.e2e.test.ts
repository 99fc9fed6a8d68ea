/**
 * Invoices as others post them: through the public interface, compared to the cent with a second reckoning, their UBL
 * held against the official Peppol rules and their PDF against veraPDF.
 */
import { createApiClient, type ApiClient, type Json } from '@guichet/testing/api-client'
import { brokenPdfRules, brokenPeppolRules, withoutTools } from '@guichet/testing/official-rules'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BY_HAND, generatedOrders, NOT_TAXED, WORDS } from './invoices/awkward-orders.ts'
import { byGroup, reckoned, type Order } from './invoices/reckoning.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const BUYERS = {
  be: { vatNumber: 'BE0403019261', enterpriseNumber: '0403019261', country: 'BE' },
  // Exempt of VAT, with a number in the register all the same.
  'be-without-vat': { vatNumber: null, enterpriseNumber: '0417497106', country: 'BE' },
  fr: { vatNumber: 'FR40303265045', enterpriseNumber: null, country: 'FR' },
  nl: { vatNumber: 'NL004495445B01', enterpriseNumber: null, country: 'NL' },
  de: { vatNumber: 'DE136695976', enterpriseNumber: null, country: 'DE' },
  lu: { vatNumber: 'LU15027442', enterpriseNumber: null, country: 'LU' },
  person: { vatNumber: null, enterpriseNumber: null, country: 'BE' },
}
type Buyer = keyof typeof BUYERS

let product: Product
let api: ApiClient
const companies = new Map<Buyer, string>()
const ubl: Record<string, Uint8Array> = {}
const pdf: Record<string, Uint8Array> = {}

beforeAll(async () => {
  product = await startProduct('start', { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password })
  api = createApiClient(product.url)
  expect((await api.signIn(ADMIN.email, ADMIN.password)).status).toBe(200)
  const seller = {
    name: 'Exeko',
    legalName: 'Exeko Services',
    legalForm: 'SRL',
    vatNumber: 'BE0403019261',
    enterpriseNumber: '0403019261',
    registry: 'RPM Brabant wallon',
    address: { street: 'Chaussée de Louvain 431', city: 'Lasne', zip: '1380', country: 'BE' },
    iban: 'BE68539007547034',
    bic: 'GKCCBEBB',
    email: 'compta@exeko.test',
    phone: '+32 2 555 01 00',
    vatRegime: 'normal',
    invoiceLanguage: 'fr',
  }
  expect((await api.put('/settings/seller', seller)).status).toBe(200)
  for (const [buyer, { vatNumber, enterpriseNumber, country }] of Object.entries(BUYERS)) {
    const { status, body } = await api.post('/companies', {
      name: `Client ${buyer} & Fils`,
      ...(vatNumber !== null && { vatNumber }),
      ...(enterpriseNumber !== null && { enterpriseNumber }),
      address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country },
      language: 'fr',
    })
    expect([buyer, status, body['code']]).toEqual([buyer, 201, undefined])
    companies.set(buyer as Buyer, String(body['id']))
  }
})
afterAll(async () => {
  await product.remove()
})

async function bytes(path: string): Promise<Uint8Array> {
  const response = await fetch(`${product.url}/api/v1${path}`, { headers: { cookie: api.cookie } })
  expect([path, response.status]).toEqual([path, 200])
  return new Uint8Array(await response.arrayBuffer())
}

const draft = (order: Order, buyer: Buyer = 'be') =>
  api.post('/invoices', { companyId: companies.get(buyer), ...order })

/** Posted, compared, issued, compared again; its documents are kept for the rules. */
async function issued(name: string, order: Order, buyer: Buyer = 'be'): Promise<Json> {
  const made = await draft(order, buyer)
  expect([name, made.status, made.body['errors']]).toEqual([name, 201, undefined])
  const { nets, totals } = reckoned(order)
  expect([name, netsOf(made.body), totalsOf(made.body)]).toEqual([name, nets, totals])
  const issue = await api.post(`/invoices/${String(made.body['id'])}/issue`)
  expect([name, issue.status, issue.body['detail']]).toEqual([name, 200, undefined])
  const number = String(issue.body['number'])
  const { body: invoice } = await api.get(`/invoices/${number}`)
  expect([name, invoice['status'], netsOf(invoice), totalsOf(invoice)]).toEqual([
    name,
    totals.payable.startsWith('-') || totals.payable === '0.00' ? 'paid' : 'issued',
    nets,
    totals,
  ])
  await keepDocuments(number, totals)
  return invoice
}

async function keepDocuments(number: string, totals: ReturnType<typeof reckoned>['totals']): Promise<void> {
  const [paper, xml] = [await bytes(`/invoices/${number}/pdf`), await bytes(`/invoices/${number}/ubl`)]
  pdf[`${number}.pdf`] = paper
  ubl[`${number}.xml`] = xml
  const text = new TextDecoder().decode(xml)
  const said = (element: string) => new RegExp(`<cbc:${element} currencyID="EUR">([^<]*)<`).exec(text)?.[1]
  expect([number, said('TaxExclusiveAmount'), said('TaxInclusiveAmount'), said('PayableAmount')]).toEqual([
    number,
    totals.net,
    totals.gross,
    totals.payable,
  ])
  // The paper holds the electronic invoice, and the electronic invoice the paper.
  const inside = /<cbc:EmbeddedDocumentBinaryObject[^>]*>([^<]*)</.exec(text)?.[1] ?? ''
  expect(Buffer.from(inside, 'base64').equals(Buffer.from(paper))).toBe(true)
  expect(Buffer.from(paper).toString('latin1')).toContain(`(${number}.xml)`)
}

const netsOf = (invoice: Json) => (invoice['lines'] as unknown as { net: string }[]).map(({ net }) => net)
const totalsOf = (invoice: Json) => {
  const totals = invoice['totals'] as unknown as ReturnType<typeof reckoned>['totals']
  return { ...totals, vat: totals.vat.toSorted(byGroup) }
}

describe('invoices to the cent', () => {
  test.each(Object.entries(BY_HAND))('%s', async (name, { order, net, vat, payable }) => {
    const { totals } = reckoned(order)
    const tax = totals.vat.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0) / 100
    expect([totals.net, tax.toFixed(2), totals.payable]).toEqual([net, vat, payable])
    await issued(name, order)
  })

  test.each(Object.entries(WORDS))('%s', async (name, order) => {
    await issued(name, order)
  })

  test('reverse charge for buyers in other countries, exempt and taxed for any', async () => {
    for (const buyer of ['fr', 'nl', 'de', 'lu', 'be'] as const) {
      await issued(`reverse charge, ${buyer}`, NOT_TAXED.AE, buyer)
      await issued(`taxed, ${buyer}`, BY_HAND['minutes and kilometres']?.order ?? { lines: [] }, buyer)
    }
    await issued('exempt', NOT_TAXED.E, 'be-without-vat')
    await issued(
      'taxed without a VAT number',
      BY_HAND['a third off']?.order ?? { lines: [] },
      'be-without-vat',
    )
  })

  test('reverse charge needs the buyer’s VAT number: said in words, and no number is taken', async () => {
    const { body } = await draft(NOT_TAXED.AE, 'be-without-vat')
    const before = (await api.get('/settings/series')).body
    const refused = await api.post(`/invoices/${String(body['id'])}/issue`)
    expect([refused.status, refused.body['code']]).toEqual([409, 'buyer-missing'])
    expect(refused.body['detail']).toContain('Client be-without-vat & Fils')
    expect((await api.get('/settings/series')).body).toEqual(before)
  })

  test('a private person gets paper, and no electronic invoice', async () => {
    const { body } = await draft({ lines: BY_HAND['a third off']?.order.lines ?? [] }, 'person')
    const { body: invoice } = await api.post(`/invoices/${String(body['id'])}/issue`)
    const number = String(invoice['number'])
    pdf[`${number}.pdf`] = await bytes(`/invoices/${number}/pdf`)
    const missing = await api.get(`/invoices/${number}/ubl`)
    expect([missing.status, missing.body['code']]).toEqual([404, 'no-electronic-invoice'])
  })

  test('any figures, any order of lines', async () => {
    for (const [at, order] of generatedOrders(60).entries()) await issued(`generated ${at}`, order)
  })

  test('what cannot be right is refused, field by field', async () => {
    const faults = async (order: unknown) => {
      const { status, body } = await draft(order as Order)
      const errors = (body['errors'] ?? []) as unknown as { field: string; code: string }[]
      return [status, ...errors.map(({ field, code }) => `${field} ${code}`)]
    }
    const line = { description: 'x', quantity: '1', unit: 'piece', price: '1', vatRate: '21' }
    expect(await faults({ lines: [{ ...line, vatRate: '0' }] })).toEqual([
      400,
      'lines.0.vatCategory vat-category-needed',
    ])
    expect(await faults({ lines: [{ ...line, vatCategory: 'AE' }] })).toEqual([
      400,
      'lines.0.vatRate vat-rate-not-zero',
    ])
    expect(await faults({ lines: [{ ...line, discountPercent: '100.01' }] })).toEqual([
      400,
      'lines.0.discountPercent too-large',
    ])
    for (const wrong of [
      { price: '-1' },
      { price: '1,5' },
      { quantity: 'eins' },
      { price: 1 },
      { unit: 'day' },
    ]) {
      expect([wrong, (await faults({ lines: [{ ...line, ...wrong }] }))[0]]).toEqual([wrong, 400])
    }
    const { body } = await draft({ lines: [{ ...line, unit: 'piece', quantity: '-1' }] })
    const negative = await api.post(`/invoices/${String(body['id'])}/issue`)
    expect([negative.status, negative.body['code']]).toEqual([409, 'invoice-total-negative'])
  })

  test('credit notes by line and quantity, never more than was invoiced', async () => {
    const order: Order = {
      lines: [
        { description: 'Support', quantity: '7', unit: 'minute', price: '100.01', per: 60, vatRate: '21' },
        {
          description: 'Disques',
          quantity: '3',
          unit: 'piece',
          price: '33.335',
          vatRate: '21',
          discountPercent: '5',
        },
        { description: 'Trajet', quantity: '12.5', unit: 'km', price: '0.4327', vatRate: '6' },
      ],
    }
    const invoice = await issued('to be credited', order)
    const number = String(invoice['number'])
    const [support, disks, ride] = invoice['lines'] as unknown as { id: string; net: string }[]
    const credit = (lines?: { line: string | undefined; quantity?: string }[]) =>
      api.post(`/invoices/${number}/credit-notes`, { reason: 'Erreur d’encodage', ...(lines && { lines }) })
    const keep = async (
      { status, body }: Awaited<ReturnType<typeof credit>>,
      net: string,
      payable: string,
    ) => {
      expect([status, body['kind'], totalsOf(body).net, totalsOf(body).payable]).toEqual([
        201,
        'credit-note',
        net,
        payable,
      ])
      await keepDocuments(String(body['number']), totalsOf(body))
      return body
    }
    // 1 × 33.335 = 33.34, less 5 % (1.67): 31.67; VAT 6.65.
    const first = await keep(await credit([{ line: disks?.id, quantity: '1' }]), '31.67', '38.32')
    expect(String(first['number'])).toMatch(/^NC-\d+$/)
    const over = await credit([{ line: disks?.id, quantity: '3' }])
    expect([over.status, (over.body['errors'] as unknown as { code: string }[])[0]?.code]).toEqual([
      400,
      'not-left-to-credit',
    ])
    // The kilometres: 12.5 × 0.4327 = 5.41, VAT 6 % 0.32. The minutes: 7 × 100.01 / 60 = 11.67, VAT 2.45.
    await keep(await credit([{ line: ride?.id }, { line: support?.id, quantity: '7' }]), '17.08', '19.85')
    // What is left of the disks: 95.01 − 31.67; VAT 13.30.
    await keep(await credit(), '63.34', '76.64')
    const again = await credit()
    expect([again.status, again.body['code']]).toEqual([409, 'nothing-left-to-credit'])
    expect((await api.get(`/invoices/${number}`)).body['status']).toBe('credited')
  })

  test.skipIf(withoutTools())(
    'the official Peppol rules find nothing wrong with any of it',
    { timeout: 300_000 },
    () => {
      expect(Object.keys(ubl).length).toBeGreaterThan(80)
      expect(Object.entries(brokenPeppolRules(ubl)).filter(([, rules]) => rules.length > 0)).toEqual([])
    },
  )

  test.skipIf(withoutTools())('veraPDF finds nothing wrong with any of it', { timeout: 300_000 }, () => {
    expect(Object.keys(pdf).length).toBeGreaterThan(80)
    expect(Object.entries(brokenPdfRules(pdf)).filter(([, rules]) => rules.length > 0)).toEqual([])
  })

  test('numbers run without a gap, in the order of their dates', async () => {
    const numbers: string[] = []
    const days: string[] = []
    let cursor = ''
    do {
      const { body } = await api.get(`/invoices?limit=100${cursor}`)
      for (const { number, kind, issuedOn } of body['items'] as unknown as Record<string, string>[]) {
        if (number == null || kind !== 'invoice') continue
        numbers.push(number)
        days.push(issuedOn ?? '')
      }
      cursor = body['next'] === null ? '' : `&cursor=${encodeURIComponent(String(body['next']))}`
    } while (cursor !== '')
    const running = numbers.map((number) => Number(number.slice(2))).sort((a, b) => a - b)
    expect(running).toEqual(running.map((_, at) => at + 1))
    expect(new Set(days).size).toBeLessThan(3)
  })
})
