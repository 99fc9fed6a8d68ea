/** Finance closes a month in a real browser: from logged time to a paid invoice, in French and in English. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type TestBrowser, type Visitor } from './testing/browser.ts'
import { SELLER } from './testing/seller.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }

const WORDS = {
  fr: {
    language: 'fr',
    invoices: 'Factures',
    close: 'Clôturer un mois',
    prepare: 'Préparer les brouillons',
    left: 'Le contrat ne donne pas de prix pour : Sur place.',
    hold: /^Retenir « Déplacement inutile »/,
    add: 'Ajouter une ligne libre',
    description: 'Désignation',
    price: 'Prix unitaire HTVA',
    save: 'Enregistrer',
    issue: 'Émettre la facture',
    pay: 'Enregistrer un paiement',
    paid: 'Payée',
    pdf: 'Télécharger le PDF',
    due: 'Échéancier',
    rate: 'Ajouter ou changer un tarif',
    kind: 'Type de prestation',
    priceOfKind: 'Prix HTVA',
    discount: 'Remise sur ce type (%)',
    row: ['7,5 %', 'aucune'],
    seen: '1 h facturées à 80,00 € de l’heure : 74,00 €, remise de 7,5 % sur ce type de travail déduite',
  },
  en: {
    language: 'en',
    invoices: 'Invoices',
    close: 'Close a month',
    prepare: 'Prepare the drafts',
    left: 'The contract has no price for: Sur place.',
    hold: /^Hold “Déplacement inutile” back/,
    add: 'Add a free line',
    description: 'Description',
    price: 'Unit price excl. VAT',
    save: 'Save',
    issue: 'Issue the invoice',
    pay: 'Record a payment',
    paid: 'Paid',
    pdf: 'Download PDF',
    due: 'Due list',
    rate: 'Add or change a rate',
    kind: 'Kind of work',
    priceOfKind: 'Price excl. VAT',
    discount: 'Discount on this kind (%)',
    row: ['7.5 %', 'none'],
    seen: '1 h billed at 80.00 € an hour: 74.00 €, 7.5 % discount on this kind of work taken off',
  },
} as const

let product: Product
let browser: TestBrowser
let admin: ApiClient
beforeAll(async () => {
  product = await startProduct('start', { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password })
  browser = await openBrowser()
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  await admin.put('/settings/seller', SELLER)
})
afterAll(async () => {
  await browser.close()
  await product.remove()
})

/** The month that the form offers by itself: the one that ended last. */
const inLastMonth = (day: number) =>
  Temporal.Now.plainDateISO('Europe/Brussels')
    .with({ day: 1 })
    .subtract({ months: 1 })
    .with({ day })
    .toString()

