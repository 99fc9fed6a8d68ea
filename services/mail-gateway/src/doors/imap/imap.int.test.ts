/** The IMAP door against Debian's Dovecot: whatever happens to mailbox, connection or process, each mail is taken once. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRawMail, listLedger } from '@guichet/contracts/mail'
import type { OutputOf } from '@guichet/contracts/definition'
import { loadConfig } from '@guichet/service/config'
import { accountActor, serve, startHarness, type Harness } from '@guichet/service/harness'
import { isAvailable, startRealServer, type RealServer } from '@guichet/testing/real-server'
import { until } from '@guichet/testing/until'
import { ImapFlow } from 'imapflow'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailGatewayConfig } from '../../config.ts'
import { createMailGatewayService } from '../../service.ts'
import { TAKEN } from './read-new.ts'

const WAIT = { timeoutMs: 20_000 }

const tokens = new Set<string>()
/** Whose an access token is (RFC 7662), and new ones (RFC 6749): what Microsoft and Google are to the real thing. */
const provider: Server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    const form = new URLSearchParams(body)
    response.setHeader('content-type', 'application/json')
    if (request.url === '/token') {
      const right = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === 'r3fresh'
      response.statusCode = right ? 200 : 400
      const token = `token-${tokens.size}`
      if (right) tokens.add(token)
      return response.end(JSON.stringify(right ? { access_token: token, expires_in: 3600 } : { error: 'no' }))
    }
    const active = tokens.has(form.get('token') ?? '')
    return response.end(JSON.stringify(active ? { active: true, username: user } : { active: false }))
  })
})
provider.listen(0, '127.0.0.1')
await once(provider, 'listening')
const providerUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`

let user = ''
let users = 0

const server = await startRealServer('dovecot', { introspectionUrl: `${providerUrl}/introspect` })
const available = isAvailable(server, 'the IMAP door')

describe.runIf(available)('the IMAP door', () => {
  const dovecot = server as RealServer & { dataDir: string }
  let dataDir: string
  let harness: Harness | undefined
  const clients: ImapFlow[] = []

  beforeEach(async () => {
    user = `sos${++users}`
    dataDir = await mkdtemp(join(tmpdir(), 'guichet-imap-'))
  })
  async function close(): Promise<void> {
    const running = harness
    harness = undefined
    await running?.stop()
  }
  afterEach(async () => {
    await close()
    for (const client of clients.splice(0)) client.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  afterAll(async () => {
    await dovecot.stop()
    provider.close()
  })

  const port = Number(new URL(dovecot.url).port)

  /** A person with their own mail program, or the server that delivers. */
  async function person(): Promise<ImapFlow> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      auth: { user, pass: 'secret' },
      logger: false,
      disableAutoIdle: true,
    })
    client.on('error', () => undefined)
    await client.connect()
    await client.mailboxOpen('INBOX')
    clients.push(client)
    return client
  }

  async function open(
    settings: { copies?: number; env?: Record<string, string>; url?: string } = {},
  ): Promise<Harness> {
    const config = loadConfig(mailGatewayConfig, {
      SMTP_PORT: '0',
      SUPPORT_ADDRESS: 'sos@exeko.test',
      REQUIRE_AUTHENTICATED_SENDERS: 'false',
      IMAP_URL: settings.url ?? `imap://${user}:secret@127.0.0.1:${port}`,
      ...settings.env,
    })
    const services = Array.from({ length: settings.copies ?? 1 }, () =>
      serve('mail-gateway', createMailGatewayService, config),
    )
    harness = await startHarness({ services, dataDir })
    return harness
  }

  const mail = (name: string, bytes = 0) =>
    `From: anne@client.test\r\nTo: sos@exeko.test\r\nSubject: ${name}\r\nMessage-ID: <${name}@client.test>\r\n\r\nBonjour ${name}.\r\n${'x'.repeat(70)}\r\n${`${'y'.repeat(70)}\r\n`.repeat(Math.ceil(bytes / 72))}`

  async function deliver(client: ImapFlow, names: readonly string[], flags: string[] = []): Promise<void> {
    for (const name of names) await client.append('INBOX', mail(name), flags)
  }

  async function ledger(of: Harness): Promise<OutputOf<typeof listLedger>> {
    return await of.as(accountActor('sofie')).ask(listLedger, { limit: 100, language: 'fr' })
  }
  /** What was taken, read from the raw bytes that are kept. */
  async function subjects(of: Harness): Promise<string[]> {
    const { items } = await ledger(of)
    const raws = await Promise.all(
      items.map(async ({ id }) => {
        const { blobId } = await of.as(accountActor('sofie')).ask(getRawMail, { id })
        return new TextDecoder().decode(await of.engine.service('mail-gateway').blobs.read(blobId))
      }),
    )
    return raws.map((raw) => /^Subject: (\S+)/m.exec(raw)?.[1] ?? raw.slice(0, 40)).toSorted()
  }
  const has = (of: Harness, count: number) =>
    until(`${count} mails are taken`, async () => (await ledger(of)).totals.received >= count, WAIT)

  /** Between us and the server: lets the first bytes of a large mail through, then holds the stream until told. */
  async function heldLine(afterBytes: number) {
    const held = Promise.withResolvers<void>()
    const pairs: { ours: Socket; theirs: Socket }[] = []
    let passes = false
    const tcp = createTcpServer((ours) => {
      const theirs = connect(port, '127.0.0.1')
      pairs.push({ ours, theirs })
      let count = 0
      const end = () => {
        ours.destroy()
        theirs.destroy()
      }
      for (const socket of [ours, theirs]) socket.on('error', end).on('close', end)
      ours.pipe(theirs)
      theirs.on('data', (chunk: Buffer) => {
        count += chunk.length
        ours.write(chunk)
        if (passes || count < afterBytes) return
        theirs.pause()
        held.resolve()
      })
    })
    tcp.listen(0, '127.0.0.1')
    await once(tcp, 'listening')
    return {
      url: `imap://${user}:secret@127.0.0.1:${(tcp.address() as AddressInfo).port}`,
      held: held.promise,
      release: () => {
        passes = true
        for (const { theirs } of pairs) theirs.resume()
      },
      cut: () => {
        passes = true
        for (const { ours } of pairs.splice(0)) ours.destroy()
      },
      stop: () => {
        for (const { ours } of pairs) ours.destroy()
        tcp.close()
      },
    }
  }
  const LARGE = 3_000_000
  /** In the middle of the large mail, and of a literal of 64 KiB: the first bytes of a download are 100,000. */
  const MIDDLE = 1_000_000

  /** A large mail between two small ones, held in its middle; what was taken before that. */
  async function heldInTheMiddle() {
    const someone = await person()
    await deliver(someone, ['first'])
    await someone.append('INBOX', mail('large', LARGE))
    await deliver(someone, ['last'])
    const line = await heldLine(MIDDLE)
    const running = await open({ url: line.url })
    await line.held
    return { someone, line, running }
  }
  async function bytesOf(of: Harness, name: string): Promise<number> {
    const { items } = await ledger(of)
    for (const { id } of items) {
      const { blobId } = await of.as(accountActor('sofie')).ask(getRawMail, { id })
      const raw = new TextDecoder().decode(await of.engine.service('mail-gateway').blobs.read(blobId))
      if (raw.includes(`Subject: ${name}\r\n`)) return raw.length
    }
    return -1
  }

  const taken = async (client: ImapFlow) => (await client.search({ keyword: TAKEN }, { uid: true })) || []

  test('takes at first what nobody has read, then all that comes, as soon as it comes; marks it after', async () => {
    const someone = await person()
    await deliver(someone, ['old'], ['\\Seen'])
    await deliver(someone, ['unread-1', 'unread-2'])
    const running = await open()
    await has(running, 2)
    await deliver(someone, ['new-1'])
    await deliver(someone, ['read-by-a-person'], ['\\Seen'])
    await has(running, 4)
    expect(await subjects(running)).toEqual(['new-1', 'read-by-a-person', 'unread-1', 'unread-2'])
    await until('all four are marked', async () => (await taken(someone)).length === 4, WAIT)
    expect(await someone.search({ seen: false }, { uid: true })).toEqual([])
  })

  test('after an outage of server or gateway it goes on where it was: nothing lost, nothing twice', async () => {
    const someone = await person()
    let running = await open()
    await deliver(someone, ['a'])
    await has(running, 1)
    await dovecot.restart?.()
    const again = await person()
    await deliver(again, ['b'])
    await has(running, 2)
    await close()
    await deliver(again, ['c', 'd'])
    await deliver(again, ['e'], ['\\Seen'])
    running = await open()
    await has(running, 5)
    expect(await subjects(running)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('a mailbox that was numbered anew gives what is new, not what was taken', async () => {
    const someone = await person()
    let running = await open()
    await deliver(someone, ['a', 'b'])
    await has(running, 2)
    await until('both are marked', async () => (await taken(someone)).length === 2, WAIT)
    await close()
    const before = someone.mailbox ? someone.mailbox.uidValidity : 0n
    for (const client of clients.splice(0)) await client.logout()
    // Dovecot keeps UIDs and UIDVALIDITY in these; without them it numbers anew. Keywords stay with the mails.
    const folder = join(dovecot.dataDir, 'mail', user)
    for (const name of await readdir(folder))
      if (/^dovecot(-uidlist|-uidvalidity.*|\.index.*)$/.test(name)) await rm(join(folder, name))
    // It makes a UIDVALIDITY of the second.
    await until('the next second', () => BigInt(Math.floor(Date.now() / 1000)) > before)
    const later = await person()
    expect(later.mailbox ? later.mailbox.uidValidity : before).not.toBe(before)
    await deliver(later, ['c'])
    running = await open()
    await has(running, 3)
    expect(await subjects(running)).toEqual(['a', 'b', 'c'])
  })

  test('two copies on one mailbox take each mail once', async () => {
    const someone = await person()
    const running = await open({ copies: 2 })
    const names = Array.from({ length: 30 }, (_, at) => `m${String(at).padStart(2, '0')}`)
    await deliver(someone, names)
    await until('all are marked', async () => (await taken(someone)).length === 30, WAIT)
    expect(await subjects(running)).toEqual(names)
  })

  test('what others throw away meanwhile takes nothing else along', async () => {
    const someone = await person()
    const names = Array.from({ length: 40 }, (_, at) => `m${String(at).padStart(2, '0')}`)
    await deliver(someone, names)
    const running = await open()
    await has(running, 1)
    await someone.messageDelete('5,10,15,20,25,30,35', { uid: true })
    const left = (await someone.search({ all: true }, { uid: true })) || []
    await until(
      'all that are left are marked',
      async () => (await taken(someone)).length === left.length,
      WAIT,
    )
    const had = await subjects(running)
    for (const uid of left) expect(had).toContain(names[uid - 1])
  })

  test('others thrown away while a large mail is under way: it comes whole, the rest too, each once', async () => {
    const { someone, line, running } = await heldInTheMiddle()
    await someone.messageDelete('1', { uid: true })
    await deliver(someone, ['later'])
    expect(await taken(someone)).toEqual([])
    line.release()
    await has(running, 4)
    expect(await subjects(running)).toEqual(['first', 'large', 'last', 'later'])
    expect(await bytesOf(running, 'large')).toBe(mail('large', LARGE).length)
    await until('all that are left are marked', async () => (await taken(someone)).length === 3, WAIT)
    line.stop()
  })

  test('a mail that a person moves away while it is read stays theirs: half of one is never taken for it', async () => {
    const { someone, line, running } = await heldInTheMiddle()
    await someone.messageMove('2', 'Traités', { uid: true })
    line.release()
    await until('what is left is marked', async () => (await taken(someone)).length === 2, WAIT)
    expect(await subjects(running)).toEqual(['first', 'last'])
    // Gone before it was whole: theirs.
    expect(await bytesOf(running, 'large')).toBe(-1)
    const status = await someone.status('Traités', { messages: true })
    expect(status && status.messages).toBe(1)
    line.stop()
  })

  test('cut in the middle of a literal, then started again: whole, once, and marked only after', async () => {
    const { someone, line, running } = await heldInTheMiddle()
    expect((await ledger(running)).totals.received).toBe(1)
    line.cut()
    await until(
      'the cut is said',
      () => running.logLines.some((said) => said.includes('cannot be read')),
      WAIT,
    )
    const marked = await taken(someone)
    const rows = (await ledger(running)).totals.received
    expect(marked.length).toBeLessThanOrEqual(rows)
    await close()
    line.stop()
    const again = await open()
    await has(again, 3)
    await until('all are marked', async () => (await taken(someone)).length === 3, WAIT)
    expect(await subjects(again)).toEqual(['first', 'large', 'last'])
    expect(await bytesOf(again, 'large')).toBe(mail('large', LARGE).length)
  })

  test('moves what it took where it is told to', async () => {
    const someone = await person()
    await deliver(someone, ['a', 'b'])
    const running = await open({ env: { IMAP_MOVE_TO: 'Traités' } })
    await has(running, 2)
    const counts = async () => {
      const status = await someone.status('Traités', { messages: true })
      return status ? status.messages : 0
    }
    await until('both are moved', async () => (await counts()) === 2, WAIT)
    await someone.noop()
    expect(await someone.search({ all: true }, { uid: true })).toEqual([])
  })

  test('signs in with an access token that it renews itself', async () => {
    const someone = await person()
    await deliver(someone, ['a'])
    const running = await open({
      url: `imap://${user}@127.0.0.1:${port}`,
      env: {
        MAIL_OAUTH_TOKEN_URL: `${providerUrl}/token`,
        MAIL_OAUTH_CLIENT_ID: 'guichet',
        MAIL_OAUTH_REFRESH_TOKEN: 'r3fresh',
      },
    })
    await has(running, 1)
    expect(tokens.size).toBeGreaterThan(0)
    expect(running.logLines.join('\n')).not.toMatch(/r3fresh|token-\d/)
  })

  test('a mail that is too large is kept whole, unread by us, in quarantine', async () => {
    const someone = await person()
    await someone.append('INBOX', mail('gros', 200_000))
    const running = await open({ env: { MAIL_MAX_BYTES: '65536' } })
    await until('it is in quarantine', async () => (await ledger(running)).totals.quarantined === 1, WAIT)
    const { items } = await ledger(running)
    expect(items[0]?.reason).toMatch(/taille permise/)
    expect(await subjects(running)).toEqual(['gros'])
  })

  test('a password that is wrong is said once, without it; the rest of the service runs', async () => {
    const running = await open({ url: `imap://${user}:wrong@127.0.0.1:${port}` })
    await until('it is said', () => running.logLines.some((line) => line.includes('cannot be read')), WAIT)
    expect(running.logLines.join('\n')).not.toContain('wrong@')
    expect((await ledger(running)).totals.received).toBe(0)
  })
})
