/**
 * Real processes killed with SIGKILL while tickets and mails come in: nothing that was acknowledged is lost or
 * doubled, each ticket's order is kept, queues drain. The clients behave as real ones: they try again what was not
 * acknowledged, under the same Idempotency-Key or Message-ID.
 */
import { execFileSync } from 'node:child_process'
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { startProduct, type Product, type Way } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const LONG = { timeoutMs: 90_000 }

interface Fault {
  name: string
  strike: (product: Product) => Promise<void>
}

const killEmbedded: Fault = { name: 'the process', strike: (product) => product.restart() }
const SERVICES = [
  'identity',
  'ticket',
  'billing',
  'archiver',
  'notification',
  'mail-gateway',
  'gateway',
] as const

function killService(service: string): Fault {
  return {
    name: service,
    strike: async (product) => {
      const before = (await product.servicePids()).get(service)
      if (before === undefined) throw new Error(`${service} is not running`)
      process.kill(before, 'SIGKILL')
      await until(
        `${service} is started again`,
        async () => {
          const now = (await product.servicePids()).get(service)
          return now !== undefined && now !== before
        },
        LONG,
      )
    },
  }
}

function pidOf(product: Product, program: string): number {
  const listing = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
  const line = listing.split('\n').find((each) => each.includes(product.dataDir) && each.includes(program))
  if (!line) throw new Error(`${program} is not running`)
  return Number.parseInt(line, 10)
}

const killBroker: Fault = {
  name: 'the broker',
  strike: async (product) => {
    const before = pidOf(product, 'nats-server')
    process.kill(before, 'SIGKILL')
    await until('the broker is started again', () => pidOf(product, 'nats-server') !== before, LONG)
  },
}

/** The stand-in is not durable at kill -9: it is stopped and cut off, as a database that hangs. */
const pauseDatabase: Fault = {
  name: 'the database, cut off',
  strike: async (product) => {
    const pid = pidOf(product, 'mongo.h2')
    process.kill(pid, 'SIGSTOP')
    await new Promise((resolve) => setTimeout(resolve, 4000))
    process.kill(pid, 'SIGCONT')
  },
}

const FAULTS: Record<Way, Fault[]> = {
  start: [killEmbedded, killEmbedded, killEmbedded],
  distributed: [...SERVICES.map(killService), killBroker, pauseDatabase],
}

describe.each<Way>(['start', 'distributed'])('faults, npm run %s', (way) => {
  let product: Product
  let admin: ApiClient
  const sent = { tickets: new Set<string>(), mails: new Set<string>(), replies: new Map<number, string[]>() }
  let striking = true

  beforeAll(async () => {
    product = await startProduct(way, {
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      SUPPORT_ADDRESS: 'sos@exeko.test',
      REQUIRE_AUTHENTICATED_SENDERS: 'false',
    })
    admin = createApiClient(product.url)
    await admin.signIn(ADMIN.email, ADMIN.password)
    const company = await admin.post('/companies', { name: 'Delvaux' })
    await admin.post(`/companies/${company.body['id']}/accounts`, {
      email: 'anne@delvaux.test',
      name: 'Anne',
      roles: ['customer'],
    })
  })
  afterAll(() => product.remove())

  /** Until it is acknowledged, however often the connection breaks. */
  async function persist(work: () => Promise<boolean>): Promise<void> {
    while (!(await work().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50))
  }

  async function openTickets(lane: number): Promise<void> {
    for (let count = 0; striking; count++) {
      const subject = `Ticket ${lane}-${count}`
      let number = 0
      await persist(async () => {
        const { status, body } = await admin.post(
          '/tickets',
          { subject, description: 'x' },
          { 'idempotency-key': subject },
        )
        number = body['number'] ?? 0
        return status === 201
      })
      sent.tickets.add(subject)
      const replies: string[] = []
      for (let reply = 0; reply < 3; reply++) {
        const text = `Suite ${reply}`
        await persist(
          async () =>
            (
              await admin.post(
                `/tickets/${number}/messages`,
                { text },
                { 'idempotency-key': `${subject} ${reply}` },
              )
            ).status === 201,
        )
        replies.push(text)
      }
      sent.replies.set(number, replies)
    }
  }

  async function sendMails(lane: number): Promise<void> {
    for (let count = 0; striking; count++) {
      const subject = `Mail ${lane}-${count}`
      await persist(async () => {
        const transport = createTransport({
          host: '127.0.0.1',
          port: product.smtpPort,
          ignoreTLS: true,
          connectionTimeout: 5000,
          socketTimeout: 8000,
        })
        try {
          const { accepted } = await transport.sendMail({
            from: 'anne@delvaux.test',
            to: 'sos@exeko.test',
            subject,
            text: 'Bonjour',
            messageId: `<${lane}-${count}@delvaux.test>`,
          })
          return accepted.length === 1
        } finally {
          transport.close()
        }
      })
      sent.mails.add(subject)
    }
  }

  async function everyTicket(): Promise<{ number: number; subject: string }[]> {
    const all: { number: number; subject: string }[] = []
    for (let cursor = ''; ;) {
      const { body } = await admin.get(
        `/tickets?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      )
      all.push(...(body['items'] as unknown as { number: number; subject: string }[]))
      if (body['next'] === null) return all
      cursor = body['next'] ?? ''
    }
  }

  test('while tickets and mails come in, each part is killed and comes back', async () => {
    const load = [openTickets(1), openTickets(2), sendMails(1), sendMails(2)]
    const done = () => sent.tickets.size + sent.mails.size
    for (const { name, strike } of FAULTS[way]) {
      const before = done()
      await until(`there is work before ${name}`, () => done() > before + 10, LONG)
      await strike(product)
      const after = done()
      await until(`work goes on after ${name}`, () => done() > after + 10, LONG)
    }
    striking = false
    await Promise.all(load)
    expect(sent.tickets.size).toBeGreaterThan(10)
    expect(sent.mails.size).toBeGreaterThan(10)
  })

  test('queues drain, and nothing is dead', async () => {
    await until(
      'no mail is pending',
      async () => (await admin.get('/mail/ledger')).body['totals']?.['pending'] === 0,
      LONG,
    )
    await until(
      'every mail has its ticket',
      async () => {
        const subjects = new Set((await everyTicket()).map(({ subject }) => subject))
        return [...sent.mails].every((subject) => subjects.has(subject))
      },
      LONG,
    )
    expect((await admin.get('/dead-letters')).body['items']).toEqual([])
  })

  test('what was acknowledged is there, once', async () => {
    const subjects = (await everyTicket()).map(({ subject }) => subject)
    const counts = new Map<string, number>()
    for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1)
    const wrong = [...sent.tickets, ...sent.mails].filter((subject) => counts.get(subject) !== 1)
    expect(wrong).toEqual([])
    expect([...counts].filter(([, count]) => count > 1)).toEqual([])
  })

  test('each ticket tells its messages in order, each once', async () => {
    for (const [number, replies] of sent.replies) {
      const timeline = (await admin.get(`/tickets/${number}`)).body['timeline'] as unknown as {
        kind: string
        text: string
      }[]
      const said = timeline
        .filter(({ kind, text }) => kind === 'message' && text !== 'x')
        .map(({ text }) => text)
      expect([number, said]).toEqual([number, replies])
    }
  })

  test('the balance of the ledger adds up', async () => {
    const { received, ...outcomes } = (await admin.get('/mail/ledger')).body['totals'] as unknown as Record<
      string,
      number
    >
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(received)
    expect(outcomes['ticketed']).toBe(sent.mails.size)
  })
})
