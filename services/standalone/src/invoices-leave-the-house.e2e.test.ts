/**
 * An issued invoice leaves the house and comes back as money or a question: over the public interface, real SMTP and a
 * stand-in access point.
 */
import { startAccessPoint, type StandInAccessPoint } from '@guichet/testing/access-point'
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const PASSWORD = 'Boulangerie-2026!'
const SECRET = 'between-us'

let product: Product
let sink: MailSink
let point: StandInAccessPoint
let admin: ApiClient
let contact: ApiClient
let stranger: ApiClient
let number: string
let line: string

beforeAll(async () => {
  sink = await startMailSink()
  point = await startAccessPoint()
  point.receivers.add('0208:0417497106')
  product = await startProduct('start', {
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SMTP_RELAY_URL: sink.url,
    ACCESS_POINT_URL: point.url,
    ACCESS_POINT_TOKEN: point.token,
    ACCESS_POINT_WEBHOOK_SECRET: SECRET,
  })
  admin = createApiClient(product.url)
  expect((await admin.signIn(ADMIN.email, ADMIN.password)).status).toBe(200)
  const seller = {
    name: 'Exeko',
    vatNumber: 'BE0403019261',
    enterpriseNumber: '0403019261',
    address: { street: 'Chaussée de Louvain 431', city: 'Lasne', zip: '1380', country: 'BE' },
    iban: 'BE68539007547034',
  }
  expect((await admin.put('/settings/seller', seller)).status).toBe(200)
  const [wery, autre] = [
    await companyOf('Boulangerie Wéry', 'BE0417497106', '0417497106'),
    await companyOf('Autre', 'BE0403227515', '0403227515'),
  ]
  contact = await personOf(wery, 'compta@wery.test')
  stranger = await personOf(autre, 'bob@autre.test')
  const lines = [
    {
      description: 'Câblage',
      quantity: '90',
      unit: 'minute',
      price: '90',
      per: 60,
      vatRate: '21',
      workedOn: '2026-01-15',
    },
  ]
  const { body: draft } = await admin.post('/invoices', { companyId: wery, lines })
  const { body: invoice } = await admin.post(`/invoices/${String(draft['id'])}/issue`)
  number = String(invoice['number'])
  line = String(invoice['lines']?.[0]?.['id'])
})
afterAll(async () => {
  await product.remove()
  await sink.stop()
  await point.stop()
})

async function companyOf(name: string, vatNumber: string, enterpriseNumber: string): Promise<string> {
  const address = { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' }
  const { status, body } = await admin.post('/companies', {
    name,
    vatNumber,
    enterpriseNumber,
    address,
    language: 'fr',
  })
  expect(status).toBe(201)
  return String(body['id'])
}

async function personOf(companyId: string, email: string): Promise<ApiClient> {
  const account = { email, name: email, roles: ['customer', 'billing'], language: 'fr' }
  expect((await admin.post(`/companies/${companyId}/accounts`, account)).status).toBe(201)
  const { mail } = await sink.waitFor(`the welcome of ${email}`, ({ rcptTo }) => rcptTo[0] === email)
  const token = /\/activation\/([\w-]+)/.exec(mail.text ?? '')?.[1]
  const client = createApiClient(product.url)
  expect((await client.post('/activation', { token, password: PASSWORD })).status).toBe(200)
  return client
}

const deliveryState = async () => (await admin.get(`/invoices/${number}/delivery`)).body['state']

test('the billing contact gets it by mail, paper and file attached', async () => {
  const { mail, rcptTo } = await sink.waitFor(
    'the invoice',
    ({ mail: { subject } }) => subject === `Facture ${number}`,
  )
  expect(rcptTo).toEqual(['compta@wery.test'])
  expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
    [`${number}.pdf`, 'application/pdf'],
    [`${number}.xml`, 'application/xml'],
  ])
  const response = await fetch(`${product.url}/api/v1/invoices/${number}/pdf`, {
    headers: { cookie: contact.cookie },
  })
  expect(mail.attachments[0]?.content.equals(Buffer.from(await response.arrayBuffer()))).toBe(true)
})

