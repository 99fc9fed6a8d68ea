/** SMTP in. It translates: what comes of a mail is decided after it is on disk, by the same code for every door. */
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { Failure } from '@guichet/contracts/failure'
import { portFault, type Door } from '@guichet/service'
import { BlobTooLarge, newBlobId } from '@guichet/store'
import { withSpan } from '@guichet/telemetry'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import type { Context } from '../context.ts'
import { threadKey } from '../context.ts'
import { isRelay, relayList } from '../client-of.ts'
import { readRecipient } from '../domain/mail-tokens.ts'
import { SMALL_BYTES, takeIn } from '../intake.ts'
import { createConnections } from './connections.ts'
import { createHeaderWatch, type HeaderWatch } from './header-watch.ts'
import { createRate } from './rate.ts'
import { replyOf } from './reply.ts'

const MAX_CONNECTIONS = 200
/** The house's own relays are not counted: all mail may come through one. */
const MAX_CONNECTIONS_EACH = 50
/** Nothing said for so long. */
const SILENT_CLIENT_MS = 60_000
/** From DATA to the final dot: whoever sends a byte a second is cut too (RFC 5321 §4.5.3.2.6 gives the sender ten). */
const WHOLE_MAIL_MS = 10 * 60_000

export interface SmtpDoor extends Door {
  /** host:port, once started. */
  address: () => string
}

export function createSmtpDoor(context: Context, wholeMailMs = WHOLE_MAIL_MS): SmtpDoor {
  const { config, log, clock } = context.parts
  const rate = createRate(config.SMTP_RATE_LIMIT_PER_MINUTE, () => clock.now().epochMilliseconds)
  const relays = relayList(config.MAIL_TRUSTED_RELAYS)
  const connections = createConnections(MAX_CONNECTIONS_EACH, (address) => isRelay(relays, address))
  /** Sessions that were let in: only those are counted off when they end. */
  const counted = new Set<string>()
  let server: import('./smtp-connection.ts').PromptSmtpServer | undefined
  let listening = ''

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const watch = createHeaderWatch(config.SUPPORT_ADDRESS)
    const source = watch.through(stream)
    try {
      return await take(stream, source, watch, session)
    } catch (error) {
      // The client reads our reply when it has said all: the rest is read to its end, and kept nowhere.
      void drain(source)
      throw error
    }
  }

  async function take(
    stream: SMTPServerDataStream,
    source: AsyncIterableIterator<Buffer>,
    watch: HeaderWatch,
    session: SMTPServerSession,
  ): Promise<string> {
    const head: Buffer[] = []
    let size = 0
    for await (const chunk of source) {
      head.push(chunk)
      size += chunk.length
      if (size > SMALL_BYTES) break
    }
    const envelope = {
      door: 'smtp' as const,
      clientAddress: session.remoteAddress,
      helo: session.hostNameAppearsAs || null,
      mailFrom: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
      rcptTo: session.envelope.rcptTo.map(({ address }) => address),
    }
    if (size <= SMALL_BYTES) {
      requireWhole(stream, watch.loops())
      return await takeIn(context, { ...envelope, raw: { bytes: Buffer.concat(head) } })
    }
    const blobId = newBlobId()
    const info = await context.parts.store.blobs.put(blobId, joined(head, source), {
      maxBytes: config.MAIL_MAX_BYTES,
      keptNext: true,
    })
    requireWhole(stream, watch.loops())
    return await takeIn(context, { ...envelope, raw: { blobId, size: info.size } })
  }

  async function start(): Promise<void> {
    const { PromptSmtpServer } = await import('./smtp-connection.ts')
    const tls = await certificate(config)
    server = new PromptSmtpServer({
      name: config.SUPPORT_ADDRESS.split('@')[1],
      banner: config.BRAND,
      size: config.MAIL_MAX_BYTES,
      authOptional: true,
      disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      ...tls,
      disableReverseLookup: true,
      maxClients: MAX_CONNECTIONS,
      socketTimeout: SILENT_CLIENT_MS,
      closeTimeout: 2000,
      logger: false,
      onConnect: (session, done) => {
        const admitted = connections.admits(session.remoteAddress)
        if (admitted) counted.add(session.id)
        done(admitted ? null : replyOf(new Failure('too-many-connections')))
      },
      onClose: ({ id, remoteAddress }) => {
        if (counted.delete(id)) connections.left(remoteAddress)
      },
      onMailFrom: (_address, session, done) => {
        context.lull.stirred()
        done(rate.admits(session.remoteAddress) ? null : replyOf(new Failure('too-many-mails')))
      },
      onRcptTo: ({ address }, _session, done) => {
        context.lull.stirred()
        const known = readRecipient(threadKey(context), config.SUPPORT_ADDRESS, address)
        done(known ? null : replyOf(new Failure('unknown-recipient')))
      },
      onData: (stream, session, done) => {
        context.lull.stirred()
        // What a client sends along is never trusted as a trace: this is where ours begins.
        const cut = clock.after(wholeMailMs, () => stream.destroy(new Failure('too-slow')))
        withSpan('SMTP DATA', { kind: 'server', parent: null }, () => receive(stream, session)).then(
          (id) => {
            context.lull.stirred()
            cut()
            done(null, `2.0.0 ${id} kept`)
          },
          (error: unknown) => {
            cut()
            if (!(error instanceof Failure) && !(error instanceof BlobTooLarge))
              log.warn({ err: error }, 'a mail was not taken')
            done(replyOf(error))
          },
        )
      },
    })
    server.on('error', (error) => log.debug({ err: error }, 'an SMTP connection ended badly'))
    await listen(server)
  }

  function listen(smtp: NonNullable<typeof server>): Promise<void> {
    return new Promise((resolve, reject) => {
      smtp.server.once('error', (error: Error) =>
        reject(portFault('SMTP_PORT', config.SMTP_HOST, config.SMTP_PORT, error)),
      )
      smtp.listen(config.SMTP_PORT, config.SMTP_HOST, () => {
        smtp.server.removeAllListeners('error')
        const { address, port } = smtp.server.address() as AddressInfo
        listening = `${address}:${port}`
        resolve()
      })
    })
  }

  return {
    name: 'smtp',
    start,
    stop: () =>
      new Promise((resolve) => {
        if (server) server.close(() => resolve())
        else resolve()
      }),
    address: () => listening,
  }
}

function requireWhole(stream: SMTPServerDataStream, loops: boolean): void {
  if (stream.sizeExceeded) throw new Failure('mail-too-large')
  if (loops) throw new Failure('mail-loop')
}

/** Cut off in between, there is nothing more to read. */
async function drain(rest: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const _chunk of rest);
  } catch {
    return
  }
}

async function* joined(head: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* head
  yield* rest
}

async function certificate({ SMTP_TLS_CERT_FILE, SMTP_TLS_KEY_FILE }: Context['parts']['config']) {
  if (!SMTP_TLS_CERT_FILE || !SMTP_TLS_KEY_FILE) return undefined
  const [cert, key] = await Promise.all([readFile(SMTP_TLS_CERT_FILE), readFile(SMTP_TLS_KEY_FILE)])
  return { cert, key }
}
