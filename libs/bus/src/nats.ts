/** NATS: events on a JetStream stream, requests and live messages on plain subjects. */
import { connect, type NatsConnection } from '@nats-io/transport-node'
import type { Events, Live, Requests } from './bus.ts'
import type { OnDefect } from './codec.ts'
import { createNatsEvents } from './nats/events.ts'
import { createNatsLive } from './nats/live.ts'
import { createNatsRequests } from './nats/requests.ts'

interface Opened<T> {
  part: T
  check: () => Promise<void>
  close: () => Promise<void>
}

const CHECK_WITHIN_MS = 3000

export async function openNatsEvents(options: {
  url: string
  onRejected: (consumer: string, error: unknown) => void
}): Promise<Opened<Events>> {
  const connection = await open(options.url)
  try {
    const { events, close } = await createNatsEvents(connection, options.onRejected)
    return {
      part: events,
      check: () => check(connection),
      close: async () => {
        await close()
        await end(connection)
      },
    }
  } catch (error) {
    await connection.close()
    throw error
  }
}

export async function openNatsRequests(options: {
  url: string
  onDefect: OnDefect
}): Promise<Opened<{ requests: Requests; live: Live }>> {
  const connection = await open(options.url)
  const part = {
    requests: createNatsRequests(connection, options.onDefect),
    live: createNatsLive(connection, options.onDefect),
  }
  return { part, check: () => check(connection), close: () => end(connection) }
}

/** Comes back for ever: an outage of the broker is waited out, what is published meanwhile is refused in time. */
function open(url: string): Promise<NatsConnection> {
  const { username, password, host, protocol } = new URL(url)
  return connect({
    servers: host,
    // Answers come to an inbox that the broker lets nobody else read (deploy/nats/authorization.mjs).
    ...(username
      ? {
          user: decodeURIComponent(username),
          pass: decodeURIComponent(password),
          inboxPrefix: `_INBOX.${decodeURIComponent(username)}`,
        }
      : {}),
    ...(protocol === 'tls:' ? { tls: {} } : {}),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    pingInterval: 5000,
    maxPingOut: 2,
    name: 'guichet',
  })
}

/** The last acknowledgements are on their way: they arrive, unless nobody is there. */
async function end(connection: NatsConnection): Promise<void> {
  if (connection.isClosed()) return
  await check(connection).catch(() => undefined)
  await connection.close()
}

async function check(connection: NatsConnection): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('NATS does not answer')), CHECK_WITHIN_MS)
  })
  try {
    await Promise.race([connection.flush(), late])
  } finally {
    clearTimeout(timer)
  }
}
