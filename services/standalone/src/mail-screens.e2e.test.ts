/**
 * Mail in a real browser: what waits for a person is narrowed to one sender, decided all at once, live for who looks
 * on; a relay that refuses our sign-in is said where one looks for mails that do not come.
 */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessFaults, DESKTOP, openBrowser, PHONE, screenshot, type TestBrowser } from './testing/browser.ts'
import { signedIn } from './testing/newcomers.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }

let product: Product
let relay: MailSink
let browser: TestBrowser
let admin: ApiClient

async function mailFrom(from: string, subject: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: product.smtpPort, ignoreTLS: true })
  await transport.sendMail({ from, to: 'sos@exeko.test', subject, text: 'Bonjour,\n\nPouvez-vous m’aider ?' })
  transport.close()
}

const quarantined = async () =>
  ((await admin.get('/mail/quarantine')).body as unknown as { items: { subject: string }[] }).items.map(
    ({ subject }) => subject,
  )

beforeAll(async () => {
  relay = await startMailSink((_user, password) => password === 'renewed')
  product = await startProduct('start', {
    SMTP_RELAY_URL: relay.url.replace('smtp://', 'smtp://guichet:expired@'),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SUPPORT_ADDRESS: 'sos@exeko.test',
    REQUIRE_AUTHENTICATED_SENDERS: 'false',
  })
  browser = await openBrowser()
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  await mailFrom('promo@colis.example', 'Votre colis vous attend')
  await mailFrom('relance@colis.example', 'Dernier rappel pour votre colis')
  await mailFrom('claire@wery.example', 'Imprimante du magasin en panne')
  await until('all three wait', async () => (await quarantined()).length === 3)
})
afterAll(async () => {
  await browser.close()
  await product.remove()
  await relay.stop()
})

test('a domain is filtered, all of its mails are chosen and dropped in one press; the others stay, and what comes is seen', async () => {
  const { page, complaints, close } = await signedIn(browser, product, ADMIN)
  await page.goto('/mail/quarantine')
  await page.getByLabel('Expéditeur').fill('@colis.example')
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await page.waitForURL(/sender=%40colis\.example/)
  const all = page.getByLabel('Tous ceux de cette page')
  const ones = page.getByLabel(/^Choisir « /)
  await expect.poll(() => ones.count()).toBe(2)
  await all.check()
  expect(await Promise.all((await ones.all()).map((one) => one.isChecked()))).toEqual([true, true])
  await ones.first().uncheck()
  expect(await all.evaluate((box: HTMLInputElement) => [box.checked, box.indeterminate])).toEqual([
    false,
    true,
  ])
  await all.check()
  expect(await accessFaults(page)).toEqual([])
  await screenshot(page, 'quarantine-filtered-wide-light')
  await page.setViewportSize(PHONE)
  await screenshot(page, 'quarantine-filtered-phone-light')
  await page.setViewportSize(DESKTOP)
  await page.getByRole('button', { name: 'Écarter' }).click()
  await page.getByText('2 e-mails écartés').waitFor()
  await page.getByText('Aucun e-mail ne correspond à ce filtre.').waitFor()
  expect(await quarantined()).toEqual(['Imprimante du magasin en panne'])

  await page.getByRole('link', { name: 'Tout afficher' }).click()
  await page.getByRole('link', { name: 'Imprimante du magasin en panne' }).waitFor()
  await mailFrom('paul@wery.example', 'La caisse ne s’ouvre plus')
  await page.getByRole('link', { name: 'La caisse ne s’ouvre plus' }).waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('the ledger is narrowed by reason and day, and each outcome keeps the filter; on a phone too', async () => {
  const { page, complaints, close } = await signedIn(browser, product, ADMIN, {
    viewport: PHONE,
    theme: 'dark',
  })
  await page.goto('/mail/ledger')
  await page.getByLabel('Raison').selectOption({ label: 'Écarté par le support (2)' })
  await page.getByRole('button', { name: 'Filtrer' }).click()
  await page.waitForURL(/reason=dropped-by-staff/)
  await expect.poll(() => page.locator('tbody tr').count()).toBe(2)
  await page.goto('/mail/ledger?sender=@wery.example')
  await page.getByRole('link', { name: 'Quarantaine 2' }).click()
  await page.waitForURL(/outcome=quarantined/)
  expect(new URL(page.url()).searchParams.get('sender')).toBe('@wery.example')
  expect(await accessFaults(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await screenshot(page, 'ledger-filtered-phone-dark')
  await page.goto('/mail/ledger?since=2020-01-01&until=2020-01-02')
  await page.getByText('Aucun e-mail ne correspond à ce filtre.').waitFor()
  expect(complaints).toEqual([])
  await close()
})

test('a relay that refuses our sign-in: it is said above the mails sent, and none is given up', async () => {
  const company = await admin.post('/companies', { name: 'Boulangerie Wéry' })
  const email = 'paul@wery.example'
  await admin.post(`/companies/${String(company.body['id'])}/accounts`, {
    email,
    name: 'Paul',
    roles: ['customer'],
  })
  const { page, complaints, close } = await signedIn(browser, product, ADMIN)
  await page.goto('/outbox')
  await page.getByRole('alert').getByText('refuse notre connexion').waitFor()
  await page.getByText('En file').first().waitFor()
  expect(await accessFaults(page)).toEqual([])
  await screenshot(page, 'outbox-refused-wide-light')
  expect([complaints, relay.mails]).toEqual([[], []])
  await close()
})
