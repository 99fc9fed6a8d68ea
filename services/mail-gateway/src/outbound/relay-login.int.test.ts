/** Sending by XOAUTH2 against a relay and a token endpoint that say no when told to: mail waits, and leaves after. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { listOutbox, mailFailed } from '@guichet/contracts/mail'
import { mailRequested } from '@guichet/contracts/notification'
import { loadConfig } from '@guichet/service/config'
import { accountActor, type Harness, serve, serveNeighbour, startHarness } from '@guichet/service/harness'
import { answer, services, type ServiceParts } from '@guichet/service'
import { getAccounts } from '@guichet/contracts/identity'
import { newBlobId } from '@guichet/store'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mailGatewayConfig, type MailGatewayConfig } from '../config.ts'
import { createMailGatewayService } from '../service.ts'

const USER = 'sos@exeko.test'
let issued: number
let grants: string[]
/** Those it was asked with; each is good once. */
let refreshTokens: (string | null)[]
let isGranting: boolean
/** Tokens that the relay lets in; how it says no. */
let valid: Set<string>
let refusal: '535' | '334'
let logins: { user: string | undefined; token: string | undefined }[]
let received: number
let provider: Server
let relay: SMTPServer
let clock: FakeClock
let harness: Harness
let registry: ServiceParts<unknown>['metrics']
/** Sign-ins that were refused, as Prometheus reads it. */
const refusedCount = async () => {
  const [line] = (await registry.metrics()).match(/^guichet_mail_sign_ins_refused_total.*$/m) ?? []
  return line?.split(' ')
}
const OF_THE_RELAY = 'guichet_mail_sign_ins_refused_total{service="mail-gateway",at="relay"}'

beforeEach(async () => {
  issued = 0
  grants = []
  refreshTokens = []
  isGranting = true
  valid = new Set()
  refusal = '334'
  logins = []
  received = 0
  clock = createFakeClock()
  provider = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const form = new URLSearchParams(body)
      grants.push(form.get('grant_type') ?? '')
      const given = form.get('refresh_token')
      const isRight = isGranting && (given === null || !refreshTokens.includes(given))
      refreshTokens.push(given)
      response.statusCode = isRight ? 200 : 400
      const token = `t0ken-${(issued += 1)}`
      if (isRight) valid.add(token)
      const answer = { access_token: token, refresh_token: `r3fresh-${issued}`, expires_in: 3600 }
      response.end(JSON.stringify(isRight ? answer : { error: 'invalid_grant' }))
    })
  })
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  relay = new SMTPServer({
    authMethods: ['XOAUTH2'],
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, accessToken }, _session, done) => {
      logins.push({ user: username, token: accessToken })
      if (accessToken !== undefined && valid.has(accessToken)) return done(null, { user: username })
      if (refusal === '334') return done(null, { data: { status: '401', schemes: 'bearer' } })
      done(Object.assign(new Error('5.7.3 Authentication unsuccessful'), { responseCode: 535 }))
    },
    onData: (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => {
        received += 1
        done()
      })
    },
  })
  relay.on('error', () => undefined)
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await harness.stop()
  await new Promise<void>((resolve) => relay.close(() => resolve()))
  provider.close()
})

async function open(env: Record<string, string> = {}): Promise<void> {
  const port = (server: { address(): unknown }) => (server.address() as AddressInfo).port
  const config = loadConfig(mailGatewayConfig, {
    SMTP_PORT: '0',
    SUPPORT_ADDRESS: USER,
    SMTP_RELAY_URL: `smtp://${encodeURIComponent(USER)}@127.0.0.1:${port(relay.server)}`,
    MAIL_OAUTH_TOKEN_URL: `http://127.0.0.1:${port(provider)}/token`,
    MAIL_OAUTH_CLIENT_ID: 'guichet',
    MAIL_OAUTH_CLIENT_SECRET: 's3cret',
    ...env,
  })
  const identity = serveNeighbour('identity', [answer(getAccounts, services(), async () => ({ items: [] }))])
  harness = await startHarness({
    clock,
    services: [
      identity,
      serve(
        'mail-gateway',
        (parts: ServiceParts<MailGatewayConfig>) => {
          registry = parts.metrics
          return createMailGatewayService(parts)
        },
        config,
      ),
    ],
  })
}

