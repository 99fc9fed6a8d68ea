/** The customer guide, step by step, in a real browser; and what people expect of the screens (spec/ux.md). */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product, type Way } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type TestBrowser, type Visitor } from './testing/browser.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const PASSWORD = 'Boulangerie-2026!'

interface Words {
  manage: string
  login: string
  password: string
  signIn: string
  again: string
  send: string
  home: string
  newTicket: string
  subject: string
  description: string
  ok: string
  views: string[]
  empty: string
  accepted: string
  bell: string
  markAll: string
  close: string
  undo: string
}

const WORDS: Record<'fr' | 'en', Words> = {
  fr: {
    manage: 'Gérer mes tickets',
    login: 'Login ou adresse e-mail',
    password: 'Mot de passe',
    signIn: 'Se connecter',
    again: 'Mot de passe, une seconde fois',
    send: 'Envoyer',
    home: 'Accueil',
    newTicket: 'Nouveau ticket',
    subject: 'Objet',
    description: 'Description',
    ok: 'Ok',
    views: ['Tickets ouverts', 'Tickets récents', 'Archives'],
    empty: 'Il n’y a rien à afficher',
    accepted: 'Ouvert',
    bell: 'Notifications',
    markAll: 'Tout marquer comme vu',
    close: 'Fermer le ticket',
    undo: 'Annuler',
  },
  en: {
    manage: 'Manage my tickets',
    login: 'Login or email address',
    password: 'Password',
    signIn: 'Sign in',
    again: 'Password, once more',
    send: 'Send',
    home: 'Home',
    newTicket: 'New Ticket',
    subject: 'Subject',
    description: 'Description',
    ok: 'Ok',
    views: ['Open Tickets', 'Recent Tickets', 'Archive Tickets'],
    empty: 'There are no records to show',
    accepted: 'Open',
    bell: 'Notifications',
    markAll: 'Mark all as viewed',
    close: 'Close the ticket',
    undo: 'Undo',
  },
}

