/** A manager at the client, in a real browser: has a colleague registered, sees what the house allows, and no more. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type TestBrowser, type Visitor } from './testing/browser.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const PASSWORD = 'Boulangerie-2026!'

const WORDS = {
  fr: {
    language: 'fr',
    colleagues: 'Collègues',
    name: 'Nom',
    email: 'Adresse e-mail',
    newPerson: 'Nouvelle personne',
    register: 'Enregistrer',
    invited: 'Invitée',
    active: 'Active',
    seeAll: 'Les responsables voient tous les tickets de la société et leur coût.',
    seeOwn: 'Chacun ne voit que ses propres tickets.',
    cost: '42,50 €',
  },
  en: {
    language: 'en',
    colleagues: 'Colleagues',
    name: 'Name',
    email: 'Email address',
    newPerson: 'New person',
    register: 'Register',
    invited: 'Invited',
    active: 'Active',
    seeAll: 'Managers see all tickets of the company and what they cost.',
    seeOwn: 'Everybody sees their own tickets only.',
    cost: '42.50 €',
  },
} as const

let product: Product
let sink: MailSink
let browser: TestBrowser
let admin: ApiClient
beforeAll(async () => {
  sink = await startMailSink()
  product = await startProduct('start', {
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SMTP_RELAY_URL: sink.url,
    SUPPORT_ADDRESS: 'sos@exeko.test',
    REQUIRE_AUTHENTICATED_SENDERS: 'false',
  })
  browser = await openBrowser()
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
})
afterAll(async () => {
  await browser.close()
  await product.remove()
  await sink.stop()
})

async function welcomeLink(email: string): Promise<string> {
  const { mail } = await sink.waitFor(`the welcome mail of ${email}`, ({ rcptTo }) => rcptTo[0] === email)
  return /\S+\/activation\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? ''
}

async function writes(from: string, subject: string, text: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: product.smtpPort, ignoreTLS: true })
  await transport.sendMail({ from, to: 'sos@exeko.test', subject, text })
}

async function messagesOn(number: string): Promise<string[]> {
  const { body } = await admin.get(`/tickets/${number}`)
  return [...body['timeline']].flatMap((entry) =>
    entry['kind'] === 'message' ? String(entry['text']).trim() : [],
  )
}

/** By the link in the mail, as people come. */
async function comesIn(email: string, language: 'fr' | 'en'): Promise<Visitor> {
  const visitor = await browser.visit(await welcomeLink(email), { language })
  for (const field of await visitor.page.locator('input[type=password]').all()) await field.fill(PASSWORD)
  await visitor.page.locator('form button[type=submit], form button:not([type])').last().click()
  await visitor.page.waitForURL((url) => !url.pathname.startsWith('/activation/'))
  return visitor
}

