/** Behind Debian's Postfix, as houses run us: who is whose behind it, and what it does when we cannot take a mail. */
import { findSender, type Account } from '@guichet/contracts/identity'
import { getRawMail, listLedger, mailAccepted, type LedgerRow } from '@guichet/contracts/mail'
import { answer, services, type ServiceParts } from '@guichet/service'
import { StoreBusy, type Collection, type CollectionDefinition, type Store } from '@guichet/store'
import { loadConfig } from '@guichet/service/config'
import { accountActor, type Harness, serve, serveNeighbour, startHarness } from '@guichet/service/harness'
import { createFakeClock, type FakeClock } from '@guichet/testing/fake-clock'
import { isAvailable, startRealServer, type RealServer } from '@guichet/testing/real-server'
import { until } from '@guichet/testing/until'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailGatewayConfig, type MailGatewayConfig } from './config.ts'
import { createMailGatewayService, type MailGatewayService } from './service.ts'
import { dnsOf, keyRecord, newKey } from './testing/dns-of.ts'

const WAIT = { timeoutMs: 20_000 }

const ANNE: Account = {
  id: 'anne',
  companyId: 'acme',
  email: 'anne@acme.test',
  name: 'Anne',
  roles: ['customer'],
  language: 'fr',
  status: 'active',
  createdAt: '2026-01-01T00:00:00.000Z',
}
/** On one machine each host is a loopback address of its own; ours is 127.0.0.1. */
const ACME = '127.0.0.9'
const STRANGER = '127.0.0.66'

const { privateKey, publicKey } = newKey()
const DNS = {
  'TXT acme.test': [`v=spf1 ip4:${ACME} -all`],
  'TXT _dmarc.acme.test': ['v=DMARC1; p=reject; adkim=s; aspf=s'],
  'TXT s1._domainkey.acme.test': [keyRecord(publicKey)],
}
/** As the file system says it. */
const full = () => Object.assign(new Error('write'), { code: 'ENOSPC' })
const DKIM = { domainName: 'acme.test', keySelector: 's1', privateKey }

const probe = await startRealServer('postfix', { domain: 'exeko.test' })
const available = isAvailable(probe, 'the mail gateway behind Postfix')
if (available) await probe.stop()

/** Rows and contents of what comes in are refused while there is trouble; all else goes on. */
function refuseMails(store: Store, trouble: () => Error | null): void {
  const open = store.collection.bind(store)
  async function write<T>(work: () => Promise<T>): Promise<T> {
    const error = trouble()
    if (error) throw error
    return await work()
  }
  const collection = <T, Indexes extends string>(definition: CollectionDefinition<T, Indexes>) => {
    const inner = open(definition)
    if (definition.name !== 'received-mails') return inner
    const refusing: Collection<T, Indexes> = {
      ...inner,
      commit: (change) => write(() => inner.commit(change)),
    }
    return refusing
  }
  const { blobs } = store
  const put: typeof blobs.put = (id, content, options) => write(() => blobs.put(id, content, options))
  Object.assign(store, { collection, blobs: { ...blobs, put } })
}

