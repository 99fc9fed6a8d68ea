/** The IMAP door when copies of the gateway die at work, against Debian's Dovecot: one row and one effect of each mail. */
import { findSender, type Account } from '@guichet/contracts/identity'
import { mailAccepted, mailReceived } from '@guichet/contracts/mail'
import { answer, services } from '@guichet/service'
import { serveNeighbour, type Harness } from '@guichet/service/harness'
import { isAvailable, startRealServer } from '@guichet/testing/real-server'
import { until } from '@guichet/testing/until'
import type { ImapFlow } from 'imapflow'
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

const server = await startRealServer('dovecot')
const available = isAvailable(server, 'the IMAP door, killed')
const bench = new MailboxBench(available ? server.url : 'imap://nowhere')

const ANNE: Account = {
  id: 'anne',
  companyId: 'client',
  email: 'anne@client.test',
  name: 'Anne',
  roles: ['customer'],
  language: 'fr',
  status: 'active',
  createdAt: '2026-01-01T00:00:00.000Z',
}
const neighbours = [
  serveNeighbour('identity', [answer(findSender, services(), async () => ({ account: ANNE }))]),
]
/** Not there before. */
const MOVED = 'Guichet'
const LARGE = 3_000_000
/** In the middle of the large mail. */
const MIDDLE = 1_000_000

