/** A mailbox at Debian's Dovecot, people in it, the mail gateway beside it, and lines between the two that fail. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutputOf } from '@guichet/contracts/definition'
import { getRawMail, listLedger } from '@guichet/contracts/mail'
import type { ServiceParts } from '@guichet/service'
import { loadConfig } from '@guichet/service/config'
import {
  accountActor,
  serve,
  startHarness,
  type Harness,
  type HarnessService,
} from '@guichet/service/harness'
import { until } from '@guichet/testing/until'
import { ImapFlow } from 'imapflow'
import { mailGatewayConfig } from '../config.ts'
import { TAKEN } from '../doors/imap/read-new.ts'
import { createMailGatewayService } from '../service.ts'

/** The same after a restart. */
const SECRET = new Uint8Array(32).fill(5)
export const WAIT = { timeoutMs: 20_000 }

/** About so many bytes. */
export const mail = (name: string, bytes = 0) =>
  `From: anne@client.test\r\nTo: sos@exeko.test\r\nSubject: ${name}\r\nMessage-ID: <${name}@client.test>\r\n\r\nBonjour ${name}.\r\n${'x'.repeat(70)}\r\n${`${'y'.repeat(70)}\r\n`.repeat(Math.ceil(bytes / 72))}`

export async function deliver(
  client: ImapFlow,
  names: readonly string[],
  flags: string[] = [],
): Promise<void> {
  for (const name of names) await client.append('INBOX', mail(name), flags)
}

/** UIDs that are marked as taken. */
export const taken = async (client: ImapFlow) =>
  (await client.search({ keyword: TAKEN }, { uid: true })) || []

export async function ledger(of: Harness): Promise<OutputOf<typeof listLedger>> {
  return await of.as(accountActor('sofie')).ask(listLedger, { limit: 100, language: 'fr' })
}

/** What was taken, read from the raw bytes that are kept. */
export async function rawMails(of: Harness): Promise<string[]> {
  const { items } = await ledger(of)
  return await Promise.all(
    items.map(async ({ id }) => {
      const { blobId } = await of.as(accountActor('sofie')).ask(getRawMail, { id })
      return new TextDecoder().decode(await of.engine.service('mail-gateway').blobs.read(blobId))
    }),
  )
}
export const subjects = async (of: Harness) =>
  (await rawMails(of)).map((raw) => /^Subject: (\S+)/m.exec(raw)?.[1] ?? raw.slice(0, 40)).toSorted()

export const has = (of: Harness, count: number) =>
  until(`${count} mails are taken`, async () => (await ledger(of)).totals.received >= count, WAIT)

export interface Line {
  url: string
  stop: () => void
}

export interface OpenSettings {
  copies?: number
  env?: Record<string, string>
  /** By copy; default: straight to the server, by password. */
  urls?: string[]
  /** Before the gateway. */
  neighbours?: HarnessService[]
}

export class MailboxBench {
  readonly #port: number
  #users = 0
  user = ''
  #dataDir = ''
  #harness: Harness | undefined
  #registry: ServiceParts<unknown>['metrics'] | undefined
  readonly #clients: ImapFlow[] = []
  readonly #lines: Line[] = []

  constructor(serverUrl: string) {
    this.#port = Number(new URL(serverUrl).port)
  }

