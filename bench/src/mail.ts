/** Mails by kind, beside a server that drops them and one that only writes and fsyncs them; memory; time to the ticket. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { until } from '@guichet/testing/until'
import type { Json } from '@guichet/testing/api-client'
import { startChild } from './child.ts'
import { openDesk, type Desk } from './desk.ts'
import { KINDS, mailOf, subjectOf, type MailKind } from './mail-kinds.ts'
import { sendMails } from './mail-load.ts'
import { watchMemory } from './memory.ts'
import { heading, print, quantile } from './report.ts'

const CONNECTIONS = [1, 4, 16]
const FLOOR = fileURLToPath(new URL('./floors/smtp.ts', import.meta.url))
let lastId = 0

/** @param only one of KINDS; all without. */
export async function benchMail(only?: string): Promise<void> {
  if (only !== undefined && !KINDS[only]) throw new Error(`--kind: ${Object.keys(KINDS).join(', ')}`)
  for (const [name, kind] of Object.entries(KINDS))
    if (only === undefined || only === name) await benchKind(kind)
}

async function benchKind(kind: MailKind): Promise<void> {
  heading(
    `Mails, ${kind.what}, raw sockets: accepted (250 after fsync), and to tickets with all effects done`,
  )
  const folder = await mkdtemp(join(tmpdir(), 'guichet-floor-'))
  const floors = {
    fsync: await startChild(FLOOR, [folder]),
    drop: await startChild(FLOOR, []),
  }
  const desk = await openDesk()
  // What is loaded with the first mail is no part of the others.
  await send(kind, desk.product.smtpPort, 1, 4, true)
  await allAreTickets(desk)
  const memory = watchMemory(desk.product.processId())
  for (const keepOpen of [true, false]) {
    for (const connections of CONNECTIONS) {
      const count = (keepOpen ? kind.kept : kind.single)[connections] ?? 0
      const dropped = await send(kind, portOf(floors.drop.url), connections, count, keepOpen)
      const fsynced = await send(kind, portOf(floors.fsync.url), connections, count, keepOpen)
      const began = performance.now()
      const accepted = await send(kind, desk.product.smtpPort, connections, count, keepOpen)
      await allAreTickets(desk)
      const tickets = count / ((performance.now() - began) / 1000)
      const what = `accepted, ${connections} ${keepOpen ? 'kept open' : 'one per mail'}`
      const besideFsync = { unit: '/s', floor: fsynced, floorName: 'smtp-server, write + fsync' }
      print({ what, value: accepted, ...besideFsync })
      print({ what: '', value: accepted, unit: '/s', floor: dropped, floorName: 'smtp-server, dropped' })
      print({ what: '  to tickets', value: tickets, ...besideFsync })
    }
  }
  const { before, peak, after } = await memory.stop()
  print({ what: 'resident before', value: before, unit: 'MiB' })
  print({ what: '  at the most', value: peak, unit: 'MiB' })
  print({ what: '  after', value: after, unit: 'MiB' })
  for (const connections of [1, 16]) {
    const times = await timesToTicket(desk, kind, connections)
    print({
      what: `250 to ticket in the list, ${connections} at once: p50`,
      value: quantile(times, 0.5),
      unit: 'ms',
    })
    print({ what: '  p99', value: quantile(times, 0.99), unit: 'ms' })
  }
  await desk.product.remove()
  await floors.fsync.stop()
  await floors.drop.stop()
  await rm(folder, { recursive: true, force: true })
}

function send(kind: MailKind, port: number, connections: number, count: number, keepOpen: boolean) {
  return sendMails({ port, connections, count, keepOpen, mail: () => mailOf(kind, ++lastId) })
}

const portOf = (url: string) => Number(url.split(':').at(-1))

function allAreTickets({ admin }: Desk) {
  return until(
    'all are tickets',
    async () => (await admin.get('/mail/ledger?limit=1')).body['totals']?.['pending'] === 0,
    { timeoutMs: 120_000 },
  )
}

/** Milliseconds from each mail's 250 until the portal's list shows its ticket; a sender's next mail waits for that. */
async function timesToTicket(
  { product, admin }: Desk,
  kind: MailKind,
  connections: number,
): Promise<number[]> {
  const first = lastId + 1
  lastId += kind.followed
  const waiting = new Map<string, () => void>()
  const times: number[] = []
  let sending = true
  // One reader for all, so that those who wait do not load the desk.
  const reader = async () => {
    while (sending) {
      if (waiting.size > 0) {
        const { items } = (await admin.get('/tickets?view=open&limit=100')).body
        for (const { subject } of (items ?? []) as Json[]) waiting.get(String(subject))?.()
      }
      await pause(1)
    }
  }
  const reading = reader()
  await sendMails({
    port: product.smtpPort,
    connections,
    count: kind.followed,
    keepOpen: true,
    mail: (index) => mailOf(kind, first + index),
    afterEach: async (index) => {
      const began = performance.now()
      const subject = subjectOf(first + index)
      await new Promise<void>((resolve) => waiting.set(subject, resolve))
      waiting.delete(subject)
      times.push(performance.now() - began)
    },
  })
  sending = false
  await reading
  return times
}
