/** What staff ask of the ledger: by sender, reason, outcome and day, all at once, and the balance of just that. */
import { findSender } from '@guichet/contracts/identity'
import { listLedger, replaySender } from '@guichet/contracts/mail'
import type { InputOf } from '@guichet/contracts/definition'
import { answer, services } from '@guichet/service'
import { loadConfig } from '@guichet/service/config'
import { accountActor, serve, serveNeighbour, startHarness, type Harness } from '@guichet/service/harness'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailGatewayConfig } from '../config.ts'
import { createMailGatewayService, type MailGatewayService } from '../service.ts'

/** One hour before and one after midnight in Brussels, and half a day later. */
const TIMES = ['2026-11-24T22:00:00.000Z', '2026-11-24T23:30:00.000Z', '2026-11-25T11:00:00.000Z']

let harness: Harness
let clock: FakeClock
let send: (mail: { from: string; subject: string; text: string }) => Promise<unknown>

const asked = (input: InputOf<typeof listLedger>) =>
  harness.as(accountActor('sofie')).ask(listLedger, { limit: 100, language: 'fr', ...input })
const subjects = async (input: InputOf<typeof listLedger>) =>
  (await asked(input)).items.map(({ subject }) => subject).toReversed()

beforeAll(async () => {
  clock = createFakeClock(TIMES[0])
  const identity = serveNeighbour('identity', [
    answer(findSender, services(), async () => ({ account: null })),
  ])
  const config = loadConfig(mailGatewayConfig, {
    SMTP_PORT: '0',
    SUPPORT_ADDRESS: 'sos@exeko.test',
    REQUIRE_AUTHENTICATED_SENDERS: 'false',
  })
  harness = await startHarness({
    clock,
    services: [identity, serve('mail-gateway', createMailGatewayService, config)],
  })
  const gateway = harness.services[1] as MailGatewayService
  const port = Number(gateway.smtpAddress().split(':').at(-1))
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  send = async (mail) => await transport.sendMail({ to: 'sos@exeko.test', ...mail })
  for (const [day, time] of TIMES.entries()) {
    const now = clock.now()
    const wanted = Temporal.Instant.from(time)
    clock.advance({ milliseconds: wanted.epochMilliseconds - now.epochMilliseconds })
    await send({ from: 'Anne <Anne@delvaux.test>', subject: `Anne ${day}`, text: 'Bonjour' })
    await send({ from: 'bob@delvaux.test', subject: `Bob ${day}`, text: '' })
    await send({ from: 'eve@autre.test', subject: `Eve ${day}`, text: 'Bonjour' })
    await harness.until(
      'they are decided',
      async () => (await asked({ outcome: 'quarantined' })).items.length === 3 * (day + 1),
    )
  }
  transport.close()
})
afterAll(async () => await harness.stop())

describe('narrowed', () => {
  test('to who wrote, however the address is written, and to a domain', async () => {
    expect(await subjects({ sender: 'anne@DELVAUX.test' })).toEqual(['Anne 0', 'Anne 1', 'Anne 2'])
    expect((await subjects({ sender: '@delvaux.test' })).length).toBe(6)
    expect(await subjects({ sender: 'delvaux.test' })).toEqual([])
  })

  test('to days of the house: what came at half past midnight in Brussels is of the next day', async () => {
    expect(await subjects({ sender: 'anne@delvaux.test', until: '2026-11-24' })).toEqual(['Anne 0'])
    expect(await subjects({ sender: 'anne@delvaux.test', since: '2026-11-25' })).toEqual(['Anne 1', 'Anne 2'])
    expect(
      await subjects({ since: '2026-11-25', until: '2026-11-25', reason: 'sender-unknown' }),
    ).toHaveLength(6)
    expect(await subjects({ since: '2026-11-26' })).toEqual([])
  })

  test('to a reason and an outcome; those that cannot go together find nothing', async () => {
    expect(
      await subjects({ reason: 'sender-unknown', sender: 'eve@autre.test', outcome: 'quarantined' }),
    ).toHaveLength(3)
    expect(await subjects({ reason: 'sender-unknown', outcome: 'dropped' })).toEqual([])
    expect(await subjects({ reason: 'empty' })).toEqual([])
  })

  test('with the balance and the reasons of just that', async () => {
    const { totals, reasons } = await asked({ sender: '@delvaux.test', since: '2026-11-25' })
    const { received, ...outcomes } = totals
    expect(received).toBe(4)
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(4)
    expect(reasons).toEqual([{ reason: 'sender-unknown', count: 4 }])
    expect((await asked({ outcome: 'dropped' })).reasons).toEqual([])
  })

  test('by pages, none twice', async () => {
    const first = await asked({ sender: '@delvaux.test', limit: 4 })
    const rest = await asked({ sender: '@delvaux.test', limit: 4, cursor: first.next ?? '' })
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(6)
    expect(rest.next).toBeNull()
  })
})

test('a day that does not exist is said to be none', async () => {
  await expect(asked({ since: '2026-02-30' })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ path: 'since', code: 'no-such-day' }],
  })
})

test('a sender is replayed, a domain never', async () => {
  const replayed = async (address: string) =>
    (await harness.as(accountActor('sofie')).ask(replaySender, { address, language: 'fr' })).items.length
  expect(await replayed(' ANNE@delvaux.test')).toBe(3)
  expect(await replayed('@delvaux.test')).toBe(0)
})
