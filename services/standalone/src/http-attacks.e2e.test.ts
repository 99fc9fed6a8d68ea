/** spec/security.md over the running product, each line with what an attacker sends. */
import { request } from 'node:http'
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startMailSink, type MailSink } from '@guichet/testing/mail-sink'
import { startProduct, type Product } from '@guichet/testing/product'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newClient } from './testing/newcomers.ts'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const PASSWORD = 'Boulangerie-2026!'
const PUBLIC_URL = 'https://desk.exeko.test'

let sink: MailSink
let product: Product
let admin: ApiClient
let anne: ApiClient
let bob: ApiClient
let number: number

const client = async (company: string, email: string) =>
  (await newClient({ product, sink, admin }, { company, email, password: PASSWORD })).api

beforeAll(async () => {
  sink = await startMailSink()
  product = await startProduct('start', {
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    PUBLIC_URL,
    SMTP_RELAY_URL: sink.url,
  })
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  anne = await client('Delvaux', 'anne@delvaux.test')
  bob = await client('Autre', 'bob@autre.test')
  number = Number((await anne.post('/tickets', { subject: 'Panne', description: 'Bonjour' })).body['number'])
})
afterAll(async () => {
  await product.remove()
  await sink.stop()
})

/** As nothing but a socket sends it: any host, any header. */
function raw(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${product.url}${path}`, { method, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('line 4: links are built from PUBLIC_URL', () => {
  test('whatever Host the request for a reset names', async () => {
    const seen = sink.mails.length
    const { status } = await raw(
      'POST',
      '/api/v1/password-resets',
      { host: 'evil.test', 'x-forwarded-host': 'evil.test', 'content-type': 'application/json' },
      JSON.stringify({ email: 'anne@delvaux.test' }),
    )
    expect(status).toBe(202)
    const { mail } = await sink.waitFor('the reset', ({ rcptTo, mail: { text } }) =>
      Boolean(rcptTo.includes('anne@delvaux.test') && text?.includes('/password-resets/')),
    )
    expect(mail.text).toContain(`${PUBLIC_URL}/password-resets/`)
    expect(sink.mails.slice(seen).some(({ raw: bytes }) => bytes.toString().includes('evil.test'))).toBe(
      false,
    )
  })
})

describe('line 5: the cookie', () => {
  test('is __Host-, Secure, HttpOnly and SameSite where people come over HTTPS', async () => {
    const answer = await createApiClient(product.url).signIn(ADMIN.email, ADMIN.password)
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-guichet_session=[\w-]{43,};/)
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax'])
      expect(cookie).toContain(attribute)
    expect(cookie).not.toContain('Domain=')
  })
})

describe('line 6: a form on another site changes nothing', () => {
  const kinds = [
    ['application/x-www-form-urlencoded', 'text=Pirate'],
    ['text/plain', '{"text":"Pirate"}'],
    ['application/json', '{"text":"Pirate"}'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nPirate\r\n--x--\r\n',
    ],
  ] as const
  test.each(kinds)('%s', async (type, body) => {
    for (const path of [`/api/v1/tickets/${number}/messages`, `/tickets/${number}`]) {
      const headers = { 'content-type': type, cookie: anne.cookie, origin: 'https://evil.test' }
      const { status } = await raw('POST', path, headers, body)
      expect([path, status]).toEqual([path, 403])
    }
    const { timeline } = (await anne.get(`/tickets/${number}`)).body as unknown as { timeline: object[] }
    expect(timeline).toHaveLength(1)
  })
})

describe('line 7: what the browser is told', () => {
  test.each(['/', '/sign-in', `/nowhere`, '/api/v1/me', '/api/docs'])('%s', async (path) => {
    const { headers } = await raw('GET', path, { accept: 'text/html' })
    const policy = String(headers['content-security-policy'])
    for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule)
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['strict-transport-security']).toContain('max-age=')
  })
})

describe('line 10: input that is no input', () => {
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`
  const many = `{${Array.from({ length: 100_000 }, (_, at) => `"k${at}":1`).join(',')}}`
  test.each([
    ['an operator of a document store', '{"login":{"$ne":null},"password":{"$ne":null}}', 400],
    ['quotes of SQL', `{"login":"' OR 1=1 --","password":"x"}`, 401],
    ['a prototype', '{"login":"a","password":"b","__proto__":{"roles":["admin"]}}', 400],
    ['a constructor', '{"login":"a","password":"b","constructor":{"prototype":{"roles":["admin"]}}}', 400],
    ['5,000 levels deep', `{"login":"a","password":"b","x":${deep}}`, 400],
    ['100,000 keys', many, 413],
    ['no object at all', '[]', 400],
    ['a number', '42', 400],
    ['nothing', '', 400],
  ])('%s', async (_what, body, status) => {
    const answer = await raw('POST', '/api/v1/session', { 'content-type': 'application/json' }, body)
    expect([answer.status, String(answer.headers['content-type'])]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ])
    expect(answer.text).not.toMatch(/at \w+.*:\d+:\d+|node_modules|SQLITE/)
  })

  test('what was polluted is clean: the next stranger is nobody', async () => {
    expect((await createApiClient(product.url).get('/me')).status).toBe(401)
    expect((await createApiClient(product.url).get('/companies')).status).toBe(401)
  })
})

