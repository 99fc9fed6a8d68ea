/** Two agents on one ticket: they see one another, and no answer goes out over a message that was not read. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type TestBrowser, type Visitor } from './testing/browser.ts'
import { entranceOf, enterAs, storyTold } from './testing/story-told.ts'

let product: Product
let browser: TestBrowser
let customer: ApiClient
let sofie: Visitor
let luc: Visitor
let number: string

beforeAll(async () => {
  product = await startProduct('start')
  browser = await openBrowser()
  await storyTold(product)
  customer = await enterAs(product, 'cliente')
  const opened = await customer.post('/tickets', {
    subject: 'Le four ne se connecte plus',
    description: 'Depuis la mise à jour.',
  })
  number = String(opened.body['number'])
  sofie = await browser.visit(entranceOf(product, 'support'))
  luc = await browser.visit(entranceOf(product, 'administrateur'))
})
afterAll(async () => {
  await browser.close()
  await product.remove()
})

const reply = ({ page }: Visitor) => page.locator(`#reply-${number}`)
const presence = ({ page }: Visitor) => page.locator(`#presence-${number}`)

test('the queue has it, and says how long its customer waits', async () => {
  const { page } = sofie
  await page.goto('/tickets?view=new')
  const row = page.locator('[data-row]', { hasText: 'Le four ne se connecte plus' })
  await row.getByText('attend depuis 1 min').waitFor()
  const count = () => page.locator('.views [aria-current] .count').textContent()
  const before = Number(await count())
  await customer.post('/tickets', { subject: 'Encore un', description: 'Bonjour' })
  await expect.poll(async () => Number(await count())).toBe(before + 1)
})

test('each sees that the other is there, and that they write', async () => {
  await sofie.page.goto(`/tickets/${number}`)
  await luc.page.goto(`/tickets/${number}`)
  await presence(sofie).getByText('Luc Moreau consulte ce ticket').waitFor()
  await presence(luc).getByText('Sofie Peeters consulte ce ticket').waitFor()
  await reply(sofie).locator('textarea').pressSequentially('Bonjour,')
  await presence(luc).getByText('Sofie Peeters est en train de répondre').waitFor()
})

test('the queue says which ticket a colleague is at', async () => {
  const eyes = await browser.visit(entranceOf(product, 'administrateur'))
  await eyes.page.goto('/tickets')
  await eyes.page.locator(`#there-${number}`).waitFor({ state: 'attached' })
  // Sofie writes on; whoever is signed in as Luc does not see himself.
  await reply(sofie).locator('textarea').pressSequentially(' voici')
  await expect
    .poll(() => eyes.page.locator(`#there-${number}`).textContent(), { timeout: 30_000 })
    .toBe('Sofie Peeters répond')
  expect(eyes.complaints).toEqual([])
  await eyes.close()
  await reply(sofie).locator('textarea').fill('Bonjour,')
})

test('the two ways to write stay there through a live refresh, and what was typed or chosen too', async () => {
  // Chosen, and left for another field: nothing but the choice says that somebody is at it.
  const priority = sofie.page.locator('select[name=priority]')
  await priority.selectOption('high')
  await reply(sofie).locator('textarea').focus()
  await customer.post(`/tickets/${number}/messages`, { text: 'Il affiche E-12.' })
  for (const { page } of [sofie, luc]) await page.locator('.timeline').getByText('Il affiche E-12.').waitFor()
  expect(await sofie.page.getByRole('button', { name: 'Note interne', exact: true }).isVisible()).toBe(true)
  expect(await reply(sofie).locator('textarea').inputValue()).toBe('Bonjour,')
  expect(await priority.inputValue()).toBe('high')
})

test('an answer over a message that came in unseen is stopped, kept, and sent once it was read', async () => {
  const { page, context } = sofie
  // Cut off from what happens, as a laptop that slept: the page does not follow.
  await page.route('**/api/v1/events', (route) => route.abort())
  await page.route(
    (url) => url.pathname === `/tickets/${number}`,
    (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()),
  )
  await reply(sofie).locator('textarea').fill('Bonjour, coupez le courant une minute.')
  await reply(luc).locator('textarea').fill('Je suis sur place dans dix minutes.')
  await reply(luc)
    .getByRole('button', { name: /^Envoyer à/ })
    .click()
  await luc.page.locator('.timeline').getByText('Je suis sur place dans dix minutes.').waitFor()
  await page.evaluate((at) => {
    const seen = document.querySelector<HTMLInputElement>(`input[name=seen][form="reply-${at}"]`)
    if (seen) seen.value = '1-0'
  }, number)
  await reply(sofie)
    .getByRole('button', { name: /^Envoyer à/ })
    .click()
  await page.getByRole('alert').getByText('Un autre message est arrivé').waitFor()
  expect(await reply(sofie).locator('textarea').inputValue()).toBe('Bonjour, coupez le courant une minute.')
  await page.locator('.timeline').getByText('Je suis sur place dans dix minutes.').waitFor()
  await page.unroute('**/api/v1/events')
  await context.unrouteAll()
  await reply(sofie).getByRole('button', { name: 'Envoyer et fermer' }).click()
  await page.locator('.ticket-head .status.closed').waitFor()
  const { timeline } = (await customer.get(`/tickets/${number}`)).body as unknown as {
    timeline: { text?: string }[]
  }
  expect(timeline.filter(({ text }) => text === 'Bonjour, coupez le courant une minute.')).toHaveLength(1)
})

