/** Events a second from publish to handled, beside a raw publish to the same server. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Events } from '@guichet/bus'
import { openBus } from '@guichet/bus/open'
import type { Envelope } from '@guichet/contracts/envelope'
import { openSqliteEngine } from '@guichet/store/sqlite'
import { createLog } from '@guichet/telemetry/log'
import { startRealServer } from '@guichet/testing/real-server'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { heading, print } from './report.ts'

const COUNT = 5000
const AT_ONCE = 64

const event = (run: string, index: number): Envelope => ({
  id: `bench/${run}-${index}@1.0`,
  subject: 'bench.happened',
  key: String(index % 500),
  version: 1,
  occurredAt: new Date().toISOString(),
  actor: { kind: 'service', service: 'bench' },
  audience: { accounts: [], staff: false },
  data: { index, text: 'x'.repeat(200) },
})

async function inParallel(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  let index = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (index < count) await work(index++)
    }),
  )
  return count / ((performance.now() - began) / 1000)
}

async function throughput(events: Events, run: string): Promise<number> {
  let handled = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const subscription = await events.subscribe({
    consumer: `bench-${run}`,
    subjects: ['bench.happened'],
    from: 'now',
    handle: () => {
      if (++handled >= COUNT) resolve()
      return Promise.resolve()
    },
  })
  const began = performance.now()
  await inParallel(COUNT, (index) => events.publish(event(run, index)))
  await promise
  const perSecond = COUNT / ((performance.now() - began) / 1000)
  await subscription.stop()
  return perSecond
}

export async function benchEvents(): Promise<void> {
  heading(`Events from publish to handled (${AT_ONCE} publishers, 500 keys)`)
  const log = await createLog({ level: 'error' })
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-bench-'))
  const engine = openSqliteEngine({ dataDir, relay: false })
  const local = await openBus({ events: 'sqlite:', requests: 'local:', engine, log })
  print({ what: 'SQLite', value: await throughput(local.events, `sqlite-${process.pid}`), unit: '/s' })
  await local.close()
  for (const name of ['nats', 'kafka'] as const) {
    const server = await startRealServer(name)
    if ('unavailable' in server) {
      console.log(`${name} is left out: ${server.unavailable}`)
      continue
    }
    const bus = await openBus({ events: server.url, requests: 'local:', engine, log })
    const floor = name === 'nats' ? await rawJetStream(server.url) : undefined
    const value = await throughput(bus.events, `${name}-${process.pid}`)
    print({
      what: name === 'nats' ? 'NATS JetStream' : 'Kafka',
      value,
      unit: '/s',
      floor,
      floorName: 'raw JetStream publish, fsync each',
    })
    await bus.close()
    await server.stop()
  }
  await engine.close()
}

async function rawJetStream(url: string): Promise<number> {
  const connection = await connect({ servers: url })
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'raw', subjects: ['raw.>'] })
  const stream = jetstream(connection)
  const payload = JSON.stringify(event('raw', 0))
  const perSecond = await inParallel(COUNT, (index) => stream.publish(`raw.${index % 64}`, payload))
  await connection.close()
  return perSecond
}