describe('line 14: files', () => {
  async function sendFile(name: string, type: string, bytes: string) {
    const form = new FormData()
    form.set('text', 'Voyez ci-joint')
    form.set('files', new Blob([bytes], { type }), name)
    const answer = await anne.post(`/tickets/${number}/messages`, form)
    expect(answer.status).toBe(201)
    return answer.body['attachments']?.[0] as { id: string; name: string; type: string } | undefined
  }

  test('a page of HTML and a drawing with script come back as downloads in a sandbox', async () => {
    for (const [name, type] of [
      ['page.html', 'text/html'],
      ['dessin.svg', 'image/svg+xml'],
    ] as const) {
      const file = await sendFile(name, type, '<svg><script>alert(1)</script></svg>')
      const answer = await anne.get(`/attachments/${file?.id}`)
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
      expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test('a path in the name goes nowhere; the type is what the bytes say', async () => {
    const file = await sendFile('../../../etc/cron.d/x', 'image/png', '%PDF-1.7\n')
    expect(file).toMatchObject({ name: 'x', type: 'application/pdf' })
  })

  test('another company’s file is not found, by whatever id', async () => {
    const file = await sendFile('secret.txt', 'text/plain', 'secret')
    expect((await bob.get(`/attachments/${file?.id}`)).status).toBe(404)
    expect((await anne.get(`/attachments/${file?.id}`)).status).toBe(200)
  })
})

describe('line 19: what is one account’s is worthless to another', () => {
  test('an idempotency key', async () => {
    const headers = { 'idempotency-key': 'same-key' }
    const body = { subject: 'Secret de Delvaux', description: 'x' }
    const hers = await anne.post('/tickets', body, headers)
    const his = await bob.post('/tickets', { subject: 'Autre', description: 'y' }, headers)
    expect(his.body['number']).not.toBe(hers.body['number'])
    expect((await anne.post('/tickets', body, headers)).body['number']).toBe(hers.body['number'])
  })

  test('a cursor', async () => {
    for (let at = 0; at < 3; at += 1) await anne.post('/tickets', { subject: `Un ${at}`, description: 'x' })
    const { next } = (await anne.get('/tickets?view=open&limit=1')).body
    const answer = await bob.get(`/tickets?view=open&limit=100&cursor=${encodeURIComponent(String(next))}`)
    const items = answer.status === 200 ? (answer.body['items'] as unknown as { subject: string }[]) : []
    expect(items.every(({ subject }) => subject === 'Autre')).toBe(true)
  })
})

describe('line 20: limits', () => {
  test('a body over the limit is 413, headers over it 431; the next call is answered', async () => {
    const big = JSON.stringify({ subject: 'x', description: 'y'.repeat(2 * 1024 * 1024) })
    expect((await anne.post('/tickets', JSON.parse(big))).status).toBe(413)
    expect((await raw('GET', '/', { 'x-long': 'x'.repeat(20_000) })).status).toBe(431)
    expect((await anne.get('/me')).status).toBe(200)
  })
})
