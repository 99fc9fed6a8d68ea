/** The outgoing queue against a relay that misbehaves: a mail fails for its own sake alone, and none is lost. */
import { generateKeyPairSync } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Failure } from '@guichet/contracts/failure'
import { getAccount, getAccounts, type Account } from '@guichet/contracts/identity'
import { listOutbox, mailFailed, mailSent, resendMail, type OutgoingMail } from '@guichet/contracts/mail'
import { mailRequested } from '@guichet/contracts/notification'
import { answer, services } from '@guichet/service'
import { loadConfig } from '@guichet/service/config'
import { accountActor, type Harness, serve, serveNeighbour, startHarness } from '@guichet/service/harness'
import { newBlobId } from '@guichet/store'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mailGatewayConfig } from '../config.ts'
import { createMailGatewayService } from '../service.ts'

interface Sent {
  to: string
  raw: string
}

const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code })

/** A relay whose behaviour a test changes while it runs. */
let behaviour: Pick<SMTPServerOptions, 'onConnect' | 'onAuth' | 'onMailFrom' | 'onRcptTo'> & {
  afterData?: () => Error | 'hang up' | undefined
}
let sent: Sent[]
let attempts: number
let relay: SMTPServer
let harness: Harness
let clock: FakeClock
const accounts = new Map<string, Account>()
let reachable: boolean

beforeEach(async () => {
  behaviour = {}
  sent = []
  attempts = 0
  reachable = true
  clock = createFakeClock()
  relay = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (session, done) => (behaviour.onConnect ? behaviour.onConnect(session, done) : done()),
    onAuth: (auth, session, done) =>
      behaviour.onAuth ? behaviour.onAuth(auth, session, done) : done(null, { user: 'desk' }),
    onMailFrom: (address, session, done) =>
      behaviour.onMailFrom ? behaviour.onMailFrom(address, session, done) : done(),
    onRcptTo: (address, session, done) =>
      behaviour.onRcptTo ? behaviour.onRcptTo(address, session, done) : done(),
    onData: (stream, session, done) => {
      let raw = ''
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString()))
      stream.on('end', () => {
        attempts += 1
        const verdict = behaviour.afterData?.()
        if (verdict === 'hang up') {
          for (const connection of relay.connections as Set<{ _socket: { destroy: () => void } }>)
            connection._socket.destroy()
          return
        }
        if (verdict) return done(verdict)
        sent.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw })
        done()
      })
    },
  })
  relay.on('error', () => undefined)
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  for (const id of ['anne', 'bob', 'zoe'])
    accounts.set(id, {
      id,
      companyId: 'acme',
      email: `${id}@acme.test`,
      name: id,
      roles: ['customer'],
      language: 'fr',
      status: 'active',
      createdAt: '2026-01-01T00:00:00.000Z',
    })
  const { port } = relay.server.address() as AddressInfo
  const config = loadConfig(mailGatewayConfig, {
    SMTP_PORT: '0',
    SUPPORT_ADDRESS: 'sos@exeko.test',
    SMTP_RELAY_URL: `smtp://desk:secret@127.0.0.1:${port}`,
    MAIL_DKIM_KEY: KEY.privateKey,
    MAIL_DKIM_SELECTOR: 's1',
  })
  const identity = serveNeighbour('identity', [
    answer(getAccount, services(), async ({ id }) => {
      if (!reachable && id === 'bob') throw new Failure('unavailable', { retryable: true })
      const account = accounts.get(id)
      if (!account) throw new Failure('not-found')
      return account
    }),
    answer(getAccounts, services(), async ({ ids }) => ({
      items: ids.flatMap((id) => accounts.get(id) ?? []),
    })),
  ])
  harness = await startHarness({
    clock,
    services: [identity, serve('mail-gateway', createMailGatewayService, config)],
  })
})
afterEach(async () => {
  await harness.stop()
  await new Promise<void>((resolve) => relay.close(() => resolve()))
})

async function request(mailId: string, accountId: string, ticket: number | null = null): Promise<void> {
  const contentBlobId = newBlobId()
  const content = { subject: `Objet ${mailId}`, text: 'Bonjour', html: '<p>Bonjour</p>' }
  await harness.engine
    .service('outside')
    .blobs.put(contentBlobId, new TextEncoder().encode(JSON.stringify(content)))
  const data = {
    mailId,
    kind: 'message-posted',
    accountId,
    address: null,
    contentBlobId,
    attachments: [],
    ticket,
    inReplyToMailId: null,
    secret: false,
  }
  await harness.publish(mailRequested, data, { key: mailId })
}

const outbox = async (): Promise<Map<string, OutgoingMail>> => {
  const { items } = await harness.as(accountActor('sofie')).ask(listOutbox, { limit: 100 })
  return new Map(items.map((mail) => [mail.id, mail]))
}
const state = (mailId: string, status: OutgoingMail['status']) =>
  harness.until(`${mailId} is ${status}`, async () => (await outbox()).get(mailId)?.status === status)
/** Time goes on in small steps, as it does, until it has happened. */
const inTime = (what: string, holds: () => boolean | Promise<boolean>) =>
  harness.until(what, async () => {
    if (await holds()) return true
    clock.advance({ seconds: 30 })
    return false
  })

