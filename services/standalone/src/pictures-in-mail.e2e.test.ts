/** Pictures of a mail (spec/mail.md section 3): those it brought are shown, those elsewhere wait for the reader's word. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessFaults, openBrowser, screenshot, type TestBrowser } from './testing/browser.ts'
import { newClient, signedIn } from './testing/newcomers.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const PASSWORD = 'Boulangerie-2026!'
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let product: Product
let sink: MailSink
let browser: TestBrowser
let admin: ApiClient
let elsewhere: Server
/** What another server was asked for, by whomever. */
const asked: string[] = []
let number = 0
let picture = ''
let contract = ''

const client = async (email: string) =>
  (await newClient({ product, sink, admin }, { company: email, email, password: PASSWORD })).api
const enter = (email: string, password: string) => signedIn(browser, product, { email, password })

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
  elsewhere = createServer((request, answer) => {
    asked.push(`${request.method} ${request.url}`)
    answer.end()
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  const spy = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  const anne = await client('anne@delvaux.test')
  await client('eve@autre.test')
  const transport = createTransport({ host: '127.0.0.1', port: product.smtpPort, ignoreTLS: true })
  await transport.sendMail({
    from: 'anne@delvaux.test',
    to: 'sos@exeko.test',
    subject: 'Écran bleu',
    text: 'Voici ce que je vois.',
    html: `<p>Voici ce que je vois.</p><img src="cid:ecran@delvaux" alt="L’écran"><img src="https://suivi.test/p.png" alt="Logo">
      <img src="${spy}/img"><link rel="stylesheet" href="${spy}/style"><style>@import "${spy}/import";</style><p style="background:url(${spy}/css)">Merci</p>
      <iframe src="${spy}/frame"></iframe><svg><image href="${spy}/svg"/></svg><script>fetch("${spy}/script")</script>`,
    attachments: [
      { filename: 'image001.png', content: PNG, contentType: 'image/png', cid: 'ecran@delvaux' },
      { filename: 'contrat.pdf', content: '%PDF-1.7', contentType: 'application/pdf' },
    ],
  })
  transport.close()
  const message = await until('it is a ticket', async () => {
    const { items } = (await anne.get('/tickets')).body as unknown as { items: { number: number }[] }
    number = items[0]?.number ?? 0
    return number === 0 ? undefined : (await anne.get(`/tickets/${number}`)).body['timeline']?.[0]
  })
  const files = message['attachments'] as unknown as { id: string; name: string }[]
  expect(files.map(({ name }) => name)).toEqual(['image001.png', 'contrat.pdf'])
  ;[picture = '', contract = ''] = files.map(({ id }) => id)
})
afterAll(async () => {
  elsewhere.close()
  await browser.close()
  await product.remove()
  await sink.stop()
})

test('a picture that the mail brought is shown with its text, and is not a file beside it too', async () => {
  const { page, complaints, close } = await enter('anne@delvaux.test', PASSWORD)
  await page.goto(`/tickets/${number}`)
  const shown = page.locator(`.pictures img[src="/api/v1/attachments/${picture}"]`)
  await shown.scrollIntoViewIfNeeded()
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  expect(await page.locator('.attachments a').allInnerTexts()).toEqual([
    expect.stringContaining('contrat.pdf'),
  ])
  expect(await page.locator(`.attachments a[href$="${contract}"]`).count()).toBe(1)
  await screenshot(page, 'pictures-in-ticket')
  expect([complaints, asked]).toEqual([[], []])
  await close()
})

test('the message as it was sent asks other servers for nothing, until its reader says so, and then tells them no page', async () => {
  const { page, complaints, close } = await enter('anne@delvaux.test', PASSWORD)
  const requests: (string | undefined)[] = []
  await page.context().route(
    ({ protocol }) => protocol === 'https:',
    async (route) => {
      requests.push(route.request().url(), route.request().headers()['referer'])
      await route.fulfill({ contentType: 'image/png', body: PNG })
    },
  )
  await page.goto(`/tickets/${number}`)
  const [own] = await Promise.all([
    // The ticket's own page asks for it too, and says where it stands.
    page.waitForResponse(
      (response) => response.url().endsWith(picture) && !('referer' in response.request().headers()),
    ),
    page.waitForURL(/\/messages\/1-0$/),
    page.getByRole('link', { name: 'Afficher l’original' }).click(),
  ])
  expect(own.status()).toBe(200)
  await screenshot(page, 'original-blocked')
  expect([requests, complaints]).toEqual([[], []])
  // Where no script runs, a driven click waits for ever: its link is followed.
  const link = await page.getByRole('link', { name: 'Afficher les images distantes' }).getAttribute('href')
  await Promise.all([
    page.waitForResponse('https://suivi.test/p.png'),
    page.goto(new URL(link ?? '', page.url()).href),
  ])
  expect(requests.slice(0, 2)).toEqual(['https://suivi.test/p.png', undefined])
  await screenshot(page, 'original-remote')
  // The server of the attack saw neither ours nor the browser: plain http is never asked.
  expect(asked).toEqual([])
  await close()
})

test('it is read with every help', async () => {
  const anne = createApiClient(product.url)
  await anne.signIn('anne@delvaux.test', PASSWORD)
  const answer = await fetch(`${product.url}/tickets/${number}/messages/1-0`, {
    headers: { cookie: anne.cookie },
  })
  // Where it stands no script runs, the examiner's neither: it is examined outside.
  const { page, close } = await browser.visit(`${product.url}/sign-in`)
  const html = await answer.text()
  await page.route('**/examined', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto('/examined')
  expect(await accessFaults(page)).toEqual([])
  await close()
})

test('its policy opens pictures over https, there alone, and nothing else', async () => {
  const anne = createApiClient(product.url)
  await anne.signIn('anne@delvaux.test', PASSWORD)
  const policyOf = async (path: string) => {
    const answer = await fetch(product.url + path, { headers: { cookie: anne.cookie } })
    expect(answer.status).toBe(200)
    return answer.headers.get('content-security-policy') ?? ''
  }
  const blocked = await policyOf(`/tickets/${number}/messages/1-0`)
  const remote = await policyOf(`/tickets/${number}/messages/1-0?images=remote`)
  expect(blocked).toContain('sandbox allow-same-origin')
  expect(blocked).not.toMatch(/allow-scripts|script-src|https:/)
  expect(remote).toBe(blocked.replace("img-src 'self'", "img-src 'self' https:"))
  expect(await policyOf(`/tickets/${number}?images=remote`)).not.toContain('https:')
})

test('another customer finds neither the message nor its picture', async () => {
  const eve = createApiClient(product.url)
  await eve.signIn('eve@autre.test', PASSWORD)
  for (const path of [`/api/v1/attachments/${picture}`, `/tickets/${number}/messages/1-0?images=remote`]) {
    const answer = await fetch(product.url + path, { headers: { cookie: eve.cookie } })
    expect([path, answer.status]).toEqual([path, 404])
    expect(await answer.text()).not.toMatch(/Écran bleu|Voici ce que/)
  }
})
