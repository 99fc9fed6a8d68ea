/** One ticket, from the welcome mail to the invoice: the main job, over HTTP and real SMTP, on each way to run. */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product, type Way } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import { openSqliteEngine } from '@guichet/store/sqlite'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SELLER } from './testing/seller.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const PASSWORD = 'Boulangerie-2026!'

describe.each<Way>(['start', 'distributed'])('the story, npm run %s', (way) => {
  let product: Product
  let sink: MailSink
  let admin: ApiClient
  let customer: ApiClient
  let companyId: string
  let customerId: string
  let number: number

  beforeAll(async () => {
    sink = await startMailSink()
    product = await startProduct(way, {
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      SMTP_RELAY_URL: sink.url,
      SUPPORT_ADDRESS: 'sos@exeko.test',
      BRAND: 'Exeko',
      REQUIRE_AUTHENTICATED_SENDERS: 'false',
    })
    admin = createApiClient(product.url)
    customer = createApiClient(product.url)
  })
  afterAll(async () => {
    expect(await product.stop()).toBe(0)
    await product.remove()
    await sink.stop()
  })

  async function mail(
    from: string,
    subject: string,
    text: string,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const transport = createTransport({ host: '127.0.0.1', port: product.smtpPort, ignoreTLS: true })
    const { rejected } = await transport.sendMail({
      from,
      to: headers['to'] ?? 'sos@exeko.test',
      subject,
      text,
      inReplyTo: headers['in-reply-to'],
      messageId: headers['message-id'],
    })
    expect(rejected).toEqual([])
    transport.close()
  }
  const settled = (
    which: (row: { from: string; outcome: string; ticket: number | null; subject: string }) => boolean,
  ) =>
    until('the ledger row', async () => {
      const rows = (await admin.get('/mail/ledger')).body['items'] as unknown as {
        from: string
        outcome: string
        ticket: number | null
        subject: string
        id: string
        reason: string
      }[]
      return rows.find((row) => row.outcome !== 'pending' && which(row))
    })
  const ticket = async (client: ApiClient, of = number) => (await client.get(`/tickets/${of}`)).body

  test('staff registers a company and a person; the welcome mail goes through the relay', async () => {
    expect((await admin.signIn(ADMIN.email, ADMIN.password)).status).toBe(200)
    const company = await admin.post('/companies', {
      name: 'Boulangerie Delvaux',
      legalName: 'Boulangerie Delvaux SRL',
      vatNumber: 'BE0403019261',
      enterpriseNumber: '0403019261',
      address: { street: 'Rue du Four 12', zip: '1300', city: 'Wavre', country: 'BE' },
      language: 'en',
    })
    expect(company.status).toBe(201)
    companyId = company.body['id'] ?? ''
    const account = await admin.post(`/companies/${companyId}/accounts`, {
      email: 'anne@delvaux.test',
      name: 'Anne Lambert',
      roles: ['customer', 'billing'],
      language: 'en',
    })
    expect([account.status, account.body['status']]).toEqual([201, 'invited'])
    customerId = account.body['id'] ?? ''
    const { mail: welcome, rcptTo } = await sink.waitFor('the welcome mail', ({ mail: { html } }) =>
      String(html).includes('To the portal'),
    )
    expect(rcptTo).toEqual(['anne@delvaux.test'])
    expect(welcome.headers.get('auto-submitted')).toBe('auto-generated')
    expect(welcome.text).toContain(`${product.url}/activation/`)
  })

  test('the person activates by the rules of the guide, and signs in', async () => {
    const { mail: welcome } = await sink.waitFor(
      'the welcome mail',
      ({ mail: { text } }) => text?.includes('/activation/') ?? false,
    )
    const token = /\/activation\/([\w-]+)/.exec(welcome.text ?? '')?.[1]
    const weak = await customer.post('/activation', { token, password: 'brioche' })
    expect(weak.status).toBe(422)
    expect((weak.body['errors'] as unknown as { code: string }[]).map(({ code }) => code)).toEqual([
      'password-too-short',
      'password-no-upper-case',
      'password-no-digit',
      'password-no-special',
    ])
    expect((await customer.post('/activation', { token, password: PASSWORD })).status).toBe(200)
    expect(
      (await createApiClient(product.url).post('/activation', { token, password: PASSWORD })).status,
    ).toBe(410)
    expect((await customer.signIn('Anne@Delvaux.test', PASSWORD)).status).toBe(200)
    expect((await customer.get('/me')).body['name']).toBe('Anne Lambert')
  })

  test('opens a ticket with a file; support is told, accepts; the customer hears of it in her language', async () => {
    const form = new FormData()
    form.set('subject', 'Imprimante en panne')
    form.set('description', 'Le voyant clignote.')
    form.append('files', new Blob(['journal de la caisse']), 'caisse.log')
    const opened = await customer.post('/tickets', form)
    expect([opened.status, opened.body['status'], opened.body['priority']]).toEqual([201, 'new', 'normal'])
    number = opened.body['number'] ?? 0
    expect(opened.headers.get('location')).toBe(`/api/v1/tickets/${number}`)
    await sink.waitFor(
      'support is told',
      ({ rcptTo, mail: { subject } }) =>
        rcptTo[0] === ADMIN.email && subject?.includes(`[#${number}]`) === true,
    )
    expect((await admin.post(`/tickets/${number}/accept`)).body['status']).toBe('open')
    const accepted = await sink.waitFor('accepted', ({ mail: { html } }) =>
      String(html).includes('Click here to open the ticket'),
    )
    expect(accepted.mail.subject).toContain(`[#${number}]`)
    await until(
      'the notification',
      async () => ((await customer.get('/notifications')).body['unread'] ?? 0) > 0,
    )
    const attachment = (await ticket(customer))['timeline']?.[0]?.['attachments']?.[0]
    const download = await customer.get(`/attachments/${attachment?.['id']}`)
    expect([download.status, download.body]).toEqual([200, 'journal de la caisse'])
    expect(download.headers.get('content-disposition')).toContain('attachment')
  })

  test('support answers and writes a note; the customer answers by mail, quoting', async () => {
    expect(
      (await admin.post(`/tickets/${number}/messages`, { text: 'Avez-vous redémarré la caisse ?' })).status,
    ).toBe(201)
    expect(
      (await admin.post(`/tickets/${number}/messages`, { text: 'Client pressé.', internal: true })).status,
    ).toBe(201)
    const { mail: told } = await sink.waitFor(
      'the answer by mail',
      ({ rcptTo, mail: { text } }) =>
        rcptTo[0] === 'anne@delvaux.test' && text?.includes('redémarré la caisse') === true,
    )
    const replyTo = told.replyTo?.value[0]?.address ?? ''
    expect(replyTo).toMatch(new RegExp(`^sos\\+${number}\\.`))
    await mail(
      'anne@delvaux.test',
      `Re: ${told.subject}`,
      'Oui, sans effet.\n\nOn Tue, 24 Nov 2026 at 10:42, Exeko <sos@exeko.test> wrote:\n> Avez-vous redémarré la caisse ?\n',
      { to: replyTo, 'in-reply-to': told.messageId ?? '' },
    )
    expect(await settled((row) => row.from === 'anne@delvaux.test' && row.ticket === number)).toMatchObject({
      outcome: 'threaded',
    })
    const timeline = (await ticket(customer))['timeline'] as unknown as {
      kind: string
      text: string
      quoted: string
      via: string
    }[]
    const answer = timeline.at(-1)
    expect(answer).toMatchObject({ kind: 'message', text: 'Oui, sans effet.', via: 'mail' })
    expect(answer?.quoted).toContain('> Avez-vous redémarré la caisse ?')
    expect(timeline.some(({ kind }) => kind === 'note')).toBe(false)
  })

  test('waits, closes, reopens by posting and by mail', async () => {
    const step = async (client: ApiClient, name: string) =>
      (await client.post(`/tickets/${number}/${name}`)).body['status']
    expect(await step(admin, 'wait')).toBe('waiting')
    expect(await step(admin, 'close')).toBe('closed')
    expect((await admin.post(`/tickets/${number}/wait`)).status).toBe(409)
    expect((await customer.post(`/tickets/${number}/messages`, { text: 'Cela recommence.' })).status).toBe(
      201,
    )
    expect((await ticket(customer))['status']).toBe('open')
    expect(await step(customer, 'close')).toBe('closed')
    await mail('anne@delvaux.test', `Re: [#${number}] Imprimante en panne`, 'Encore une fois.')
    await until('reopened by mail', async () => (await ticket(customer))['status'] === 'open')
  })

  test('a mail from a registered address opens a ticket, with a receipt; an unregistered one opens nothing and is seen by staff', async () => {
    await mail('anne@delvaux.test', 'Nouveau clavier', 'Il nous faut un clavier.')
    const row = await settled(({ subject }) => subject === 'Nouveau clavier')
    expect(row.outcome).toBe('ticketed')
    expect(await ticket(customer, row.ticket ?? 0)).toMatchObject({
      subject: 'Nouveau clavier',
      priority: 'normal',
      via: 'mail',
    })
    await sink.waitFor(
      'the receipt',
      ({ rcptTo, mail: { subject } }) =>
        rcptTo[0] === 'anne@delvaux.test' && subject?.includes(`[#${row.ticket}]`) === true,
    )
    await mail('inconnu@ailleurs.test', 'Bonjour', 'Puis-je ?')
    expect(await settled(({ from }) => from === 'inconnu@ailleurs.test')).toMatchObject({
      outcome: 'quarantined',
      ticket: null,
    })
    const ledger = (await admin.get('/mail/ledger')).body['totals'] as unknown as Record<string, number>
    const { received, ...outcomes } = ledger
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(received)
  })

  test('the quarantined sender is registered and the mail replayed', async () => {
    const row = await settled(({ from }) => from === 'inconnu@ailleurs.test')
    expect(
      (await admin.post(`/accounts/${customerId}/addresses`, { address: 'inconnu@ailleurs.test' })).status,
    ).toBe(201)
    expect((await admin.post(`/mail/${row.id}/replay`)).status).toBe(200)
    const again = await settled(
      ({ from, outcome }) => from === 'inconnu@ailleurs.test' && outcome === 'ticketed',
    )
    expect((await ticket(customer, again.ticket ?? 0))['requester']?.['name']).toBe('Anne Lambert')
    const raw = await admin.get(`/mail/${row.id}/raw`)
    expect(String(raw.body)).toContain('Puis-je ?')
  })

  test('time is logged under the number and invoiced: the next number, a PDF whose lines name the ticket', async () => {
    const day = '2026-11-20'
    expect(
      (
        await admin.put(`/companies/${companyId}/contract`, {
          rates: [{ kind: 'À distance', unit: 'hour', price: '90.00', vatRate: '21' }],
          rounding: { stepMinutes: 1, minimumMinutes: 0 },
          paymentTermDays: 30,
        })
      ).status,
    ).toBe(200)
    const logged = await admin.post(`/tickets/${number}/prestations`, {
      workedOn: day,
      minutes: 20,
      kind: 'À distance',
      description: 'Diagnostic',
      billable: true,
    })
    expect([logged.status, logged.body['cost']]).toEqual([201, '30.00'])
    expect(
      (
        await admin.post('/invoices', {
          companyId,
          lines: [{ description: 'Clavier', quantity: '1', unit: 'piece', price: '25.00', vatRate: '21' }],
          allowances: [],
        })
      ).status,
    ).toBe(201)
    const unsold = await admin.post('/invoice-runs', { from: '2026-11-01', to: '2026-11-30' })
    const draft = unsold.body['drafts']?.[0]
    const withoutSeller = await admin.post(`/invoices/${draft?.['id']}/issue`)
    expect(withoutSeller.status).toBeGreaterThanOrEqual(409)
    expect((await admin.put('/settings/seller', SELLER)).status).toBe(200)
    const issued = await admin.post(`/invoices/${draft?.['id']}/issue`)
    expect(issued.status).toBe(200)
    const invoice = issued.body['number']
    expect(issued.body['totals']).toMatchObject({ net: '30.00', gross: '36.30', payable: '36.30' })
    expect((issued.body['lines'] as unknown as { ticket: number }[]).map((line) => line.ticket)).toEqual([
      number,
    ])
    const pdf = await fetch(`${product.url}/api/v1/invoices/${invoice}/pdf`, {
      headers: { cookie: customer.cookie },
    })
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    const { mail: told } = await sink.waitFor(
      'the invoice by mail',
      ({ rcptTo, mail: { attachments } }) => rcptTo[0] === 'anne@delvaux.test' && attachments.length === 2,
    )
    expect(told.attachments.map(({ contentType }) => contentType)).toEqual([
      'application/pdf',
      'application/xml',
    ])
    const afterwards = await admin.patch(`/tickets/${number}/prestations/${logged.body['id']}`, {
      minutes: 99,
    })
    expect(afterwards.status).toBe(409)
  })

  test('another company’s customer sees nothing of all this', async () => {
    const other = await admin.post('/companies', { name: 'Autre SA' })
    const account = await admin.post(`/companies/${other.body['id']}/accounts`, {
      email: 'bob@autre.test',
      name: 'Bob',
      roles: ['customer', 'billing', 'manager'],
      language: 'nl',
    })
    expect(account.status).toBe(201)
    const { mail: welcome } = await sink.waitFor(
      'Bob’s welcome',
      ({ rcptTo }) => rcptTo[0] === 'bob@autre.test',
    )
    expect(welcome.html).toContain('Naar het portaal')
    const bob = createApiClient(product.url)
    const token = /\/activation\/([\w-]+)/.exec(welcome.text ?? '')?.[1]
    expect((await bob.post('/activation', { token, password: PASSWORD })).status).toBe(200)
    const attachment = (await ticket(customer))['timeline']?.[0]?.['attachments']?.[0]?.['id']
    for (const path of [
      `/tickets/${number}`,
      `/tickets/${number}/timeline`,
      `/tickets/${number}/prestations`,
      `/attachments/${attachment}`,
      `/companies/${companyId}`,
      `/accounts/${customerId}`,
      `/invoices/F-1`,
      '/tickets/999999',
    ]) {
      expect([path, (await bob.get(path)).status]).toEqual([path, 404])
    }
    expect((await bob.post(`/tickets/${number}/messages`, { text: 'Bonjour' })).status).toBe(404)
    expect((await bob.get('/tickets')).body['items']).toEqual([])
    expect((await bob.get('/tickets?q=imprimante')).body['items']).toEqual([])
    expect((await bob.get('/mail/ledger')).status).toBe(403)
  })

  test('every queue has drained: nothing waits, nothing is dead', async () => {
    expect((await admin.get('/dead-letters')).body['items']).toEqual([])
    await until(
      'no mail is pending',
      async () => ((await admin.get('/mail/ledger')).body['totals']?.['pending'] ?? 1) === 0,
    )
  })

  test.runIf(way === 'start')('whatever anyone refers to is out of the sweep’s reach', async () => {
    expect(await product.stop()).toBe(0)
    const engine = openSqliteEngine({ dataDir: product.dataDir, relay: false })
    try {
      expect(await engine.service('archiver').blobs.sweepLoose(Date.now() + 1)).toBe(0)
    } finally {
      await engine.close()
    }
  })
})