test('a wrong relay password holds the queue and fails no mail; with the right one all leave', async () => {
  let logins = 0
  behaviour.onAuth = (_auth, _session, done) => {
    logins += 1
    done(refusal(535, '5.7.8 Authentication failed'))
  }
  for (const id of ['m1', 'm2', 'm3']) await request(id, 'anne')
  await harness.until('the login was refused', async () =>
    Boolean((await outbox()).get('m1')?.answer?.includes('5.7.8')),
  )
  await inTime('it was tried again', () => logins > 4)
  const waiting = await outbox()
  expect(['m1', 'm2', 'm3'].map((id) => waiting.get(id)?.status)).toEqual(['queued', 'queued', 'queued'])
  delete behaviour.onAuth
  await inTime('all have left', () => sent.length === 3)
  expect(harness.events.filter(({ subject }) => subject === mailFailed.subject)).toEqual([])
})

test('a relay that is closed for now (554 at the door) fails no mail', async () => {
  behaviour.onConnect = (_session, done) => done(refusal(554, '5.3.2 system not accepting messages'))
  await request('m1', 'anne')
  await harness.until('it was refused', async () => ((await outbox()).get('m1')?.attempts ?? 0) > 0)
  await harness.until('it waits', async () => (await outbox()).get('m1')?.answer !== null)
  expect((await outbox()).get('m1')?.status).toBe('queued')
  delete behaviour.onConnect
  await inTime('it has left', () => sent.length === 1)
})

test('a receiver whom the server does not know fails that mail alone, with the server’s words', async () => {
  behaviour.onRcptTo = ({ address }, _session, done) =>
    address === 'bob@acme.test' ? done(refusal(550, '5.1.1 No such user here')) : done()
  for (const [id, to] of [
    ['m1', 'anne'],
    ['m2', 'bob'],
    ['m3', 'zoe'],
  ] as const)
    await request(id, to)
  await state('m2', 'failed')
  await state('m1', 'sent')
  await state('m3', 'sent')
  expect((await outbox()).get('m2')?.answer).toContain('No such user here')
  expect(sent.map(({ to }) => to).toSorted()).toEqual(['anne@acme.test', 'zoe@acme.test'])
})

test('sent again by a person, once the reason is gone; what has left is not', async () => {
  behaviour.onRcptTo = (_address, _session, done) => done(refusal(550, '5.1.1 No such user here'))
  await request('m1', 'anne')
  await state('m1', 'failed')
  delete behaviour.onRcptTo
  const sofie = harness.as(accountActor('sofie'))
  expect(await sofie.ask(resendMail, { id: 'm1' })).toMatchObject({
    status: 'queued',
    attempts: 0,
    answer: null,
  })
  await state('m1', 'sent')
  await expect(sofie.ask(resendMail, { id: 'm1' })).rejects.toMatchObject({ code: 'mail-not-resendable' })
  await expect(sofie.ask(resendMail, { id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
})

test('someone who cannot be looked up now stops nobody, and is mailed when they can be', async () => {
  reachable = false
  for (const [id, to] of [
    ['m1', 'bob'],
    ['m2', 'anne'],
    ['m3', 'zoe'],
  ] as const)
    await request(id, to)
  await state('m2', 'sent')
  await state('m3', 'sent')
  expect((await outbox()).get('m1')?.status).toBe('queued')
  reachable = true
  await inTime('it has left', () => sent.some(({ to }) => to === 'bob@acme.test'))
})

test('someone who is gone is mailed no more', async () => {
  await request('m1', 'nobody')
  await state('m1', 'suppressed')
})

test('a relay that hangs up after the text gets it again, under the same Message-ID', async () => {
  behaviour.afterData = () => (attempts === 1 ? 'hang up' : undefined)
  await request('m1', 'anne')
  await harness.until('it came once', () => attempts === 1)
  await inTime('it came again', () => sent.length === 1)
  expect(sent[0]?.raw).toContain('Message-ID: <m1@guichet.exeko.test>')
})

test('what leaves is signed for the domain that people see, and the signature holds', async () => {
  await request('m1', 'anne')
  await state('m1', 'sent')
  const resolver = async (name: string) => {
    if (name !== 's1._domainkey.exeko.test') throw Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    return [[`v=DKIM1; k=rsa; p=${KEY.publicKey.toString('base64')}`]]
  }
  const verify = async (raw: string) => (await dkimVerify(Buffer.from(raw), { resolver })).results[0]
  const raw = sent[0]?.raw ?? ''
  expect(await verify(raw)).toMatchObject({ signingDomain: 'exeko.test', status: { result: 'pass' } })
  const altered = raw.replace('Subject: Objet m1', 'Subject: Objet m2')
  expect((await verify(altered))?.status.result).toBe('fail')
})

test('a server that says “later” for an hour gets it after that hour', async () => {
  const opens = clock.now().add({ hours: 1 })
  behaviour.afterData = () =>
    Temporal.Instant.compare(clock.now(), opens) < 0 ? refusal(451, '4.7.1 greylisted') : undefined
  await request('m1', 'anne')
  await harness.until('it was put off', () => attempts === 1)
  await inTime('it has left', () => sent.length === 1)
  expect(attempts).toBeLessThan(15)
  await harness.eventsOf(mailSent)
})

test('References name the first mail of the ticket and the newest before this one, however long the thread', async () => {
  for (let at = 1; at <= 14; at += 1) {
    await request(`t${at}`, 'anne', 1001)
    await state(`t${at}`, 'sent')
    clock.advance({ minutes: 1 })
  }
  const last = sent.at(-1)?.raw ?? ''
  const references = /^References: ([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)/m.exec(last)?.[1]?.split(/\s+/) ?? []
  expect(references[0]).toBe('<t1@guichet.exeko.test>')
  expect(references.at(-1)).toBe('<t13@guichet.exeko.test>')
  expect(references.length).toBeLessThanOrEqual(10)
  expect(/^In-Reply-To: (.*)$/m.exec(last)?.[1]?.trim()).toBe('<t13@guichet.exeko.test>')
})
