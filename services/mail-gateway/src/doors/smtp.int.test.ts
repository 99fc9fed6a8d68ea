/** The SMTP door as real clients and hostile ones use it: word by word over a socket. */
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { connect as connectTls } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { findSender, type Account } from '@guichet/contracts/identity'
import {
  dropMail,
  getRawMail,
  listLedger,
  mailAccepted,
  mailBounced,
  mailSettled,
  replayMail,
  type LedgerRow,
} from '@guichet/contracts/mail'
import { answer, services } from '@guichet/service'
import { loadConfig } from '@guichet/service/config'
import { accountActor, type Harness, serve, serveNeighbour, startHarness } from '@guichet/service/harness'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailGatewayConfig } from '../config.ts'
import { createMailGatewayService, type MailGatewayService } from '../service.ts'

let harness: Harness
let clock: FakeClock
let port: number
/** Whom identity knows. */
let known: Account[]
/** What identity does before it answers. */
let asked: () => Promise<void>
const sockets: Socket[] = []

const ANNE: Account = {
  id: 'anne',
  companyId: 'acme',
  email: 'anne@acme.test',
  name: 'Anne',
  roles: ['customer'],
  language: 'fr',
  status: 'active',
  createdAt: '2026-01-01T00:00:00.000Z',
}

/** Of a name that nobody has: the key is no secret. */
const pem = (kind: 'cert' | 'key') =>
  fileURLToPath(new URL(`../testing/exeko.test.${kind}.pem`, import.meta.url))

beforeEach(async () => {
  known = [ANNE]
  asked = async () => undefined
  clock = createFakeClock()
  const identity = serveNeighbour('identity', [
    answer(findSender, services(), async ({ address }) => {
      await asked()
      return {
        account: known.find(({ email }) => email === address.toLowerCase()) ?? null,
      }
    }),
  ])
  const config = loadConfig(mailGatewayConfig, {
    SMTP_PORT: '0',
    SUPPORT_ADDRESS: 'sos@exeko.test',
    REQUIRE_AUTHENTICATED_SENDERS: 'false',
    SMTP_TLS_CERT_FILE: pem('cert'),
    SMTP_TLS_KEY_FILE: pem('key'),
    SMTP_RATE_LIMIT_PER_MINUTE: '0',
    MAIL_MAX_BYTES: String(256 * 1024),
  })
  harness = await startHarness({
    clock,
    services: [identity, serve('mail-gateway', createMailGatewayService, config)],
  })
  const gateway = harness.services[1] as MailGatewayService
  port = Number(gateway.smtpAddress().split(':').at(-1))
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await harness.stop()
})

interface Talk {
  socket: Socket
  /** Sends as it is and reads one reply, all of its lines. */
  say: (bytes: string) => Promise<string>
  reply: () => Promise<string>
}

function talkOver(socket: Socket): Talk {
  socket.on('error', () => undefined)
  sockets.push(socket)
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  async function reply(): Promise<string> {
    const said: string[] = []
    for (;;) {
      const { value, done } = (await lines.next()) as { value: string; done?: boolean }
      if (done) return said.join('\n') || 'closed'
      said.push(value)
      if (value[3] !== '-') return said.join('\n')
    }
  }
  return {
    socket,
    reply,
    say: async (bytes) => {
      socket.write(bytes)
      return await reply()
    },
  }
}

async function open(): Promise<Talk> {
  const talk = talkOver(connect(port, '127.0.0.1'))
  expect(await talk.reply()).toMatch(/^220 /)
  return talk
}

async function ready(talk: Talk, from = ANNE.email): Promise<void> {
  expect(await talk.say('EHLO pc.acme.test\r\n')).toMatch(/^250/)
  expect(await talk.say(`MAIL FROM:<${from}>\r\n`)).toMatch(/^250/)
  expect(await talk.say('RCPT TO:<sos@exeko.test>\r\n')).toMatch(/^250/)
  expect(await talk.say('DATA\r\n')).toMatch(/^354/)
}

const mail = (subject: string, body = 'Bonjour', id = subject.replace(/\W/g, ''), from = ANNE.email) =>
  `From: <${from}>\r\nTo: sos@exeko.test\r\nSubject: ${subject}\r\nMessage-ID: <${id}@acme.test>\r\n\r\n${body}\r\n`

async function deliver(bytes: string, from = ANNE.email): Promise<string> {
  const talk = await open()
  await ready(talk, from)
  const said = await talk.say(`${bytes}.\r\n`)
  talk.socket.end('QUIT\r\n')
  return said
}

const rows = async (): Promise<LedgerRow[]> =>
  (await harness.as(accountActor('sofie')).ask(listLedger, { limit: 100, language: 'fr' })).items
const settled = (count: number) =>
  harness.until(`${count} mails are decided`, async () => {
    const all = await rows()
    // Its Message-ID is noted with the decision; accepted ones wait for the ticket service, which is not here.
    return all.length === count && all.every(({ messageId }) => messageId !== null) && all
  })