describe.each(Object.values(WORDS))('in $language', (words) => {
  const client = `Boulangerie ${words.language.toUpperCase()}`
  let finance: Visitor
  let at = { contract: '', ticket: '' }
  beforeAll(async () => {
    const company = await admin.post('/companies', {
      name: client,
      enterpriseNumber: words.language === 'fr' ? '0403019261' : '0417497106',
      vatNumber: words.language === 'fr' ? 'BE0403019261' : 'BE0417497106',
      address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' },
    })
    const id = String(company.body['id'])
    await admin.put(`/companies/${id}/contract`, {
      rates: [{ kind: 'À distance', unit: 'hour', price: '80.00', vatRate: '21' }],
      rounding: { stepMinutes: 15, minimumMinutes: 15 },
    })
    const person = await admin.post(`/companies/${id}/accounts`, {
      email: `anne.${words.language}@delvaux.test`,
      name: 'Anne Lambert',
      roles: ['customer', 'billing'],
    })
    const ticket = await admin.post('/tickets', {
      subject: 'Écran noir',
      description: 'Depuis ce matin.',
      requesterId: person.body['id'],
      via: 'phone',
    })
    at = { contract: `/companies/${id}/contract`, ticket: `/tickets/${String(ticket.body['number'])}` }
    const prestations = `${at.ticket}/prestations`
    const remote = { kind: 'À distance', billable: true }
    await admin.post(prestations, {
      ...remote,
      workedOn: inLastMonth(4),
      minutes: 50,
      description: 'Réglage',
    })
    await admin.post(prestations, {
      ...remote,
      workedOn: inLastMonth(5),
      minutes: 30,
      description: 'Déplacement inutile',
    })
    await admin.post(prestations, {
      workedOn: inLastMonth(6),
      minutes: 30,
      kind: 'Sur place',
      description: 'Câble',
      billable: true,
    })
    const me = (await admin.get('/me')).body
    const changed = await admin.patch(`/accounts/${String(me['id'])}`, { language: words.language })
    expect(changed.status).toBe(200)
    finance = await browser.visit(`${product.url}/sign-in`, { language: words.language })
    await finance.page.locator('input[name=login]').fill(ADMIN.email)
    await finance.page.locator('input[name=password]').fill(ADMIN.password)
    await finance.page.locator('form.gate button, form button').first().click()
    await finance.page.waitForURL(/\/tickets$/)
  })
  afterAll(() => finance.close())

  test('drafts the month, and says what is left aside and why', async () => {
    const { page } = finance
    await page.getByRole('navigation').getByRole('link', { name: words.invoices }).first().click()
    await page.getByRole('link', { name: words.close }).click()
    await page.getByRole('button', { name: words.prepare }).click()
    await page.waitForURL(/\/invoice-runs\/[^/]+$/)
    await page.getByRole('row', { name: new RegExp(client) }).waitFor()
    await page.locator('.feed li', { hasText: client }).getByText(words.left).waitFor()
  })

  test('holds a line back, adds one, and the totals follow to the cent', async () => {
    const { page } = finance
    await page.getByRole('link', { name: client }).click()
    await page.getByRole('button', { name: words.hold }).click()
    await expect.poll(() => page.locator('.invoice-lines tr[id]').count()).toBe(1)
    await page.getByText(words.add).click()
    await page.getByLabel(words.description).fill('Câble réseau 5 m')
    await page.getByLabel(words.price).fill('12,50')
    await page.getByRole('button', { name: words.save }).click()
    await expect.poll(() => page.locator('.invoice-lines tr[id]').count()).toBe(2)
    // 50 minutes are billed as 60 at 80 an hour; a cable at 12,50; 21 % of 92,50 is 19,425, rounded 19,43.
    const payable = words.language === 'fr' ? '111,93 €' : '111.93 €'
    expect((await page.locator('.totals .strong dd').textContent())?.replace(/\s/g, ' ')).toBe(payable)
  })

  test('issues it: a number, a PDF one click away, nothing left to change', async () => {
    const { page } = finance
    await page.getByRole('button', { name: words.issue }).click()
    await page.waitForURL(/\/invoices\/F-\d+$/)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: words.pdf }).click()
    expect((await download).suggestedFilename()).toMatch(/\.pdf$/)
    expect(await page.getByRole('button', { name: words.hold }).count()).toBe(0)
  })

  test('it is owed until it is paid', async () => {
    const { page } = finance
    const number = /F-\d+$/.exec(page.url())?.[0] ?? ''
    await page.goto('/receivables')
    await page.getByRole('link', { name: number }).click()
    await page.getByText(words.pay).click()
    await page.getByRole('button', { name: words.save }).click()
    await page.locator('.ticket-head .status.paid', { hasText: words.paid }).waitFor()
    await page.goto('/receivables')
    expect(await page.getByRole('link', { name: number }).count()).toBe(0)
  })

  test('what was held back is billed by the next run; what has no price waits for one', async () => {
    const { page } = finance
    await page.goto('/invoice-runs')
    await page.getByRole('button', { name: words.prepare }).click()
    await page.getByRole('link', { name: client }).click()
    await page.getByText('Déplacement inutile').waitFor()
    await page.getByText(words.issue).first().waitFor()
    expect(finance.complaints).toEqual([])
  })

  test('a kind of work gets a discount of its own, and the cost of time says so', async () => {
    const { page } = finance
    for (const [kind, discount] of [
      ['À distance', '7,5'],
      ['Trajet', '0'],
    ] as const) {
      await page.goto(at.contract)
      await page.getByText(words.rate).click()
      await page.getByLabel(words.kind).fill(kind)
      await page.getByLabel(words.priceOfKind).fill('80')
      await page.getByLabel(words.discount).fill(discount)
      await page.getByRole('button', { name: words.save }).first().click()
      await page
        .getByRole('row', { name: kind })
        .getByText(discount === '0' ? words.row[1] : words.row[0])
        .waitFor()
    }
    await page.goto(`${at.ticket}/time-preview?workedOn=${inLastMonth(7)}&minutes=60&kind=À distance`)
    expect((await page.locator('#time-preview [role=status]').textContent())?.replace(/\s/g, ' ')).toBe(
      words.seen,
    )
    expect(finance.complaints).toEqual([])
  })
})
