/** The IMAP door against Debian's Dovecot: whatever happens to mailbox or connection, each mail is taken once. */
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Harness } from '@guichet/service/harness'
import { isAvailable, startRealServer, type RealServer } from '@guichet/testing/real-server'
import { until } from '@guichet/testing/until'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  deliver,
  has,
  ledger,
  mail,
  MailboxBench,
  rawMails,
  subjects,
  taken,
  WAIT,
} from '../../testing/mailbox-bench.ts'

const tokens = new Set<string>()
/** Each is good once. */
let refreshToken = 'r3fresh'
/** Whose an access token is (RFC 7662), and new ones (RFC 6749): what Microsoft and Google are to the real thing. */
const provider: Server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    const form = new URLSearchParams(body)
    response.setHeader('content-type', 'application/json')
    if (request.url === '/token') {
      const right = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === refreshToken
      response.statusCode = right ? 200 : 400
      if (!right) return response.end(JSON.stringify({ error: 'invalid_grant' }))
      const token = `token-${tokens.size}`
      tokens.add(token)
      refreshToken = `r3fresh-${tokens.size}`
      const answer = { access_token: token, refresh_token: refreshToken, expires_in: 3600 }
      return response.end(JSON.stringify(answer))
    }
    const active = tokens.has(form.get('token') ?? '')
    return response.end(JSON.stringify(active ? { active: true, username: bench.user } : { active: false }))
  })
})
provider.listen(0, '127.0.0.1')
await once(provider, 'listening')
const providerUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`

const server = await startRealServer('dovecot', { introspectionUrl: `${providerUrl}/introspect` })
const available = isAvailable(server, 'the IMAP door')
const bench = new MailboxBench(available ? server.url : 'imap://nowhere')

describe.runIf(available)('the IMAP door', () => {
  const dovecot = server as RealServer & { dataDir: string }

  beforeEach(() => bench.begin())
  afterEach(() => bench.end())
  afterAll(async () => {
    await dovecot.stop()
    provider.close()
  })

  const LARGE = 3_000_000
  /** In the middle of the large mail, and of a literal of 64 KiB: the first bytes of a download are 100,000. */
  const MIDDLE = 1_000_000

  /** A large mail between two small ones, held in its middle; what was taken before that. */
  async function heldInTheMiddle() {
    const someone = await bench.person()
    await deliver(someone, ['first'])
    await someone.append('INBOX', mail('large', LARGE))
    await deliver(someone, ['last'])
    const line = await bench.heldLine(MIDDLE)
    const running = await bench.open({ urls: [line.url] })
    await line.held
    return { someone, line, running }
  }
  const bytesOf = async (of: Harness, name: string) =>
    (await rawMails(of)).find((raw) => raw.includes(`Subject: ${name}\r\n`))?.length ?? -1

  test('takes at first what nobody has read, then all that comes, as soon as it comes; marks it after', async () => {
    const someone = await bench.person()
    await deliver(someone, ['old'], ['\\Seen'])
    await deliver(someone, ['unread-1', 'unread-2'])
    const running = await bench.open()
    await has(running, 2)
    await deliver(someone, ['new-1'])
    await deliver(someone, ['read-by-a-person'], ['\\Seen'])
    await has(running, 4)
    expect(await subjects(running)).toEqual(['new-1', 'read-by-a-person', 'unread-1', 'unread-2'])
    await until('all four are marked', async () => (await taken(someone)).length === 4, WAIT)
    expect(await someone.search({ seen: false }, { uid: true })).toEqual([])
  })

  test('after an outage of server or gateway it goes on where it was: nothing lost, nothing twice', async () => {
    const someone = await bench.person()
    let running = await bench.open()
    await deliver(someone, ['a'])
    await has(running, 1)
    await dovecot.restart?.()
    const again = await bench.person()
    await deliver(again, ['b'])
    await has(running, 2)
    await bench.close()
    await deliver(again, ['c', 'd'])
    await deliver(again, ['e'], ['\\Seen'])
    running = await bench.open()
    await has(running, 5)
    expect(await subjects(running)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('a mailbox that was numbered anew gives what is new, not what was taken', async () => {
    const someone = await bench.person()
    let running = await bench.open()
    await deliver(someone, ['a', 'b'])
    await has(running, 2)
    await until('both are marked', async () => (await taken(someone)).length === 2, WAIT)
    await bench.close()
    const before = someone.mailbox ? someone.mailbox.uidValidity : 0n
    await bench.peopleLeave()
    // Dovecot keeps UIDs and UIDVALIDITY in these; without them it numbers anew. Keywords stay with the mails.
    const folder = join(dovecot.dataDir, 'mail', bench.user)
    for (const name of await readdir(folder))
      if (/^dovecot(-uidlist|-uidvalidity.*|\.index.*)$/.test(name)) await rm(join(folder, name))
    // It makes a UIDVALIDITY of the second.
    await until('the next second', () => BigInt(Math.floor(Date.now() / 1000)) > before)
    const later = await bench.person()
    expect(later.mailbox ? later.mailbox.uidValidity : before).not.toBe(before)
    await deliver(later, ['c'])
    running = await bench.open()
    await has(running, 3)
    expect(await subjects(running)).toEqual(['a', 'b', 'c'])
  })

  test('two copies on one mailbox take each mail once', async () => {
    const someone = await bench.person()
    const running = await bench.open({ copies: 2 })
    const names = Array.from({ length: 30 }, (_, at) => `m${String(at).padStart(2, '0')}`)
    await deliver(someone, names)
    await until('all are marked', async () => (await taken(someone)).length === 30, WAIT)
    expect(await subjects(running)).toEqual(names)
  })

  test('what others throw away meanwhile takes nothing else along', async () => {
    const someone = await bench.person()
    const names = Array.from({ length: 40 }, (_, at) => `m${String(at).padStart(2, '0')}`)
    await deliver(someone, names)
    const running = await bench.open()
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
    await bench.close()
    const again = await bench.open()
    await has(again, 3)
    await until('all are marked', async () => (await taken(someone)).length === 3, WAIT)
    expect(await subjects(again)).toEqual(['first', 'large', 'last'])
    expect(await bytesOf(again, 'large')).toBe(mail('large', LARGE).length)
  })

  test('moves what it took where it is told to', async () => {
    const someone = await bench.person()
    await deliver(someone, ['a', 'b'])
    const running = await bench.open({ env: { IMAP_MOVE_TO: 'Traités' } })
    await has(running, 2)
    const counts = async () => {
      const status = await someone.status('Traités', { messages: true })
      return status ? status.messages : 0
    }
    await until('both are moved', async () => (await counts()) === 2, WAIT)
    await someone.noop()
    expect(await someone.search({ all: true }, { uid: true })).toEqual([])
  })

  test('signs in with an access token that it renews itself, after a restart with the newest refresh token', async () => {
    const someone = await bench.person()
    await deliver(someone, ['a'])
    const settings = {
      urls: [bench.url({ password: '' })],
      env: {
        MAIL_OAUTH_TOKEN_URL: `${providerUrl}/token`,
        MAIL_OAUTH_CLIENT_ID: 'guichet',
        MAIL_OAUTH_REFRESH_TOKEN: 'r3fresh',
      },
    }
    const running = await bench.open(settings)
    await has(running, 1)
    expect(running.logLines.join('\n')).not.toMatch(/r3fresh|token-\d/)
    await bench.close()
    await deliver(someone, ['b'])
    const again = await bench.open(settings)
    await has(again, 2)
    expect(tokens.size).toBe(2)
    expect(await bench.metrics()).toMatch(/^guichet_mail_sign_ins_refused_total\{.*at="mailbox"} 0$/m)
  })

  test('a mail that is too large is kept whole, unread by us, in quarantine', async () => {
    const someone = await bench.person()
    await someone.append('INBOX', mail('gros', 200_000))
    const running = await bench.open({ env: { MAIL_MAX_BYTES: '65536' } })
    await until('it is in quarantine', async () => (await ledger(running)).totals.quarantined === 1, WAIT)
    const { items } = await ledger(running)
    expect(items[0]?.reason).toMatch(/taille permise/)
    expect(await subjects(running)).toEqual(['gros'])
  })

  test('a password that is wrong is said once, without it; the rest of the service runs', async () => {
    const running = await bench.open({ urls: [bench.url({ password: ':wrong' })] })
    await until('it is said', () => running.logLines.some((line) => line.includes('cannot be read')), WAIT)
    expect(running.logLines.join('\n')).not.toContain('wrong@')
    expect(await bench.metrics()).toMatch(/^guichet_mail_sign_ins_refused_total\{.*at="mailbox"} [1-9]/m)
    expect((await ledger(running)).totals.received).toBe(0)
  })
})
