/** Row 9 of the table over real SMTP and a real name server: only who is proven to have written is to be told. */
import { findSender } from '@guichet/contracts/identity'
import { mailQuarantined } from '@guichet/contracts/mail'
import { answer, services } from '@guichet/service'
import { loadConfig } from '@guichet/service/config'
import { serve, serveNeighbour, startHarness, type Harness } from '@guichet/service/harness'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mailGatewayConfig } from './config.ts'
import { createMailGatewayService, type MailGatewayService } from './service.ts'
import { keyRecord, newKey, type Records } from './testing/dns-of.ts'
import { startNameServer, type NameServer } from './testing/name-server.ts'

const NADIA = 'nadia@inconnue.test'
/** Hosts on one machine. */
const OWN_SERVER = '127.0.0.9'
const ELSEWHERE = '127.0.0.66'

const { privateKey, publicKey } = newKey()
const dkim = { domainName: 'inconnue.test', keySelector: 's1', privateKey }

let records: Records
let nameServer: NameServer
let clock: FakeClock
let harness: Harness

beforeEach(async () => {
  records = {
    'TXT inconnue.test': [`v=spf1 ip4:${OWN_SERVER} -all`],
    'TXT _dmarc.inconnue.test': ['v=DMARC1; p=none'],
    'TXT s1._domainkey.inconnue.test': [keyRecord(publicKey)],
  }
  nameServer = await startNameServer(records)
  clock = createFakeClock()
  const identity = serveNeighbour('identity', [
    answer(findSender, services(), async () => ({ account: null })),
  ])
  const config = loadConfig(mailGatewayConfig, { SMTP_PORT: '0', SUPPORT_ADDRESS: 'sos@exeko.test' })
  const gateway = serve(
    'mail-gateway',
    (parts) => createMailGatewayService(parts, nameServer.resolve),
    config,
  )
  harness = await startHarness({ clock, services: [identity, gateway] })
})
afterEach(async () => {
  await harness.stop()
  nameServer.stop()
})

async function send(from: string, mail: SendMailOptions = {}): Promise<void> {
  const address = (harness.services[1] as MailGatewayService).smtpAddress()
  const [host = '', port] = address.split(':')
  const transport = createTransport({
    host,
    port: Number(port),
    localAddress: from,
    name: 'mail.inconnue.test',
  })
  await transport.sendMail({
    from: NADIA,
    to: 'sos@exeko.test',
    subject: 'Bonjour',
    text: 'Bonjour.',
    ...mail,
  })
  transport.close()
}
const ended = async () => (await harness.eventsOf(mailQuarantined)).map(({ data }) => data)

test('by the server that their domain names (SPF)', async () => {
  await send(OWN_SERVER)
  expect(await ended()).toMatchObject([{ reason: 'sender-unknown', notify: NADIA }])
  expect(nameServer.asked).toContain('TXT inconnue.test')
})

test('by their signature, from whatever server (DKIM)', async () => {
  await send(ELSEWHERE, { dkim })
  expect(await ended()).toMatchObject([{ reason: 'sender-unknown', notify: NADIA }])
  expect(nameServer.asked).toContain('TXT s1._domainkey.inconnue.test')
})

test('whoever writes in their name from elsewhere makes us tell nobody', async () => {
  await send(ELSEWHERE)
  const [told] = await ended()
  expect(told).toMatchObject({ reason: 'not-authenticated' })
  expect(told).not.toHaveProperty('notify')
})

test('nor does one for whose domain nothing is written down', async () => {
  await send(OWN_SERVER, { from: 'x@nulle-part.test' })
  const [told] = await ended()
  expect(told).toMatchObject({ reason: 'not-authenticated' })
  expect(told).not.toHaveProperty('notify')
})

test('while the name server is silent nobody is told yet; when it answers, they are', async () => {
  const spoken = records['TXT inconnue.test'] ?? []
  records['TXT inconnue.test'] = 'silent'
  await send(OWN_SERVER)
  await harness.until('it was asked in vain', () => nameServer.asked.includes('TXT inconnue.test'))
  await harness.until('it waits', () => harness.logLines.some((line) => line.includes('dns-unavailable')))
  expect(harness.events.filter(({ subject }) => subject === mailQuarantined.subject)).toEqual([])
  records['TXT inconnue.test'] = spoken
  await harness.until('it has ended', () => {
    clock.advance({ seconds: 10 })
    return harness.events.some(({ subject }) => subject === mailQuarantined.subject)
  })
  expect(await ended()).toMatchObject([{ reason: 'sender-unknown', notify: NADIA }])
})
