/** List, one ticket, search, and the pages that show them, as the number of tickets grows. */
import { CREATE, headersOf, openDesk, ticketBody } from './desk.ts'
import { load } from './load.ts'
import { firstPaint } from './first-paint.ts'
import { heading, print, quantile } from './report.ts'

const READS = 400

export async function benchReads(sizes: readonly number[]): Promise<void> {
  heading('Reads over HTTP, one connection, as the desk grows')
  const desk = await openDesk()
  const headers = headersOf(desk.admin.cookie)
  let size = 0
  for (const target of sizes) {
    const missing = target - size
    const from = size
    await load(desk.product.url, (index) => ({ ...CREATE, headers, body: ticketBody(from + index) }), {
      connections: 32,
      count: missing,
    })
    size = target
    const reads: [string, (index: number) => string][] = [
      ['list of 50', () => '/api/v1/tickets?view=open&limit=50'],
      ['one ticket', (index) => `/api/v1/tickets/${1001 + ((index * 7919) % size)}`],
      [
        'search of a word',
        (index) =>
          `/api/v1/tickets?q=${encodeURIComponent(['imprimante', 'sauvegarde', 'agenda'][index % 3] ?? '')}&limit=50`,
      ],
      ['page: the queue', () => '/tickets'],
      ['page: one ticket', (index) => `/tickets/${1001 + ((index * 7919) % size)}`],
    ]
    for (const [what, path] of reads) {
      await load(desk.product.url, (index) => ({ method: 'GET', path: path(index), headers, expect: 200 }), {
        connections: 1,
        count: 50,
      })
      const { latencies } = await load(
        desk.product.url,
        (index) => ({ method: 'GET', path: path(index), headers, expect: 200 }),
        { connections: 1, count: READS },
      )
      print({
        what: `${what}, ${size.toLocaleString('en')} tickets: p50`,
        value: quantile(latencies, 0.5),
        unit: 'ms',
      })
      print({ what: '  p99', value: quantile(latencies, 0.99), unit: 'ms' })
    }
    for (const [what, path] of [
      ['the queue', '/tickets'],
      ['one ticket', '/tickets/1001'],
    ] as const) {
      print({
        what: `first paint of ${what}, cold: median of 5`,
        value: await firstPaint(desk.product.url, path, desk.admin.cookie),
        unit: 'ms',
      })
    }
  }
  await desk.product.remove()
}
