/**
 * Mails made to break their reader (spec/mail.md section 3, spec/security.md line 12), through the real door: each has
 * an outcome, none holds up what comes behind it, and what can be read of them is read.
 */
import { createApiClient, type ApiClient } from '@guichet/testing/api-client'
import { HOSTILE_MAILS, plainMail } from '@guichet/testing/hostile-mails'
import { startProduct, type Product } from '@guichet/testing/product'
import { until } from '@guichet/testing/until'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ADMIN = { email: 'luc@exeko.test', password: 'Guichet-Desk-42' }
const SENDER = 'anne@delvaux.test'
const SUPPORT = 'sos@exeko.test'

interface Row {
  subject: string | null
  messageId: string | null
  outcome: string
  reason: string | null
  ticket: number | null
}

let product: Product
let admin: ApiClient
beforeAll(async () => {
  product = await startProduct('start', {
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SUPPORT_ADDRESS: SUPPORT,
    REQUIRE_AUTHENTICATED_SENDERS: 'false',
  })
  admin = createApiClient(product.url)
  await admin.signIn(ADMIN.email, ADMIN.password)
  const company = await admin.post('/companies', { name: 'Boulangerie Delvaux' })
  const person = await admin.post(`/companies/${String(company.body['id'])}/accounts`, {
    email: SENDER,
    name: 'Anne Lambert',
    roles: ['customer'],
  })
  expect(person.status).toBe(201)
})
afterAll(() => product.remove())

async function deliver(raw: string): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: product.smtpPort, ignoreTLS: true })
  await transport.sendMail({ envelope: { from: SENDER, to: SUPPORT }, raw })
  transport.close()
}

const settled = (name: string) =>
  until(
    `an outcome of ${name}`,
    async () => {
      const { items } = (await admin.get('/mail/ledger?limit=100')).body as unknown as { items: Row[] }
      // What could not be read is known by its time alone: the newest row.
      return items.find(({ subject, outcome }) => subject === name && outcome !== 'pending')
    },
    { timeoutMs: 20_000 },
  )

const newest = async () =>
  ((await admin.get('/mail/ledger?limit=1')).body as unknown as { items: Row[] }).items[0]

describe('one after the other', () => {
  test.each(Object.entries(HOSTILE_MAILS))('%s', async (name, [raw, expected]) => {
    const before = (
      (await admin.get('/mail/ledger?limit=1')).body as unknown as { totals: { received: number } }
    ).totals.received
    await deliver(raw(name))
    if (expected === 'quarantine') {
      const row = await until('it is in quarantine', async () => {
        const { items, totals } = (await admin.get('/mail/ledger?limit=1')).body as unknown as {
          items: Row[]
          totals: { received: number }
        }
        return totals.received === before + 1 && items[0]?.outcome === 'quarantined' ? items[0] : undefined
      })
      expect(row.reason).toMatch(/pas pu être lu/)
    } else {
      const row = await settled(name)
      expect(row).toMatchObject({ outcome: 'ticketed' })
      const ticket = await admin.get(`/tickets/${row.ticket}`)
      const [message] = (ticket.body as unknown as { timeline: { text: string; quoted: string | null }[] })
        .timeline
      expect(message?.text).toContain(expected.ticket)
    }
    // The next one is read as if nothing had been.
    await deliver(plainMail(`after-${name}`, 'Bonjour'))
    expect(await settled(`after-${name}`)).toMatchObject({ outcome: 'ticketed' })
  })
})

test('all at once: each has its outcome, the ordinary one among them too, and nobody waits at the portal', async () => {
  const again = Object.entries(HOSTILE_MAILS).map(([name, [raw]]) => raw(`${name}-again`))
  await Promise.all([...again.map(deliver), deliver(plainMail('ordinary', 'Bonjour'))])
  expect((await admin.get('/tickets?limit=50')).status).toBe(200)
  expect(await settled('ordinary')).toMatchObject({ outcome: 'ticketed' })
  const { totals } = await until('nothing is pending', async () => {
    const { body } = await admin.get('/mail/ledger?limit=1')
    const read = body as unknown as { totals: Record<string, number> }
    return read.totals['pending'] === 0 ? read : undefined
  })
  const { received, ...outcomes } = totals
  expect(Object.values(outcomes).reduce((sum, each) => sum + each, 0)).toBe(received)
  expect(await newest()).toBeDefined()
})