  /** A mailbox of its own for the test. */
  async begin(): Promise<void> {
    this.#users += 1
    this.user = `sos${process.pid}-${this.#users}`
    this.#dataDir = await mkdtemp(join(tmpdir(), 'guichet-imap-'))
  }
  async end(): Promise<void> {
    await this.close()
    await this.peopleLeave()
    await rm(this.#dataDir, { recursive: true, force: true })
  }

  url({ user = this.user, password = ':secret', port = this.#port } = {}): string {
    return `imap://${user}${password}@127.0.0.1:${port}`
  }

  /** A person with their own mail program, or the server that delivers. */
  async person(): Promise<ImapFlow> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: this.#port,
      secure: false,
      auth: { user: this.user, pass: 'secret' },
      logger: false,
      disableAutoIdle: true,
    })
    client.on('error', () => undefined)
    await client.connect()
    await client.mailboxOpen('INBOX')
    this.#clients.push(client)
    return client
  }
  async peopleLeave(): Promise<void> {
    for (const client of this.#clients.splice(0)) if (client.usable) await client.logout()
  }

  /** As Prometheus reads them, of what is or was last open. */
  metrics = async () => (await this.#registry?.metrics()) ?? ''

  /** The gateway, on what it kept when it was open before. */
  async open({ copies, env, urls = [this.url()], neighbours = [] }: OpenSettings = {}): Promise<Harness> {
    const services = Array.from({ length: copies ?? urls.length }, (_, at) =>
      serve(
        'mail-gateway',
        (parts) => {
          this.#registry = parts.metrics
          return createMailGatewayService(parts)
        },
        loadConfig(mailGatewayConfig, {
          SMTP_PORT: '0',
          SUPPORT_ADDRESS: 'sos@exeko.test',
          REQUIRE_AUTHENTICATED_SENDERS: 'false',
          IMAP_URL: urls[at % urls.length],
          ...env,
        }),
      ),
    )
    this.#harness = await startHarness({
      services: [...neighbours, ...services],
      dataDir: this.#dataDir,
      secret: SECRET,
    })
    return this.#harness
  }
  async close(): Promise<void> {
    const running = this.#harness
    this.#harness = undefined
    await running?.stop()
    for (const line of this.#lines.splice(0)) line.stop()
  }

  /** Lets the first bytes through, then holds what the server says until told. */
  async heldLine(afterBytes: number) {
    const held = Promise.withResolvers<void>()
    const pairs: Pair[] = []
    let passes = false
    const line = await this.#line((pair) => {
      pairs.push(pair)
      const { ours, theirs } = pair
      let count = 0
      ours.pipe(theirs)
      theirs.on('data', (chunk: Buffer) => {
        count += chunk.length
        ours.write(chunk)
        if (passes || count < afterBytes) return
        theirs.pause()
        held.resolve()
      })
    })
    return {
      ...line,
      held: held.promise,
      release: () => {
        passes = true
        for (const { theirs } of pairs) theirs.resume()
      },
      cut: () => {
        passes = true
        for (const { ours } of pairs.splice(0)) ours.destroy()
      },
    }
  }

  /** Ends before the server hears this command, and lets nobody through again: the copy behind it is as dead. */
  async lineThatEndsAt(command: string) {
    const ended = Promise.withResolvers<void>()
    let isOver = false
    const line = await this.#line(({ ours, theirs }) => {
      if (isOver) return ours.destroy()
      theirs.pipe(ours)
      ours.on('data', (chunk: Buffer) => {
        if (!isOver && !chunk.toString('latin1').includes(command)) return theirs.write(chunk)
        isOver = true
        ours.destroy()
        ended.resolve()
      })
    })
    return { ...line, ended: ended.promise }
  }

  async #line(carry: (pair: Pair) => void): Promise<Line> {
    const pairs: Pair[] = []
    const tcp = createServer((ours) => {
      const theirs = connect(this.#port, '127.0.0.1')
      pairs.push({ ours, theirs })
      const end = () => {
        ours.destroy()
        theirs.destroy()
      }
      for (const socket of [ours, theirs]) socket.on('error', end).on('close', end)
      carry({ ours, theirs })
    })
    tcp.listen(0, '127.0.0.1')
    await once(tcp, 'listening')
    const line = {
      url: this.url({ port: (tcp.address() as AddressInfo).port }),
      stop: () => {
        for (const { ours } of pairs) ours.destroy()
        tcp.close()
      },
    }
    this.#lines.push(line)
    return line
  }
}

interface Pair {
  ours: Socket
  theirs: Socket
}