describe('what clients are offered', () => {
  test('SIZE, PIPELINING, 8BITMIME and STARTTLS; no AUTH, for nobody has a login here', async () => {
    const talk = await open()
    const said = await talk.say('EHLO pc.acme.test\r\n')
    for (const extension of ['PIPELINING', '8BITMIME', 'STARTTLS', `SIZE ${256 * 1024}`])
      expect(said).toContain(extension)
    expect(said).not.toContain('AUTH')
    expect(await talk.say('AUTH PLAIN AGEAYg==\r\n')).toMatch(/^5/)
  })

  test('a mail by STARTTLS; what was pipelined before the handshake does not count after it', async () => {
    const talk = await open()
    await talk.say('EHLO pc.acme.test\r\n')
    // CVE-2011-0411: a command smuggled in before the encryption.
    expect(await talk.say('STARTTLS\r\nMAIL FROM:<evil@evil.test>\r\n')).toMatch(/^220/)
    const secure = talkOver(
      connectTls({ socket: talk.socket, rejectUnauthorized: false }) as unknown as Socket,
    )
    expect(await secure.say('EHLO pc.acme.test\r\n')).toMatch(/^250/)
    expect(await secure.say('RCPT TO:<sos@exeko.test>\r\n')).toMatch(/^503/)
    expect(await secure.say(`MAIL FROM:<${ANNE.email}>\r\n`)).toMatch(/^250/)
    expect(await secure.say('RCPT TO:<sos@exeko.test>\r\n')).toMatch(/^250/)
    expect(await secure.say('DATA\r\n')).toMatch(/^354/)
    expect(await secure.say(`${mail('Chiffré')}.\r\n`)).toMatch(/^250 2\.0\.0/)
    expect((await settled(1))[0]).toMatchObject({ subject: 'Chiffré' })
  })

  test('all of it in one write', async () => {
    const talk = await open()
    const commands = `EHLO pc\r\nMAIL FROM:<${ANNE.email}>\r\nRCPT TO:<sos@exeko.test>\r\nDATA\r\n`
    talk.socket.write(commands)
    const replies = [await talk.reply(), await talk.reply(), await talk.reply(), await talk.reply()]
    expect(replies.map((said) => said.slice(0, 3))).toEqual(['250', '250', '250', '354'])
    expect(await talk.say(`${mail('Un')}.\r\nMAIL FROM:<${ANNE.email}>\r\n`)).toMatch(/^250/)
    expect(await talk.reply()).toMatch(/^250/)
    expect(await settled(1)).toHaveLength(1)
  })
})

describe('what is refused', () => {
  test('a mail over the size, when it is announced and when it is sent; the connection goes on', async () => {
    const talk = await open()
    await talk.say('EHLO pc\r\n')
    expect(await talk.say(`MAIL FROM:<${ANNE.email}> SIZE=300000\r\n`)).toMatch(/^552/)
    await ready(talk)
    expect(await talk.say(`${mail('Grand', `${'x'.repeat(990)}\r\n`.repeat(300))}.\r\n`)).toMatch(/^552/)
    await ready(talk)
    expect(await talk.say(`${mail('Petit')}.\r\n`)).toMatch(/^250/)
    expect((await settled(1))[0]?.subject).toBe('Petit')
  })

  test('an address that is none of ours, and one with a command in it', async () => {
    const talk = await open()
    await talk.say('EHLO pc\r\n')
    await talk.say(`MAIL FROM:<${ANNE.email}>\r\n`)
    expect(await talk.say('RCPT TO:<autre@exeko.test>\r\n')).toMatch(/^550 5\.1\.1/)
    expect(await talk.say('RCPT TO:<x@y.z>\rRCPT TO:<sos@exeko.test>\r\n')).toMatch(/^5/)
  })

  test('a client that keeps fifty connections gets no more until one ends; others come in', async () => {
    const talks = await Promise.all(Array.from({ length: 50 }, open))
    const late = talkOver(connect(port, '127.0.0.1'))
    expect(await late.reply()).toMatch(/^421 /)
    talks[0]?.socket.destroy()
    await harness.until('one has ended', async () => {
      const again = talkOver(connect(port, '127.0.0.1'))
      return (await again.reply()).startsWith('220')
    })
  })

  test('a mail whose sender takes for ever over it is cut, and nothing of it is kept', async () => {
    const talk = await open()
    await ready(talk)
    talk.socket.write('From: <anne@acme.test>\r\nSubject: Lent\r\n\r\nBon')
    await harness.until('it has begun', () => talk.socket.bytesWritten > 50)
    await harness.until('it was cut', async () => {
      clock.advance({ minutes: 11 })
      const said = await Promise.race([talk.reply(), new Promise<string>((go) => setImmediate(go, ''))])
      return said.startsWith('421') || said === 'closed'
    })
    expect(await rows()).toEqual([])
  })
})

