/**
 * A customer with every role a client can have, in a real browser, tries other people's links and sends what runs
 * elsewhere (spec/security.md lines 5 to 9, 11). What each request answers is in closed-by-default; this is what is
 * seen on the screen and what the browser does with it.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, type TestBrowser, type Visitor } from './testing/browser.ts'
import { newClient, signedIn } from './testing/newcomers.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const PASSWORD = 'Boulangerie-2026!'
/** In all that is Anne's, and in nothing else. */
const SECRET = 'Brioche-7431'

let sink: MailSink
let product: Product
let browser: TestBrowser
let admin: ApiClient
let anne: { api: ApiClient; id: string; companyId: string }
let ticket: number
let attachment: string
let eve: Visitor
let otherSite: { server: Server; url: string; html: string }

const client = (company: string, email: string, roles: string[]) =>
  newClient({ product, sink, admin }, { company, email, roles, password: PASSWORD })
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
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  anne = await client(`Delvaux ${SECRET}`, 'anne@delvaux.test', ['customer'])
  await client('Autre', 'eve@autre.test', ['customer', 'manager', 'billing'])
  const form = new FormData()
  form.set('subject', `Salaires ${SECRET}`)
  form.set('description', `Le mot de passe est ${SECRET}`)
  form.append('files', new File([SECRET], `${SECRET}.txt`, { type: 'text/plain' }))
  const opened = await anne.api.post('/tickets', form)
  ticket = Number(opened.body['number'])
  const { body } = await anne.api.get(`/tickets/${ticket}`)
  attachment = String(body['timeline']?.[0]?.['attachments']?.[0]?.['id'])
  eve = await enter('eve@autre.test', PASSWORD)
  const server = createServer((_request, answer) => {
    answer.setHeader('content-type', 'text/html').end(otherSite.html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  otherSite = { server, url: `http://localhost:${(server.address() as AddressInfo).port}`, html: '' }
})
afterAll(async () => {
  otherSite.server.close()
  await browser.close()
  await product.remove()
  await sink.stop()
})

describe('other people’s links', () => {
  const links = () => [
    `/tickets/${ticket}`,
    `/tickets/${ticket}/note`,
    `/attachments/${attachment}`,
    `/companies/${anne.companyId}`,
    `/companies/${anne.companyId}/contract`,
    `/people/${anne.id}`,
    `/audit/tickets/${ticket}`,
    '/mail/quarantine',
    '/mail/ledger',
    '/outbox',
    '/staff',
    '/settings/seller',
    '/unbilled',
  ]

  test('lead nowhere, and say nothing of what is there', async () => {
    for (const link of links()) {
      const answer = await eve.page.goto(link)
      expect([link, answer?.status()]).toEqual([link, 404])
      expect(await eve.page.content()).not.toContain(SECRET)
    }
    // What was never there looks the same.
    await eve.page.goto(`/tickets/${ticket}`)
    const there = await eve.page.locator('main').innerText()
    await eve.page.goto('/tickets/999999')
    expect(await eve.page.locator('main').innerText()).toBe(there)
  })

  test('are not found by searching, nor in the stream of what happens', async () => {
    await eve.page.goto(`/tickets?q=${SECRET}`)
    expect(await eve.page.locator('main').innerText()).not.toContain('Salaires')
    const heard = eve.page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const stream = new EventSource('/api/v1/events')
          let text = ''
          for (const kind of ['ticket', 'notification', 'counters', 'message'])
            stream.addEventListener(kind, ({ data }) => (text += String(data)))
          // Eve's own ticket comes after Anne's message: once it is heard, Anne's would have been.
          stream.addEventListener('ticket', () => resolve(text))
          stream.addEventListener('open', () => void fetch('/ready-for-the-test'))
        }),
    )
    await eve.page.waitForRequest(/ready-for-the-test/)
    await anne.api.post(`/tickets/${ticket}/messages`, { text: `Encore ${SECRET}` })
    const api = createApiClient(product.url)
    await api.signIn('eve@autre.test', PASSWORD)
    const own = await api.post('/tickets', { subject: 'À moi', description: 'Bonjour' })
    expect(await heard).toContain(String(own.body['number']))
    expect(await heard).not.toContain(`"number":${ticket}`)
  })

  test('nor does a form bent to them change anything', async () => {
    await eve.page.goto('/tickets/new')
    const statuses = await eve.page.evaluate(
      async ({ number, requester }) => {
        const post = async (path: string, fields: Record<string, string>) =>
          (
            await fetch(path, {
              method: 'POST',
              body: new URLSearchParams(fields),
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
            })
          ).status
        return [
          await post(`/tickets/${number}/message`, { text: 'Je suis Anne' }),
          await post(`/tickets/${number}/close`, {}),
          await post(`/tickets/${number}/assign`, { accountId: requester }),
          await post(`/people/${requester}`, { name: 'Eve', 'role-admin': 'true', language: 'fr' }),
          await post('/staff', { name: 'Eve', email: 'eve2@autre.test', 'role-admin': 'true' }),
        ]
      },
      { number: ticket, requester: anne.id },
    )
    expect(statuses).toEqual([404, 404, 404, 404, 404])
    const { body } = await admin.get(`/tickets/${ticket}`)
    expect(body['status']).toBe('new')
    expect(JSON.stringify(body)).not.toContain('Je suis Anne')
  })
})

