/** Durable tickets a second over HTTP. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from './child.ts'
import { CREATE, headersOf, openDesk, ticketBody } from './desk.ts'
import { load } from './load.ts'
import { heading, print, quantile } from './report.ts'

const SECONDS = 4

export async function benchCreates(): Promise<void> {
  heading('Durable tickets over HTTP (201 after fsync), all effects done')
  const folder = await mkdtemp(join(tmpdir(), 'guichet-floor-'))
  const floor = await startChild(fileURLToPath(new URL('./floors/http-commit.ts', import.meta.url)), [folder])
  const desk = await openDesk()
  const headers = headersOf(desk.admin.cookie)
  for (const connections of [1, 16, 64]) {
    const row = {
      method: 'POST' as const,
      path: '/rows',
      headers: { 'content-type': 'application/json' },
      expect: 201,
    }
    const bare = await load(floor.url, (index) => ({ ...row, body: ticketBody(index) }), {
      connections,
      seconds: SECONDS,
    })
    const own = await load(desk.product.url, (index) => ({ ...CREATE, headers, body: ticketBody(index) }), {
      connections,
      seconds: SECONDS,
    })
    print({
      what: `tickets/s, ${connections} connections`,
      value: own.perSecond,
      unit: '/s',
      floor: bare.perSecond,
      floorName: 'fastify + one row, group commit',
    })
    print({ what: `  p99 of a create`, value: quantile(own.latencies, 0.99), unit: 'ms' })
  }
  const empty = await load(floor.url, () => ({ method: 'GET', path: '/empty', headers: {}, expect: 200 }), {
    connections: 16,
    seconds: 2,
  })
  print({ what: 'an empty route, 16 connections', value: empty.perSecond, unit: '/s' })
  await desk.product.remove()
  await floor.stop()
}