async function request(mailId: string): Promise<void> {
  const contentBlobId = newBlobId()
  const content = { subject: `Objet ${mailId}`, text: 'Bonjour', html: '<p>Bonjour</p>' }
  await harness.engine
    .service('outside')
    .blobs.put(contentBlobId, new TextEncoder().encode(JSON.stringify(content)))
  const data = {
    mailId,
    kind: 'message-posted',
    accountId: null,
    address: 'anne@acme.test',
    contentBlobId,
    attachments: [],
    ticket: null,
    inReplyToMailId: null,
    secret: false,
  }
  await harness.publish(mailRequested, data, { key: mailId })
}
const one = async (id: string) =>
  (await harness.as(accountActor('sofie')).ask(listOutbox, { limit: 100 })).items.find(
    (mail) => mail.id === id,
  )
const inTime = (what: string, check: () => boolean) =>
  harness.until(what, () => {
    clock.advance({ seconds: 10 })
    return check()
  })

test.each([
  ['client credentials', {}, 'client_credentials'],
  ['a refresh token', { MAIL_OAUTH_REFRESH_TOKEN: 'r3fresh' }, 'refresh_token'],
])('signs in with an access token had by %s; no secret is logged', async (_what, env, grant) => {
  await open(env)
  await request('m1')
  await harness.until('it has left', () => received === 1)
  expect(grants).toEqual([grant])
  expect(logins).toEqual([{ user: USER, token: 't0ken-1' }])
  expect(await refusedCount()).toEqual([OF_THE_RELAY, '0'])
  expect(harness.logLines.join('\n')).not.toMatch(/t0ken|r3fresh|s3cret/)
})

test.each([
  ['client credentials', {}, [null, null]],
  [
    'a refresh token, the second time the one that took its place',
    { MAIL_OAUTH_REFRESH_TOKEN: 'r3fresh' },
    ['r3fresh', 'r3fresh-1'],
  ],
])('a token is renewed before its end, by %s', async (_what, env, expected) => {
  await open(env)
  await request('m1')
  await harness.until('it has left', () => received === 1)
  for (const connection of relay.connections as Set<{ _socket: { destroy: () => void } }>)
    connection._socket.destroy()
  clock.advance({ minutes: 59, seconds: 1 })
  await request('m2')
  await inTime('it has left too', () => received === 2)
  expect(logins.at(-1)?.token).toBe('t0ken-2')
  expect(refreshTokens).toEqual(expected)
})

test.each(['334', '535'] as const)(
  'a token that was revoked (%s) is replaced, and the mail leaves',
  async (how) => {
    refusal = how
    await open()
    await request('m1')
    await harness.until('it has left', () => received === 1)
    valid.clear()
    for (const connection of relay.connections as Set<{ _socket: { destroy: () => void } }>)
      connection._socket.destroy()
    await request('m2')
    await inTime('it has left too', () => received === 2)
    expect(new Set(logins.map(({ token }) => token))).toEqual(new Set(['t0ken-1', 't0ken-2']))
  },
)

test('a provider that gives no token fails no mail for days: it waits, says why, and leaves when that is mended', async () => {
  isGranting = false
  await open()
  await request('m1')
  await harness.until('it says why', async () => (await one('m1'))?.answer != null)
  clock.advance({ hours: 48 })
  await inTime('it was tried again', () => grants.length > 1)
  expect(await one('m1')).toMatchObject({
    status: 'queued',
    answer: 'the provider gives no access token (invalid_grant)',
    loginRefused: true,
  })
  expect(harness.logLines.join('\n')).toContain('sign-in is refused')
  const [name, count] = (await refusedCount()) ?? []
  expect(name).toBe(OF_THE_RELAY)
  expect(Number(count)).toBeGreaterThanOrEqual(2)
  isGranting = true
  await inTime('it has left', () => received === 1)
  expect(harness.events.filter(({ subject }) => subject === mailFailed.subject)).toEqual([])
})