describe.each(Object.values(WORDS))('in $language', (words) => {
  const { language } = words
  const mona = `mona.${language}@delvaux.test`
  const paul = `paul.${language}@delvaux.test`
  let companyId: string
  let manager: Visitor
  let colleague: Visitor
  /** A ticket of the colleague, with half an hour of time on it. */
  let number: string

  beforeAll(async () => {
    const company = await admin.post('/companies', {
      name: `Delvaux ${language}`,
      language,
      managersSeeAll: true,
    })
    companyId = String(company.body['id'])
    await admin.put(`/companies/${companyId}/contract`, {
      rates: [{ kind: 'À distance', unit: 'hour', price: '85.00', vatRate: '21' }],
      rounding: { stepMinutes: 15, minimumMinutes: 15 },
      customersSeeTime: true,
    })
    await admin.post(`/companies/${companyId}/accounts`, {
      email: mona,
      name: 'Mona Delvaux',
      roles: ['customer', 'manager'],
      language,
    })
    manager = await comesIn(mona, language)
  })
  afterAll(async () => {
    await manager.close()
    await colleague.close()
  })

  test('has a colleague registered, who comes in by the welcome mail', async () => {
    const { page } = manager
    await page.getByRole('navigation').getByRole('link', { name: words.colleagues }).first().click()
    await page.getByText(words.seeAll).waitFor()
    await page.getByText(words.newPerson).click()
    const form = page.locator('form', { has: page.locator('input[name=email]') })
    await form.getByLabel(words.name, { exact: true }).fill('Paul Renard')
    await form.getByLabel(words.email).fill(paul)
    await form.getByRole('button', { name: words.register }).click()
    const row = page.getByRole('row', { name: /Paul Renard/ })
    await row.getByText(words.invited).waitFor()
    colleague = await comesIn(paul, language)
    await page.reload()
    await row.getByText(words.active).waitFor()
  })

  test('sees the colleague’s ticket and what it has cost so far', async () => {
    await colleague.page.goto('/tickets/new')
    await colleague.page.locator('input[name=subject]').fill('Écran noir')
    await colleague.page.locator('textarea[name=description]').fill('Depuis ce matin.')
    await colleague.page.locator('form[action="/tickets/new"] button').last().click()
    await colleague.page.waitForURL(/\/tickets\/\d+$/)
    number = /\d+$/.exec(colleague.page.url())?.[0] ?? ''
    const logged = await admin.post(`/tickets/${number}/prestations`, {
      workedOn: Temporal.Now.plainDateISO('Europe/Brussels').toString(),
      minutes: 20,
      kind: 'À distance',
      description: 'Diagnostic',
      billable: true,
    })
    expect(logged.status).toBe(201)
    await manager.page.goto('/tickets')
    await manager.page
      .getByRole('link', { name: /Écran noir/ })
      .first()
      .click()
    // 20 minutes are billed as half an hour at 85.00.
    await manager.page.getByText(words.cost).first().waitFor()
  })

  test('writes on the colleague’s ticket by mail, as on the portal', async () => {
    await writes(mona, `Re: [#${number}] Écran noir`, 'Merci de le remplacer.')
    await expect
      .poll(async () => await messagesOn(number), { timeout: 10_000 })
      .toEqual(['Depuis ce matin.', 'Merci de le remplacer.'])
  })

  test('the colleague adds an address by the link that is mailed there, and changes password', async () => {
    const { page } = colleague
    const other = `paul.${language}@famille.test`
    await page.goto('/account')
    await page.locator('form[action="/account/addresses"] input').fill(other)
    await page.locator('form[action="/account/addresses"] button').click()
    const { mail } = await sink.waitFor('the mail to the new address', ({ rcptTo }) => rcptTo[0] === other)
    const link = /\S+\/addresses\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? ''
    // On another device, where nobody is signed in.
    const phone = await browser.visit(link, { language })
    await phone.page.getByText(other).waitFor()
    await phone.page.locator('form button').click()
    await phone.page.locator('#toasts', { hasText: other }).waitFor()
    await phone.close()
    await page.goto('/account')
    await page.locator('#own-addresses ~ ul').getByText(other).waitFor()

    await page.locator('#own-password ~ details summary').click()
    await page.locator('input[name=current]').fill(PASSWORD)
    for (const name of ['password', 'again']) await page.locator(`input[name=${name}]`).fill(`${PASSWORD}2`)
    await page.locator('form[action="/account/password"] button').click()
    await sink.waitFor(
      'the mail that says so',
      ({ rcptTo, raw }) => rcptTo[0] === paul && raw.includes('/password-resets'),
    )
    // Still here, under a new session.
    expect((await page.goto('/tickets'))?.status()).toBe(200)
  })

  test('nobody else there sees what is not theirs', async () => {
    const own = createApiClient(product.url)
    await own.signIn(mona, PASSWORD)
    const ticket = await own.post('/tickets', { subject: 'Salaires', description: 'Confidentiel.' })
    const answer = await colleague.page.goto(`/tickets/${String(ticket.body['number'])}`)
    expect(answer?.status()).toBe(404)
    expect(await colleague.page.content()).not.toContain('Confidentiel')
    expect((await colleague.page.goto('/colleagues'))?.status()).toBe(404)
  })

  test('sees only their own again, once the house no longer allows more', async () => {
    const changed = await admin.patch(`/companies/${companyId}`, { managersSeeAll: false })
    expect(changed.status).toBe(200)
    await manager.page.goto('/colleagues')
    await manager.page.getByText(words.seeOwn).waitFor()
    expect((await manager.page.goto(`/tickets/${number}`))?.status()).toBe(404)
    await manager.page.goto('/tickets')
    expect(await manager.page.getByText('Écran noir').count()).toBe(0)
    // By mail neither: what she writes there is a ticket of her own.
    await writes(mona, `Re: [#${number}] Écran noir`, 'Et maintenant ?')
    await expect
      .poll(async () => (await admin.get('/tickets?q=maintenant')).body['items'], { timeout: 10_000 })
      .toHaveLength(1)
    expect(await messagesOn(number)).not.toContain('Et maintenant ?')
    expect([...manager.complaints, ...colleague.complaints]).toEqual([])
  })
})