test('the access point gets it once; a webhook with the secret brings the news, and one without is nothing', async () => {
  await until('submitted', async () => (await deliveryState()) === 'submitted')
  expect(point.documents.map(({ recipient, sender }) => [recipient, sender])).toEqual([
    ['0208:0417497106', '0208:0403019261'],
  ])
  const [document] = point.documents
  if (!document) throw new Error('nothing was submitted')
  document.state = 'delivered'
  const anybody = createApiClient(product.url)
  const news = (secret: string) =>
    anybody.post('/webhooks/access-point', { submissionId: document.id, secret })
  expect((await news('guessed')).status).toBe(404)
  expect((await news(SECRET)).status).toBe(204)
  await until('delivered', async () => (await deliveryState()) === 'delivered')
  expect((await admin.get(`/invoices/${number}`)).body['delivery']).toEqual({
    state: 'delivered',
    channel: 'peppol',
  })
  expect((await admin.get('/deliveries?state=delivered')).body['items']).toHaveLength(1)
})

test('a question about a line is a ticket about it, once under one key', async () => {
  const ask = (client: ApiClient, key = 'question-1') =>
    client.post(
      `/invoices/${number}/questions`,
      { line, text: 'Pourquoi 90 minutes ?' },
      { 'idempotency-key': key },
    )
  const { status, body } = await ask(contact)
  expect([status, body['subject']]).toEqual([201, `Question sur la facture ${number}, ligne 1`])
  expect((await ask(contact)).body['number']).toBe(body['number'])
  const { body: ticket } = await admin.get(`/tickets/${String(body['number'])}`)
  const text = String(ticket['timeline']?.[0]?.['text'])
  for (const said of ['Pourquoi 90 minutes ?', `Facture ${number}, ligne 1`, 'Câblage', '135,00 €']) {
    expect(text).toContain(said)
  }
  expect((await ask(stranger, 'question-2')).status).toBe(404)
  expect((await ask(admin, 'question-3')).status).toBe(403)
})

test('what is owed is there until it is paid; nobody is reminded before it is late', async () => {
  const due = async () => (await admin.get('/receivables')).body['items'] as unknown as { open: string }[]
  expect((await due()).map(({ open }) => open)).toEqual(['163.35'])
  const early = await admin.post(`/invoices/${number}/reminders`, {})
  expect([early.status, early.body['code']]).toEqual([409, 'invoice-not-late'])
  const payment = { amount: '63.35', paidOn: '2026-02-01', reference: 'Extrait 12' }
  expect((await admin.post(`/invoices/${number}/payments`, payment)).body['status']).toBe('partly-paid')
  expect((await due()).map(({ open }) => open)).toEqual(['100.00'])
  expect(
    (await admin.post(`/invoices/${number}/payments`, { ...payment, amount: '100' })).body['status'],
  ).toBe('paid')
  expect(await due()).toEqual([])
})

test('the accountant takes the period away; every document is as it was issued', async () => {
  const day = String((await admin.get(`/invoices/${number}`)).body['issuedOn'])
  const file = async (client: ApiClient, format: string) => {
    const response = await fetch(
      `${product.url}/api/v1/invoice-exports?from=${day}&to=${day}&format=${format}`,
      {
        headers: { cookie: client.cookie },
      },
    )
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }
  }
  const csv = await file(admin, 'csv')
  expect([csv.status, csv.type?.split(';')[0]]).toEqual([200, 'text/csv'])
  expect(csv.text).toContain(`"${number}";"invoice";"${day}"`)
  const zip = await file(admin, 'ubl')
  expect([zip.status, zip.type, zip.text.slice(0, 2)]).toEqual([200, 'application/zip', 'PK'])
  expect((await admin.get('/invoice-verification')).body).toEqual({ checked: 2, broken: [], next: null })
})

test('none of it is another’s to see', async () => {
  for (const path of [
    `/invoices/${number}`,
    `/invoices/${number}/pdf`,
    `/invoices/${number}/ubl`,
    `/invoices/${number}/delivery`,
  ]) {
    expect([path, (await stranger.get(path)).status]).toEqual([path, 404])
  }
  for (const client of [stranger, contact]) {
    for (const path of [
      '/deliveries',
      '/receivables',
      '/settings/reminders',
      '/invoice-verification',
      '/invoice-exports?from=2026-01-01&to=2026-12-31&format=csv',
    ]) {
      expect([path, (await client.get(path)).status]).toEqual([path, 403])
    }
  }
  expect((await stranger.post(`/invoices/${number}/reminders`, {})).status).toBe(404)
  expect((await contact.post(`/invoices/${number}/delivery/retry`)).status).toBe(403)
})