// On the embedded default in French and English; on the distributed one once, in French.
describe.each<[Way, 'fr' | 'en']>([
  ['start', 'fr'],
  ['start', 'en'],
  ['distributed', 'fr'],
])('the guide on npm run %s, in %s', (way, language) => {
  const words = WORDS[language]
  const email = 'anne@delvaux.test'
  let product: Product
  let sink: MailSink
  let browser: TestBrowser
  let anne: Visitor
  let admin: ApiClient
  let number = ''

  beforeAll(async () => {
    sink = await startMailSink()
    product = await startProduct(way, {
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      SMTP_RELAY_URL: sink.url,
      SUPPORT_ADDRESS: 'sos@exeko.test',
      BRAND: 'Exeko',
    })
    browser = await openBrowser()
    admin = createApiClient(product.url)
    await admin.signIn(ADMIN.email, ADMIN.password)
    const company = await admin.post('/companies', {
      name: 'Boulangerie Delvaux',
      legalName: 'Boulangerie Delvaux SRL',
      vatNumber: 'BE0403019261',
      address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' },
      language,
    })
    await admin.post(`/companies/${company.body['id']}/accounts`, {
      email,
      name: 'Anne Lambert',
      roles: ['customer', 'billing'],
      language,
    })
  })
  afterAll(async () => {
    expect(anne.complaints).toEqual([])
    await browser.close()
    await product.remove()
    await sink.stop()
  })

  test('the welcome mail leads to two password fields whose rules tick as they are met', async () => {
    const { mail } = await sink.waitFor('the welcome mail', ({ mail: { text } }) =>
      Boolean(text?.includes('/activation/')),
    )
    const link = /\S+\/activation\/[\w-]+/.exec(mail.text ?? '')?.[0] ?? ''
    anne = await browser.visit(link, { language })
    const { page } = anne
    const met = () => page.locator('.rules li.met').count()
    expect(await met()).toBe(0)
    await page.getByLabel(words.password, { exact: true }).fill('brioche')
    expect(await met()).toBe(1)
    await page.getByLabel(words.password, { exact: true }).fill(PASSWORD)
    expect(await met()).toBe(5)
    await page.getByLabel(words.again).fill(PASSWORD)
    expect(await met()).toBe(6)
    await page.getByRole('button', { name: words.send }).click()
    await page.getByRole('heading', { level: 1, name: 'Anne' }).waitFor()
  })

  test('comes back by the public page, and signs in', async () => {
    const { page } = anne
    await anne.context.clearCookies()
    await page.goto('/')
    await page.getByRole('link', { name: words.manage }).click()
    await page.getByLabel(words.login).fill(email)
    await page.getByLabel(words.password, { exact: true }).fill('faux')
    await page.getByRole('button', { name: words.signIn }).click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel(words.login).inputValue()).toBe(email)
    await page.getByLabel(words.password, { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: words.signIn }).click()
    await page.getByRole('heading', { level: 1, name: 'Anne' }).waitFor()
  })

  test('the service desk has three views, each saying what to do when it is empty', async () => {
    const { page } = anne
    await page.getByRole('link', { name: 'Service desk' }).click()
    for (const view of words.views) {
      await page.getByRole('link', { name: view, exact: true }).click()
      await page.locator('.views [aria-current]', { hasText: view }).waitFor()
      await page.getByRole('heading', { name: words.empty }).waitFor()
    }
  })

  test('a new ticket opens in a side panel, keeps what was half typed, takes files, and leads to the ticket', async () => {
    const { page } = anne
    const panel = page.getByRole('dialog', { name: words.newTicket })
    await page.keyboard.press('n')
    await panel.waitFor()
    await panel.getByLabel(words.subject).fill('Le Wi-Fi coupe')
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
    await page.reload()
    const opener = page.getByRole('banner').getByRole('link', { name: words.newTicket })
    await opener.click()
    await expect.poll(() => panel.getByLabel(words.subject).inputValue()).toBe('Le Wi-Fi coupe')
    await panel.getByLabel(words.description).fill('Chaque matin, vers cinq heures.')
    await panel.locator('input[type=file]').setInputFiles([
      { name: 'journal.txt', mimeType: 'text/plain', buffer: Buffer.from('05:00 coupure') },
      { name: 'borne.txt', mimeType: 'text/plain', buffer: Buffer.from('voyant orange') },
    ])
    expect(await panel.locator('.files li').count()).toBe(2)
    await panel.getByRole('button', { name: words.ok, exact: true }).click()
    await page.waitForURL(/\/tickets\/\d+$/)
    number = /\d+$/.exec(page.url())?.[0] ?? ''
    await page.getByRole('heading', { level: 1, name: 'Le Wi-Fi coupe' }).waitFor()
    expect(await page.locator('.attachments a').allTextContents()).toEqual([
      expect.stringContaining('journal.txt'),
      expect.stringContaining('borne.txt'),
    ])
    await page.getByRole('status').getByText(number).waitFor()
  })

  test('the ticket sits in a tab; closing the tab returns to the list and closes nothing', async () => {
    const { page } = anne
    const tabs = page.locator('#tabs')
    await tabs.getByRole('link', { name: `#${number}` }).waitFor()
    await tabs.getByRole('button').click()
    await page.waitForURL(/\/tickets$/)
    expect(await tabs.getByRole('link').count()).toBe(0)
    await page.getByRole('link', { name: 'Le Wi-Fi coupe' }).click()
    await page.waitForURL(new RegExp(`/tickets/${number}$`))
  })

  test('support accepts and answers: the status moves live, the bell counts, half-typed text stays', async () => {
    const { page } = anne
    const reply = page.locator(`#reply-${number} textarea`)
    await reply.fill('Au fait, la borne est au premier')
    await admin.post(`/tickets/${number}/accept`)
    await page.locator('.ticket-head .status', { hasText: words.accepted }).waitFor()
    await admin.post(`/tickets/${number}/messages`, { text: 'Nous remplaçons la borne demain.' })
    await page.getByText('Nous remplaçons la borne demain.').waitFor()
    expect(await reply.inputValue()).toBe('Au fait, la borne est au premier')
    await expect.poll(() => page.title()).toMatch(/^\(\d+\) /)
    await page.reload()
    await expect.poll(() => reply.inputValue()).toBe('Au fait, la borne est au premier')
  })

  test('a session that expires loses no word', async () => {
    const { page } = anne
    await anne.context.clearCookies()
    // What happens meanwhile takes the page from nobody: only one's own next step leads to the sign-in.
    const refused = page.waitForResponse((response) => new URL(response.url()).pathname === '/sign-in')
    await admin.post(`/tickets/${number}/messages`, { text: 'La borne est arrivée.' })
    await refused
    await page.locator(`#reply-${number}`).getByRole('button', { name: words.send, exact: true }).click()
    await page.getByLabel(words.login).fill(email)
    await page.getByLabel(words.password, { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: words.signIn }).click()
    await page.waitForURL(new RegExp(`/tickets/${number}$`))
    const reply = page.locator(`#reply-${number} textarea`)
    await expect.poll(() => reply.inputValue()).toBe('Au fait, la borne est au premier')
    await page.locator(`#reply-${number}`).getByRole('button', { name: words.send, exact: true }).click()
    await page.locator('.timeline').getByText('Au fait, la borne est au premier').waitFor()
    await expect.poll(() => reply.inputValue()).toBe('')
  })

  test('notifications are marked as viewed, one or all, and the title follows', async () => {
    const { page } = anne
    await page.getByRole('link', { name: words.bell }).click()
    await page.getByRole('button', { name: words.markAll }).click()
    await page.getByRole('button', { name: words.markAll }).waitFor({ state: 'hidden' })
    await expect.poll(() => page.title()).not.toMatch(/^\(/)
  })

  test('the ticket is closed, the close undone in place, and posting on a closed one reopens it', async () => {
    const { page } = anne
    const status = page.locator('.ticket-head .status')
    await page.goto(`/tickets/${number}`)
    let answers = 0
    page.on('response', (response) => {
      if (response.request().method() === 'GET' && response.url().endsWith(`/tickets/${number}`)) answers += 1
    })
    await page.getByRole('button', { name: words.close }).click()
    await page.locator('.ticket-head .status.closed').waitFor()
    // The undo outlives the live refresh that the close itself brings.
    await expect.poll(() => answers).toBeGreaterThan(1)
    await page.getByRole('status').getByRole('button', { name: words.undo }).click()
    await expect.poll(() => status.getAttribute('class')).not.toContain('closed')
    await page.getByRole('button', { name: words.close }).click()
    await page.locator('.ticket-head .status.closed').waitFor()
    await page.locator(`#reply-${number} textarea`).fill('Finalement, cela recommence.')
    await page.locator(`#reply-${number}`).getByRole('button', { name: words.send, exact: true }).click()
    await page.locator('.timeline').getByText('Finalement, cela recommence.').waitFor()
    await expect.poll(() => status.getAttribute('class')).not.toContain('closed')
  })

  test('other people’s links are not found', async () => {
    const { body } = await admin.post('/tickets', {
      subject: 'Interne',
      description: 'Du support',
      via: 'phone',
    })
    const { page } = anne
    for (const path of [`/tickets/${body['number']}`, '/companies', '/mail/ledger', '/dead-letters']) {
      expect((await page.goto(path))?.status()).toBe(404)
    }
  })

  test('without script: sign in, list, a new ticket with a file, a message, close', async () => {
    const plain = await browser.visit(`${product.url}/sign-in`, { language, javaScript: false })
    const { page } = plain
    await page.getByLabel(words.login).fill(email)
    await page.getByLabel(words.password, { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: words.signIn }).click()
    await page.getByRole('link', { name: 'Service desk' }).click()
    await page.getByRole('banner').getByRole('link', { name: words.newTicket }).click()
    await page.getByLabel(words.subject).fill('Sans script')
    await page.getByLabel(words.description).fill('Tout marche quand même.')
    await page
      .locator('main input[type=file]')
      .setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('bonjour') })
    await page.getByRole('button', { name: words.ok, exact: true }).click()
    await page.getByRole('link', { name: 'note.txt' }).waitFor()
    await page.locator('.composer textarea').fill('Un mot encore.')
    await page.getByRole('button', { name: words.send, exact: true }).click()
    await page.getByText('Un mot encore.').waitFor()
    await page.getByRole('button', { name: words.close }).click()
    await page.locator('.ticket-head .status.closed').waitFor()
    await plain.close()
  })

  test('support was told of each of these by mail', async () => {
    await until('a mail to support', () =>
      sink.mails.find(
        ({ rcptTo, mail }) => rcptTo.includes(ADMIN.email) && mail.subject?.includes('Sans script'),
      ),
    )
  })
})