describe('what she sends', () => {
  const SCRIPT = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>'

  test('runs in nobody’s browser, and fetches nothing', async () => {
    await eve.page.goto('/tickets/new')
    await eve.page.fill('input[name=subject]', `Aide ${SCRIPT}`)
    await eve.page.fill('textarea[name=description]', `Voici ${SCRIPT} {{constructor}} \${7*7}`)
    await eve.page.setInputFiles('input[type=file]', {
      name: '"><script>window.pwned=3</script>.html',
      mimeType: 'text/html',
      buffer: Buffer.from('<script>window.pwned=4</script>'),
    })
    await eve.page.locator('form[action="/tickets/new"] button').last().click()
    await eve.page.waitForURL(/\/tickets\/\d+$/)
    const own = /\d+$/.exec(eve.page.url())?.[0] ?? ''

    const transport = createTransport({ host: '127.0.0.1', port: product.smtpPort, ignoreTLS: true })
    await transport.sendMail({
      from: `"${'<svg onload=window.pwned=5>'}" <eve@autre.test>`,
      to: 'sos@exeko.test',
      subject: `Courrier ${SCRIPT}`,
      text: 'Voir la version HTML',
      html: `<p>Bonjour</p>${SCRIPT}<svg onload="window.pwned=6"></svg><a href="javascript:window.pwned=7">ici</a>
        <img src="${otherSite.url}/pixel.png"><form action="${otherSite.url}"><input name=password></form>
        <style>body{background:url(${otherSite.url}/style.png)}</style><iframe src="${otherSite.url}"></iframe>`,
    })
    await sink.waitFor('the receipt', ({ rcptTo, mail }) =>
      Boolean(rcptTo[0] === 'eve@autre.test' && mail.subject?.includes('Courrier')),
    )

    const agent = await enter(ADMIN.email, ADMIN.password)
    const left: string[] = []
    agent.page.on('request', (request) => {
      if (!request.url().startsWith(product.url) && !request.url().startsWith('data:'))
        left.push(request.url())
    })
    const listed = await admin.get('/tickets?view=open')
    const numbers = [...listed.body['items']].map((item) => String(item['number']))
    for (const path of [
      '/',
      '/tickets',
      `/tickets/${own}`,
      ...numbers.map((number) => `/tickets/${number}`),
      '/notifications',
      '/mail',
    ]) {
      await agent.page.goto(path)
      await agent.page.waitForLoadState('networkidle')
      expect([path, await agent.page.evaluate(() => (globalThis as { pwned?: number }).pwned)]).toEqual([
        path,
        undefined,
      ])
    }
    expect(left).toEqual([])
    expect(agent.complaints).toEqual([])
    await agent.close()
  })
})

describe('another site', () => {
  test('cannot act with her session: a form that sends itself changes nothing', async () => {
    const api = createApiClient(product.url)
    await api.signIn('eve@autre.test', PASSWORD)
    const own = Number((await api.post('/tickets', { subject: 'Cible', description: 'x' })).body['number'])
    // Another site gets no cookie sent along; another port of this machine does, and is told apart by its origin.
    for (const from of [otherSite.url, otherSite.url.replace('localhost', '127.0.0.1')]) {
      for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']) {
        otherSite.html = `<form method=post enctype="${type}" action="${product.url}/tickets/${own}/close"><input name=a value=b></form>`
        await eve.page.goto(from)
        await Promise.all([
          eve.page.waitForURL((url) => url.origin === product.url),
          eve.page.evaluate(() => document.forms[0]?.submit()),
        ])
        expect((await api.get(`/tickets/${own}`)).body['status']).toBe('new')
      }
    }
    // The same form of the portal's own page does close it.
    await eve.page.goto(`/tickets/${own}`)
    await eve.page.locator(`form[action="/tickets/${own}/close"] button`).first().click()
    await eve.page.locator('.status.closed').first().waitFor()
    expect((await api.get(`/tickets/${own}`)).body['status']).toBe('closed')
  })

  test('shows nothing of the portal in a frame', async () => {
    otherSite.html = `<iframe src="${product.url}/tickets"></iframe>`
    await eve.page.goto(otherSite.url)
    await eve.page.waitForLoadState('networkidle')
    const framed = eve.page.frames().find((frame) => frame !== eve.page.mainFrame())
    expect(framed?.url()).toMatch(/^chrome-error:/)
  })

  test('is not where a sign-in leads to', async () => {
    for (const next of ['https://evil.test/', '//evil.test/', '/\\evil.test', 'javascript:alert(1)']) {
      const visitor = await browser.visit(`${product.url}/sign-in?next=${encodeURIComponent(next)}`)
      await visitor.page.fill('input[name=login]', 'eve@autre.test')
      await visitor.page.fill('input[name=password]', PASSWORD)
      await visitor.page.locator('form button').first().click()
      await visitor.page.waitForURL((url) => url.pathname !== '/sign-in')
      expect(new URL(visitor.page.url()).origin).toBe(product.url)
      await visitor.close()
    }
  })
})

describe('her session', () => {
  test('is out of reach of scripts, and nothing is left on the screen once it has ended', async () => {
    const visitor = await enter('anne@delvaux.test', PASSWORD)
    const { page } = visitor
    await page.goto(`/tickets/${ticket}`)
    await page.getByText(SECRET).first().waitFor()
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await page.goto('/tickets')
    await page.locator('form[action="/sign-out"] button').first().click()
    await page.waitForURL((url) => url.pathname === '/')
    for (let step = 0; step < 3; step += 1) {
      await page.goBack()
      await page.waitForLoadState('networkidle')
      expect([page.url(), await page.content()].join('\n')).not.toContain(SECRET)
    }
    await visitor.close()
  })
})