test('what happens while an answer is on its way stops it not: it is sent once, and its field is empty', async () => {
  const opened = await customer.post('/tickets', {
    subject: 'La balance affiche zéro',
    description: 'Bonjour',
  })
  const path = `/tickets/${String(opened.body['number'])}`
  const agent = await browser.visit(entranceOf(product, 'support'))
  const { page } = agent
  await page.goto(path)
  await page.locator('html[data-live=open]').waitFor()
  const answered = Promise.withResolvers<void>()
  const written = Promise.withResolvers<void>()
  // A slow line: the house has the message long before the browser has its answer.
  await page.route(
    (url) => url.pathname === path,
    async (route) => {
      if (route.request().method() !== 'POST') return await route.continue()
      const response = await route.fetch({ maxRedirects: 0 })
      written.resolve()
      await answered.promise
      await route.fulfill({ response })
    },
  )
  const form = page.locator(`#reply-${String(opened.body['number'])}`)
  await form.locator('textarea').fill('Éteignez-la une minute.')
  await form.getByRole('button', { name: /^Envoyer à/ }).click()
  await written.promise
  // It would refresh the page within a second: long enough for a refresh to be asked for, if it were.
  const refreshed = page.waitForRequest((asked) => asked.method() === 'GET' && asked.url().endsWith(path), {
    timeout: 2000,
  })
  await customer.post(`${path}/messages`, { text: 'Elle clignote.' })
  expect(
    await refreshed.then(
      () => 'refreshed',
      () => 'left alone',
    ),
  ).toBe('left alone')
  answered.resolve()
  await page.locator('.timeline').getByText('Éteignez-la une minute.').waitFor()
  await page.locator('.timeline').getByText('Elle clignote.').waitFor()
  await expect.poll(() => form.locator('textarea').inputValue(), { timeout: 10_000 }).toBe('')
  expect(agent.complaints).toEqual([])
  await agent.close()
})

test('the customer sees neither who looks nor who writes', async () => {
  const anne = await browser.visit(entranceOf(product, 'cliente'))
  await anne.page.goto(`/tickets/${number}`)
  expect(await presence(anne).count()).toBe(0)
  const shown = await createApiClient(product.url).post(`/tickets/${number}/presence`, { doing: 'viewing' })
  expect(shown.status).toBe(401)
})

test('a canned reply comes by “/”, filled for its reader, without the mouse', async () => {
  const { page } = luc
  await page.goto('/settings/replies')
  await page.getByLabel('Nom').fill('Redémarrer')
  await page
    .getByLabel('Texte')
    .fill('Bonjour {{client}}, redémarrez l’appareil du ticket #{{number}}. {{agent}}')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Réponse type enregistrée').waitFor()
  // What was taken is gone from its form; what was set stands there as it is now.
  await expect.poll(() => page.getByLabel('Nom').inputValue()).toBe('')
  await page.goto('/settings/seller')
  await page.getByLabel('Téléphone').fill('+32 2 555 12 12')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await page.getByText('Réglages enregistrés').waitFor()
  await expect.poll(() => page.getByLabel('Téléphone').inputValue()).toBe('+32 2 555 12 12')
  await page.goto(`/tickets/${number}`)
  const field = reply(luc).locator('textarea')
  await field.click()
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const text = `Bonjour Anne, redémarrez l’appareil du ticket #${number}. Luc Moreau`
  await expect.poll(() => field.inputValue()).toBe(text)
  // In the middle of a line a slash is a slash.
  await page.keyboard.type(' 24/7')
  expect(await field.inputValue()).toBe(`${text} 24/7`)
})

test('nothing of it made the console complain', () => {
  expect([...sofie.complaints, ...luc.complaints]).toEqual([])
})
