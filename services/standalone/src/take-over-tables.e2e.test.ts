/** Finance brings open balances over as tables in a real browser: a file, pasted cells, on a wide screen and a phone, with and without script. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  accessFaults,
  DESKTOP,
  openBrowser,
  PHONE,
  screenshot,
  type TestBrowser,
  type Visitor,
  type VisitorOptions,
} from './testing/browser.ts'
import { SELLER } from './testing/seller.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }

const INVOICES = [
  'Numéro;Client;TVA;Date;Échéance;Total TVAC;Payé',
  '2025-0412;Boulangerie Delvaux;;20/09/2025;20/10/2025;1.210,00;210,05',
  '2025-0413;;BE 0403.019.261;21/09/2025;21/10/2025;99,99;',
  '2025-0414;Inconnu SA;;31/02/2025;20/10/2025;1.210;',
].join('\r\n')

let product: Product
let browser: TestBrowser
let admin: ApiClient
let clientId: string
beforeAll(async () => {
  product = await startProduct('start', { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password })
  browser = await openBrowser()
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  await admin.put('/settings/seller', SELLER)
  const client = await admin.post('/companies', {
    name: 'Boulangerie Delvaux',
    vatNumber: 'BE0403019261',
    enterpriseNumber: '0403019261',
    address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' },
  })
  clientId = client.body['id'] ?? ''
})
afterAll(async () => {
  await browser.close()
  await product.remove()
})

async function signedIn(options: VisitorOptions): Promise<Visitor> {
  const visitor = await browser.visit(`${product.url}/sign-in`, options)
  await visitor.page.locator('input[name=login]').fill(ADMIN.email)
  await visitor.page.locator('input[name=password]').fill(ADMIN.password)
  await visitor.page.locator('main form button.primary').click()
  await visitor.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return visitor
}

/** Nothing that axe finds, nothing wider than the screen; a picture to be looked at. */
async function expectFit({ page }: Visitor, name: string): Promise<void> {
  expect([name, ...(await accessFaults(page))]).toEqual([name])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect([name, overflow]).toEqual([name, 0])
  await screenshot(page, name)
}

const owed = async () =>
  ((await admin.get('/receivables')).body['items'] as { number: string; open: string }[]).map(
    ({ number, open }) => [number, open],
  )
const OWED = [
  ['2025-0412', '999.95'],
  ['2025-0413', '99.99'],
]

test('a file is looked over, taken once, and given again doubles nothing', async () => {
  const finance = await signedIn({ viewport: DESKTOP })
  const { page } = finance
  await page.goto('/receivables')
  await page.getByRole('link', { name: 'Reprendre un tableau' }).click()
  await page.getByRole('heading', { name: 'Reprise par tableau' }).waitFor()
  await expectFit(finance, 'take-over-form-wide')

  const give = async () => {
    await page.setInputFiles('input[type=file]', {
      name: 'ouvertes.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(INVOICES),
    })
    await page.getByRole('button', { name: 'Vérifier' }).click()
    await page
      .getByText('Rien n’est encore enregistré.')
      .or(page.getByText('Il n’y a rien à enregistrer.'))
      .waitFor()
  }
  await give()
  const line = (n: number) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: `${n}`, exact: true }) })
  expect(await page.getByRole('status').first().innerText()).toContain(
    'À reprendre : 2 (1\u202f099,94\u00a0€ ouverts), déjà reprises : 0, à corriger : 1.',
  )
  expect(await line(4).innerText()).toContain('Client : Aucun client ne correspond')
  expect(await line(4).innerText()).toContain('Date : Date illisible : écrivez 24/11/2026 ou 2026-11-24.')
  expect(await line(4).innerText()).toContain('Total TVAC : Trois chiffres après un seul signe')
  expect(await line(3).innerText()).toContain('Boulangerie Delvaux')
  await expectFit(finance, 'take-over-report-wide')
  expect(await owed()).toEqual([])

  await page.getByRole('button', { name: 'Reprendre 2 factures' }).click()
  await page.getByText('Factures reprises : 2, déjà reprises : 0, à corriger : 1').waitFor()
  expect(await owed()).toEqual(OWED)
  // What is left to mend is still there to be read.
  expect(await line(2).innerText()).toContain('déjà connue')
  expect(await line(4).innerText()).toContain('à corriger')
  expect(await page.getByRole('button', { name: /^Reprendre/ }).count()).toBe(0)

  await page.getByRole('link', { name: 'Choisir un autre tableau' }).click()
  await give()
  await page.getByText('Il n’y a rien à enregistrer.').waitFor()
  expect(await owed()).toEqual(OWED)
  expect(finance.complaints).toEqual([])
  await finance.close()
})

