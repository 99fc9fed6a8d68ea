/** What an agent has at hand on a ticket: the client's card, mails that did not leave, ready answers, colleagues. */
import type { ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, screenshot, type TestBrowser, type Visitor } from './testing/browser.ts'
import { entranceOf, enterAs, storyTold } from './testing/story-told.ts'

let product: Product
let browser: TestBrowser
let relay: MailSink
let customer: ApiClient
let sofie: Visitor
let number: string

beforeAll(async () => {
  relay = await startMailSink()
  product = await startProduct('start', { SMTP_RELAY_URL: relay.url })
  browser = await openBrowser()
  await storyTold(product)
  customer = await enterAs(product, 'cliente')
  const opened = await customer.post('/tickets', {
    subject: 'Le four ne se connecte plus',
    description: 'Depuis la mise à jour.',
  })
  number = String(opened.body['number'])
  sofie = await browser.visit(entranceOf(product, 'support'))
  await sofie.page.goto(`/tickets/${number}`)
})
afterAll(async () => {
  await browser.close()
  await product.remove()
  await relay.stop()
})

test('the client’s card: what was agreed, what is prepaid, what they asked before, what they were sent; the papers are finance’s', async () => {
  const card = sofie.page.locator('.client-card')
  await card.getByRole('link', { name: 'Boulangerie Delvaux' }).waitFor()
  const said = (await card.textContent()) ?? ''
  expect(said).toContain('Contrat')
  expect(said).toMatch(/Sur place\s*\d+,\d\d\s€ \/ h/)
  expect(said).toContain('Derniers tickets')
  expect(said).toContain('Dernières factures')
  // That there is one, and not the paper.
  expect(await card.locator('a[href^="/invoices/"]').count()).toBe(0)
  const luc = await browser.visit(entranceOf(product, 'administrateur'))
  await luc.page.goto(`/tickets/${number}`)
  await luc.page.locator('.client-card').getByText('Dernières factures').waitFor()
  await luc.close()
  const anne = await browser.visit(entranceOf(product, 'cliente'))
  await anne.page.goto(`/tickets/${number}`)
  expect(await anne.page.locator('.client-card').count()).toBe(0)
  await anne.close()
})

test('a mail that the server refuses appears on the ticket by itself, in the server’s words; the customer sees nothing of it', async () => {
  relay.answer(() => 550)
  const { page } = sofie
  await page.locator(`#reply-${number} textarea`).fill('Bonjour, je regarde.')
  await page.getByRole('button', { name: /^Envoyer à/ }).click()
  const failed = page.locator('.mail-state.failed', { hasText: 'n’est pas parti' }).first()
  await failed.getByText('550').waitFor()
  await screenshot(page, 'desk-failed-mail')
  relay.answer(() => undefined)
  const anne = await browser.visit(entranceOf(product, 'cliente'))
  await anne.page.goto(`/tickets/${number}`)
  expect(await anne.page.locator('.mail-state').count()).toBe(0)
  await anne.close()
})

test('a colleague is called by “@” in a note, without the mouse, and is led to the very note', async () => {
  relay.answer(() => undefined)
  const { page } = sofie
  await page.getByRole('button', { name: 'Note interne', exact: true }).click()
  const note = page.locator(`#note-${number} textarea`)
  await note.pressSequentially('Peux-tu regarder, ')
  await note.press('@')
  await page.locator('[data-mention-target=choice]', { hasText: 'Thomas Lejeune' }).waitFor()
  // The first letter leads to the name.
  await page.keyboard.press('t')
  await page.keyboard.press('Enter')
  await expect.poll(() => note.inputValue()).toBe('Peux-tu regarder, @Thomas Lejeune ')
  await page.locator(`#note-${number} button.note`).click()
  await page.locator('.timeline li.note', { hasText: '@Thomas Lejeune' }).waitFor()
  const { mail } = await relay.waitFor('the mail to Thomas', ({ rcptTo, mail: { subject } }) =>
    Boolean(rcptTo[0]?.startsWith('thomas@') && subject?.includes('vous appelle')),
  )
  expect(mail.text).toContain('Peux-tu regarder')
  expect(mail.text).toMatch(new RegExp(`/tickets/${number}#\\d+-\\d+`))
  const anne = await customer.get('/notifications?limit=50')
  expect(JSON.stringify(anne.body)).not.toContain('appelle')
})

test('nothing of it made the console complain', () => {
  expect(sofie.complaints).toEqual([])
})