describe('smuggling (CVE-2023-51764): one mail is one, whatever looks like its end', () => {
  test.each([
    ['\\n.\\n', '\n.\n'],
    ['\\n.\\r\\n', '\n.\r\n'],
    ['\\r.\\r', '\r.\r'],
    ['\\r\\n.\\r', '\r\n.\r'],
    ['\\r\\n.\\n', '\r\n.\n'],
  ])('%s', async (_what, terminator) => {
    const smuggled = `MAIL FROM:<evil@evil.test>\r\nRCPT TO:<sos@exeko.test>\r\nDATA\r\n${mail('Passager', 'x', 'p', 'evil@evil.test')}`
    const talk = await open()
    await ready(talk)
    const said = await talk.say(`${mail('Un')}${terminator}${smuggled}.\r\n`)
    expect(said).toMatch(/^250/)
    talk.socket.end('QUIT\r\n')
    const all = await settled(1)
    expect(all.map(({ subject }) => subject)).toEqual(['Un'])
  })

  test('a line that begins with a dot arrives with it', async () => {
    await deliver(mail('Points', '..un point\r\n...deux'))
    const [row] = await settled(1)
    const { blobId } = await harness.as(accountActor('sofie')).ask(getRawMail, { id: row?.id ?? '' })
    const raw = new TextDecoder().decode(await harness.engine.service('mail-gateway').blobs.read(blobId))
    expect(raw).toContain('\r\n.un point\r\n..deux')
  })
})

describe('the same mail', () => {
  test('sent twice is one; the second says so', async () => {
    await deliver(mail('Panne'))
    await settled(1)
    await deliver(mail('Panne'))
    const all = await settled(2)
    expect(all.map(({ outcome }) => outcome).toSorted()).toEqual(['duplicate', 'pending'])
  })

  test('a forgery that came first under its Message-ID keeps the genuine one out of nothing', async () => {
    await deliver(mail('Panne', 'Bonjour', 'same', 'pirate@evil.test'), 'pirate@evil.test')
    expect((await settled(1))[0]?.outcome).toBe('quarantined')
    await deliver(mail('Panne', 'Bonjour', 'same'))
    const genuine = (await settled(2)).find(({ from }) => from === ANNE.email)
    expect(genuine?.outcome).toBe('pending')
    // Replayed, the forgery finds the identifier taken by what was let in.
    const forged = (await rows()).find(({ from }) => from !== ANNE.email)
    const replayed = await harness
      .as(accountActor('sofie'))
      .ask(replayMail, { id: forged?.id ?? '', language: 'fr' })
    expect(replayed.outcome).toBe('quarantined')
  })

  test('twice in quarantine and let in at the same moment, it is one', async () => {
    const nina = 'nina@acme.test'
    for (let count = 1; count <= 4; count += 1) {
      await deliver(mail('Panne', 'Bonjour', 'same', nina), nina)
      expect((await settled(count)).map(({ outcome }) => outcome)).toEqual(Array(count).fill('quarantined'))
    }
    known.push({ ...ANNE, id: 'nina', email: nina })
    // None is answered before all have asked, so that none has ended when the last is decided.
    let missing = 4
    const { promise: allAsked, resolve } = Promise.withResolvers<void>()
    asked = async () => {
      missing -= 1
      if (missing === 0) resolve()
      await allAsked
    }
    const staff = harness.as(accountActor('sofie'))
    const all = await rows()
    const ends = await Promise.all(all.map(({ id }) => staff.ask(replayMail, { id, language: 'fr' })))
    expect(ends.map(({ outcome }) => outcome).toSorted()).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'pending',
    ])
    expect(harness.events.filter(({ subject }) => subject === mailAccepted.subject)).toHaveLength(1)
  })

  test('a report of non-delivery that comes twice counts once', async () => {
    const report = [
      'From: MAILER-DAEMON@mx.test',
      'To: sos@exeko.test',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <bounce-1@mx.test>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'The mail could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.test',
      '',
      'Final-Recipient: rfc822; bob@acme.test',
      'Action: failed',
      'Status: 5.1.1',
      '--b--',
      '',
    ].join('\r\n')
    await deliver(report, '')
    await settled(1)
    await deliver(report, '')
    const all = await settled(2)
    expect(all.map(({ outcome }) => outcome).toSorted()).toEqual(['bounced', 'duplicate'])
    expect(harness.events.filter(({ subject }) => subject === mailBounced.subject)).toHaveLength(1)
    // Dropped by staff and decided again, it is that report still.
    const id = all.find(({ outcome }) => outcome === 'bounced')?.id ?? ''
    const staff = harness.as(accountActor('sofie'))
    expect((await staff.ask(dropMail, { id })).outcome).toBe('dropped')
    expect((await staff.ask(replayMail, { id })).outcome).toBe('bounced')
    await harness.eventsOf(mailSettled, ({ mailId }) => mailId === id, 3)
    expect(harness.events.filter(({ subject }) => subject === mailBounced.subject)).toHaveLength(1)
  })
})