describe.runIf(available)('the IMAP door, killed', () => {
  beforeEach(() => bench.begin())
  afterEach(() => bench.end())
  afterAll(async () => {
    if ('stop' in server) await server.stop()
  })

  async function countIn(client: ImapFlow, folder: string): Promise<number> {
    // Of the mailbox that is open STATUS tells what was seen so far.
    await client.noop()
    if (folder === 'INBOX') return ((await client.search({ all: true })) || []).length
    const status = await client.status(folder, { messages: true }).catch(() => undefined)
    return status ? (status.messages ?? 0) : 0
  }
  const areMarked = (client: ImapFlow, count: number) =>
    until(`${count} are marked`, async () => (await taken(client)).length === count, WAIT)

  /** Each once: as a row, as an event, and as what the ticket service is told. */
  async function expectEachOnce(of: Harness, names: readonly string[]): Promise<void> {
    expect(await subjects(of)).toEqual([...names].toSorted())
    const ids = (await ledger(of)).items.map(({ id }) => id).toSorted()
    const accepted = await until(
      'all are accepted',
      async () => {
        const found = await recorded(of, mailAccepted)
        return found.length >= names.length && found
      },
      WAIT,
    )
    expect(accepted).toEqual(ids)
    expect(await recorded(of, mailReceived)).toEqual(ids)
  }

  /** Of which mails this was ever said, before the last start too. */
  async function recorded(of: Harness, { subject }: { subject: string }): Promise<string[]> {
    const mailIds: string[] = []
    for await (const { event } of of.engine.service('mail-gateway').recorded())
      if (event.subject === subject) mailIds.push((event.data as { mailId: string }).mailId)
    return mailIds.toSorted()
  }

  const lengthOf = async (of: Harness, name: string) =>
    (await rawMails(of)).find((raw) => raw.includes(`Subject: ${name}\r\n`))?.length

  test('two copies fetch the same large mail at once: one takes it, the other goes on undisturbed', async () => {
    const someone = await bench.person()
    await someone.append('INBOX', mail('large', LARGE))
    await deliver(someone, ['last'])
    const lines = [await bench.heldLine(MIDDLE), await bench.heldLine(MIDDLE)]
    const running = await bench.open({ urls: lines.map(({ url }) => url), neighbours })
    for (const { held } of lines) await held
    for (const { release } of lines) release()
    await areMarked(someone, 2)
    await expectEachOnce(running, ['large', 'last'])
    expect(running.logLines.filter((line) => line.includes('cannot be read'))).toEqual([])
  })

  test('one of two copies dies in the middle of a mail: the other takes all of it, and all that comes', async () => {
    const someone = await bench.person()
    await deliver(someone, ['first'])
    const dying = await bench.heldLine(MIDDLE)
    await someone.append('INBOX', mail('large', LARGE))
    await deliver(someone, ['last'])
    const running = await bench.open({ urls: [dying.url, bench.url()], neighbours })
    await dying.held
    dying.stop()
    await areMarked(someone, 3)
    await deliver(someone, ['later'])
    await areMarked(someone, 4)
    await expectEachOnce(running, ['first', 'large', 'last', 'later'])
    expect(await lengthOf(running, 'large')).toBe(mail('large', LARGE).length)
  })

  test.each([
    ['before it was marked', 'UID STORE'],
    ['before it was moved', 'UID MOVE'],
  ])(
    'killed after a mail was taken and %s: it is moved after the next start, and taken once',
    async (_when, command) => {
      const someone = await bench.person()
      await deliver(someone, ['a', 'b'])
      const line = await bench.lineThatEndsAt(command)
      const env = { IMAP_MOVE_TO: MOVED }
      const dying = await bench.open({ urls: [line.url], env, neighbours })
      await line.ended
      expect(await subjects(dying)).toEqual(['a'])
      await bench.close()
      expect(await countIn(someone, MOVED)).toBe(0)

      const running = await bench.open({ env, neighbours })
      await until('both are moved', async () => (await countIn(someone, MOVED)) === 2, WAIT)
      expect(await countIn(someone, 'INBOX')).toBe(0)
      await expectEachOnce(running, ['a', 'b'])
    },
  )

  test('killed between intake and move, moved by a person before the next start: theirs stays where they put it', async () => {
    const someone = await bench.person()
    await deliver(someone, ['a', 'b'])
    const line = await bench.lineThatEndsAt('UID MOVE')
    const env = { IMAP_MOVE_TO: MOVED }
    await bench.open({ urls: [line.url], env, neighbours })
    await line.ended
    await bench.close()
    await someone.messageMove('1', 'Traités', { uid: true })

    const running = await bench.open({ env, neighbours })
    await until('the other is moved', async () => (await countIn(someone, MOVED)) === 1, WAIT)
    await deliver(someone, ['c'])
    await until('and what comes', async () => (await countIn(someone, MOVED)) === 2, WAIT)
    expect(await countIn(someone, 'Traités')).toBe(1)
    await expectEachOnce(running, ['a', 'b', 'c'])
  })

  test('what a person puts back into the mailbox is not moved away again, and not taken twice', async () => {
    const someone = await bench.person()
    const env = { IMAP_MOVE_TO: MOVED }
    const running = await bench.open({ env, neighbours })
    await deliver(someone, ['a'])
    await until('it is moved', async () => (await countIn(someone, MOVED)) === 1, WAIT)
    await someone.mailboxOpen(MOVED)
    await someone.messageMove('1', 'INBOX', { uid: true })
    await someone.mailboxOpen('INBOX')
    await deliver(someone, ['b'])
    await until('the other is moved', async () => (await countIn(someone, MOVED)) === 1, WAIT)
    expect(await countIn(someone, 'INBOX')).toBe(1)
    await expectEachOnce(running, ['a', 'b'])
  })

  test('two copies that move: each mail is taken once and moved once', async () => {
    const someone = await bench.person()
    const names = Array.from({ length: 20 }, (_, at) => `m${String(at).padStart(2, '0')}`)
    await deliver(someone, names)
    const running = await bench.open({ copies: 2, env: { IMAP_MOVE_TO: MOVED }, neighbours })
    await until('all are moved', async () => (await countIn(someone, 'INBOX')) === 0, WAIT)
    expect(await countIn(someone, MOVED)).toBe(20)
    await expectEachOnce(running, names)
  })

  test('a folder that the server does not let us make: mails are taken all the same, and it is said', async () => {
    const someone = await bench.person()
    await deliver(someone, ['a', 'b'])
    // Dovecot refuses a name that leaves its folder.
    const running = await bench.open({ env: { IMAP_MOVE_TO: '../ailleurs' }, neighbours })
    await has(running, 2)
    await until('it is said', () => running.logLines.some((line) => line.includes('IMAP_MOVE_TO')), WAIT)
    expect(await countIn(someone, 'INBOX')).toBe(2)
    await expectEachOnce(running, ['a', 'b'])
  })

  test('killed during the very first look: what came since is taken, though a person has read it by then', async () => {
    const someone = await bench.person()
    await deliver(someone, ['old'], ['\\Seen'])
    await deliver(someone, ['unread'])
    const line = await bench.lineThatEndsAt('UID STORE')
    const dying = await bench.open({ urls: [line.url], neighbours })
    await line.ended
    await until('it is said', () => dying.logLines.some((said) => said.includes('cannot be read')), WAIT)
    await bench.close()
    await deliver(someone, ['read-since'], ['\\Seen'])

    const running = await bench.open({ neighbours })
    await areMarked(someone, 2)
    await expectEachOnce(running, ['unread', 'read-since'])
  })
})
