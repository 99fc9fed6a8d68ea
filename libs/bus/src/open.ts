/** The bus that the URLs name; engines that are not named are never loaded. */
import type { StoreEngine } from '@guichet/store'
import type { SqliteEngine } from '@guichet/store/sqlite'
import type { Logger } from 'pino'
import type { Bus, Events, Live, Requests } from './bus.ts'

export interface BusOptions {
  /** `sqlite:`, `nats://…` or `kafka://…`. */
  events: string
  /** `local:` or `nats://…`. */
  requests: string
  engine: StoreEngine
  log: Logger
}

/** These URLs cannot work together; the message says what would. */
export class BusRefused extends Error {
  override name = 'BusRefused'
}

interface Opened<T> {
  part: T
  check: () => Promise<void>
  close: () => Promise<void>
}

const NOTHING = () => Promise.resolve()

export async function openBus(options: BusOptions): Promise<Bus> {
  const requests = await openRequests(options)
  const events = await openEvents(options).catch(async (error: unknown) => {
    // Tried again later, from the start: nothing of this try may stay.
    await requests.close()
    throw error
  })
  return {
    events: events.part,
    requests: requests.part.requests,
    live: requests.part.live,
    check: async () => {
      await requests.check()
      await events.check()
    },
    close: async () => {
      await events.close()
      await requests.close()
    },
  }
}

async function openEvents({ events: url, engine, log }: BusOptions): Promise<Opened<Events>> {
  const onRejected = (consumer: string, error: unknown) =>
    log.warn({ err: error, consumer }, 'an event waits: its handler could not run')
  if (url.startsWith('sqlite:')) {
    if (engine.kind !== 'sqlite')
      throw new BusRefused('EVENTS_URL sqlite: needs STORE_URL sqlite:; give nats:// or kafka://')
    const { openSqliteEvents } = await import('./sqlite.ts')
    const part = openSqliteEvents({ log: (engine as SqliteEngine).log, onRejected })
    return { part, check: NOTHING, close: part.close }
  }
  if (/^(nats|tls):/.test(url)) {
    const { openNatsEvents } = await import('./nats.ts')
    return await openNatsEvents({ url, onRejected })
  }
  const { openKafkaEvents } = await import('./kafka.ts')
  return await openKafkaEvents({ url, onRejected })
}

async function openRequests({
  requests: url,
  log,
}: BusOptions): Promise<Opened<{ requests: Requests; live: Live }>> {
  const onDefect = (subject: string, error: unknown) =>
    log.error({ err: error, subject }, 'a question ended in a defect')
  if (url.startsWith('local:')) {
    const { openLocalRequests } = await import('./local.ts')
    return { part: openLocalRequests(onDefect), check: NOTHING, close: NOTHING }
  }
  const { openNatsRequests } = await import('./nats.ts')
  return await openNatsRequests({ url, onDefect })
}