test('cells copied from a table program are pasted as text, not as their picture; what is no table comes back filled', async () => {
  const finance = await signedIn({ viewport: DESKTOP })
  const { page } = finance
  await page.goto('/take-over/packs')
  const field = page.getByLabel('Ou collez ici les lignes du tableau')
  await field.focus()
  // As a browser gives them: the text, and a picture of the cells.
  const taken = await field.evaluate((element) => {
    const data = new DataTransfer()
    data.setData('text/plain', 'Klant\tResterende uren')
    data.items.add(new File(['png'], 'image.png', { type: 'image/png' }))
    return !element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  })
  expect(taken).toBe(false)
  expect(
    await page.locator('input[type=file]').evaluate((input: HTMLInputElement) => input.files?.length),
  ).toBe(0)
  await field.fill('Klant\tGeldig tot\nBoulangerie Delvaux\t31/12/2030')
  await page.getByRole('button', { name: 'Vérifier' }).click()
  await page.getByText('il y manque « Heures restantes »').waitFor()
  expect(await field.inputValue()).toBe('Klant\tGeldig tot\nBoulangerie Delvaux\t31/12/2030')
  await finance.close()
})

test('on a phone, without script, pasted packs are looked over and taken; pressing again doubles nothing', async () => {
  const finance = await signedIn({ viewport: PHONE, javaScript: false })
  const { page } = finance
  await page.goto('/take-over/packs')
  await page
    .getByLabel('Ou collez ici les lignes du tableau')
    .fill(
      'Client\tRéférence\tHeures restantes\tValable jusqu’au\nBoulangerie Delvaux\tC-12\t12:20\t31/12/2030\nBoulangerie Delvaux\tC-13\t12,33\t31/12/2030',
    )
  await page.getByRole('button', { name: 'Vérifier' }).click()
  await page.getByText('Rien n’est encore enregistré.').waitFor()
  const report = page.url()
  await page.getByRole('button', { name: 'Reprendre 1 carnet' }).click()
  await page.getByText('déjà connue').waitFor()
  await page.goto(report)
  await page.getByText('Il n’y a rien à enregistrer.').waitFor()
  const { body: packs } = await admin.get(`/companies/${clientId}/packs`)
  expect(packs['items']).toMatchObject([{ reference: 'C-12', minutes: 740, takenOver: true }])
  await finance.close()
})

test('a phone shows form and report whole, to whoever sees and whoever listens', async () => {
  const finance = await signedIn({ viewport: PHONE })
  const { page } = finance
  for (const [what, table] of [
    ['invoices', INVOICES],
    ['packs', 'Client;Heures;Fin\nBoulangerie Delvaux;7,5;31/12/2031\nBoulangerie Delvaux;beaucoup;'],
  ] as const) {
    await page.goto(`/take-over/${what}`)
    await expectFit(finance, `take-over-${what}-form-phone`)
    await page.getByLabel('Ou collez ici les lignes du tableau').fill(table)
    await page.getByRole('button', { name: 'Vérifier' }).click()
    await page.getByRole('link', { name: 'Choisir un autre tableau' }).waitFor()
    await expectFit(finance, `take-over-${what}-report-phone`)
  }
  expect(finance.complaints).toEqual([])
  await finance.close()
})

test('a program takes a table over by the API, once, and is told line by line', async () => {
  const send = async (fields: Record<string, string>) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set(
      'files',
      new Blob([
        'Number;Client;Date;Due;Total incl. VAT\nAPI-1;Boulangerie Delvaux;2025-09-20;2025-10-20;12.30',
      ]),
      'open.csv',
    )
    return await admin.post('/opening-invoice-imports', form)
  }
  expect(await send({})).toMatchObject({ status: 200, body: { new: 1, known: 0, open: '12.30' } })
  expect(await send({ commit: 'true' })).toMatchObject({
    status: 200,
    body: { new: 1, known: 0, open: '12.30' },
  })
  expect(await send({ commit: 'true' })).toMatchObject({
    status: 200,
    body: { new: 0, known: 1, open: '0.00' },
  })
})

test('a pasted table of more than a megabyte is refused, never cut in the middle of an amount', async () => {
  const form = new FormData()
  const line = `2025-9;Boulangerie Delvaux;2025-09-20;2025-10-20;12,30;${'x'.repeat(1300)}\n`
  form.set('pasted', `Numéro;Client;Date;Échéance;Total TVAC;Communication\n${line.repeat(900)}`)
  const { status } = await fetch(`${product.url}/take-over/invoices`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: admin.cookie, origin: product.url },
    body: form,
  })
  expect(status).toBe(413)
})