describe.runIf(available)('behind Postfix', () => {
  let clock: FakeClock
  let harness: Harness
  let postfix: RealServer
  /** What the store answers instead of taking a mail. */
  let trouble: Error | null

  beforeEach(async () => {
    clock = createFakeClock()
    trouble = null
    const identity = serveNeighbour('identity', [
      answer(findSender, services(), async ({ address }) => ({
        account: address.toLowerCase() === ANNE.email ? ANNE : null,
      })),
    ])
    const config = loadConfig(mailGatewayConfig, {
      SMTP_PORT: '0',
      SUPPORT_ADDRESS: 'sos@exeko.test',
      MAIL_TRUSTED_RELAYS: '127.0.0.1',
      MAIL_TRUSTED_AUTHSERV: 'mx.exeko.test',
      SMTP_RATE_LIMIT_PER_MINUTE: '1',
    })
    const gateway = serve(
      'mail-gateway',
      (parts: ServiceParts<MailGatewayConfig>) => {
        refuseMails(parts.store, () => trouble)
        return createMailGatewayService(parts, dnsOf(DNS))
      },
      config,
    )
    harness = await startHarness({ clock, services: [identity, gateway] })
    const next = (harness.services[1] as MailGatewayService).smtpAddress()
    postfix = (await startRealServer('postfix', { domain: 'exeko.test', next })) as RealServer
  })
  afterEach(async () => {
    await postfix.stop()
    await harness.stop()
  })

  /** @param helo what the host calls itself */
  async function send(from: string, helo: string, mail: SendMailOptions): Promise<void> {
    const { hostname, port } = new URL(postfix.url)
    const transport = createTransport({ host: hostname, port: Number(port), localAddress: from, name: helo })
    await transport.sendMail({ to: 'sos@exeko.test', text: 'Bonjour.', ...mail })
    transport.close()
  }
  const fromAnne = (subject: string): SendMailOptions => ({
    from: ANNE.email,
    subject,
    messageId: `<${subject}@acme.test>`,
  })

  const rows = async (): Promise<LedgerRow[]> =>
    (await harness.as(accountActor('sofie')).ask(listLedger, { limit: 100, language: 'fr' })).items
  const decided = (count: number) =>
    until(
      `${count} mails are decided`,
      async () => {
        const all = await rows()
        return all.length === count && all.every(({ messageId }) => messageId !== null) && all
      },
      WAIT,
    )
  async function rawOf({ id }: LedgerRow): Promise<string> {
    const { blobId } = await harness.as(accountActor('sofie')).ask(getRawMail, { id })
    return new TextDecoder().decode(await harness.engine.service('mail-gateway').blobs.read(blobId))
  }

  test('a client of a strict domain is let in by their signature, from whatever host', async () => {
    await send(STRANGER, 'forwarder.test', { ...fromAnne('Panne'), dkim: DKIM })
    expect(await harness.eventsOf(mailAccepted)).toMatchObject([
      { data: { accountId: 'anne', ticket: null } },
    ])
    expect(await decided(1)).toMatchObject([{ subject: 'Panne', reason: null }])
  })

  test('and without one by the host that their domain names, as Postfix saw it', async () => {
    await send(ACME, 'mail.acme.test', fromAnne('Panne'))
    expect(await harness.eventsOf(mailAccepted)).toMatchObject([{ data: { accountId: 'anne' } }])
    const [row] = await decided(1)
    expect(await rawOf(row as LedgerRow)).toContain(`from mail.acme.test (unknown [${ACME}])`)
  })

  test.each([
    ['a name of their domain', 'mail.acme.test'],
    ['the address of their server', `[${ACME}]`],
    ['the address of ours', '[127.0.0.1]'],
  ])('whoever writes in their name is kept out, calling itself %s', async (_what, helo) => {
    const forged = [
      { key: 'Authentication-Results', value: 'mx.exeko.test; dmarc=pass header.from=acme.test' },
      {
        key: 'Received',
        value: `from mail.acme.test (mail.acme.test [${ACME}]) by mx.exeko.test with ESMTP`,
      },
    ]
    await send(STRANGER, helo, { ...fromAnne('Virement'), headers: forged })
    const [row] = await decided(1)
    expect(row).toMatchObject({ outcome: 'quarantined', reason: expect.stringContaining('DMARC') })
    expect(harness.events.filter(({ subject }) => subject === mailAccepted.subject)).toEqual([])
    expect(await rawOf(row as LedgerRow)).toContain(`[${STRANGER}])`)
  })

  test('a forwarder that changed a signed mail is no proof, and the reason is said', async () => {
    const composed = createTransport({ streamTransport: true, buffer: true, newline: 'windows', dkim: DKIM })
    const { message } = await composed.sendMail({
      ...fromAnne('Panne'),
      to: 'sos@exeko.test',
      text: 'Bonjour.',
    })
    const changed = (message as Buffer).toString().replace('Bonjour.', 'Bonjour.\r\n-- \r\nListe')
    expect(changed).toContain('DKIM-Signature')
    await send(STRANGER, 'list.test', {
      envelope: { from: 'list@list.test', to: 'sos@exeko.test' },
      raw: changed,
    })
    const [row] = await decided(1)
    expect(row).toMatchObject({
      outcome: 'quarantined',
      reason: expect.stringContaining('modifié en chemin'),
    })
  })

  const inQueue = async () =>
    ((await postfix.command?.('postqueue', '-j')) ?? '').split('\n').filter((line) => line !== '')
  const putOff = () =>
    until(
      'Postfix has put it off',
      async () => {
        const queue = await inQueue()
        return queue.length === 1 && queue[0]?.includes('"queue_name": "deferred"') && queue[0]
      },
      WAIT,
    )
  /** As Postfix does by itself when its time has come. */
  async function triedAgain(): Promise<void> {
    clock.advance({ minutes: 1 })
    await postfix.command?.('postqueue', '-f')
  }

  test('what we put off (4xx) Postfix keeps, and brings once when we can take it', async () => {
    await send(ACME, 'mail.acme.test', fromAnne('Un'))
    await decided(1)
    await send(ACME, 'mail.acme.test', fromAnne('Deux'))
    const waiting = await putOff()
    expect(waiting).toMatch(/ 450 /)
    expect(await rows()).toHaveLength(1)

    await triedAgain()
    await until('Postfix has nothing left', async () => (await inQueue()).length === 0, WAIT)
    const all = await decided(2)
    expect(all.map(({ subject }) => subject).toSorted()).toEqual(['Deux', 'Un'])
    expect(await harness.eventsOf(mailAccepted, undefined, 2)).toHaveLength(2)
  })

  test.each([
    ['the store is away', 'small', new StoreBusy('the database does not answer'), ' 451 4.3.0 '],
    ['the disk is full', 'small', new StoreBusy('later', { cause: full() }), ' 452 4.3.1 '],
    ['the disk is full', 'large', full(), ' 452 4.3.1 '],
  ] as const)(
    'while %s a %s mail stays with Postfix, and comes once after',
    async (_what, size, error, said) => {
      trouble = error
      const text = size === 'large' ? 'Bonjour. '.repeat(20_000) : 'Bonjour.'
      await send(ACME, 'mail.acme.test', { ...fromAnne('Panne'), text })
      expect(await putOff()).toContain(said)
      expect(await rows()).toEqual([])

      trouble = null
      await triedAgain()
      await until('Postfix has nothing left', async () => (await inQueue()).length === 0, WAIT)
      expect(await decided(1)).toMatchObject([{ subject: 'Panne', reason: null }])
      expect(await harness.eventsOf(mailAccepted)).toHaveLength(1)
    },
  )
})
