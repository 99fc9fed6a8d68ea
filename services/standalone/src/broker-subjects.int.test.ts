/**
 * One service cannot speak as another (spec/security.md, 22): a real broker with the permissions of deploy/nats, and
 * `ticket` as the one that was broken into.
 */
import { readFileSync } from 'node:fs'
import { openNatsEvents, openNatsRequests } from '@guichet/bus/nats'
import { getFacts } from '@guichet/contracts/ticket'
import { getSigningKey } from '@guichet/contracts/identity'
import { startRealServer, isAvailable } from '@guichet/testing/real-server'
import { connect, PermissionViolationError } from '@nats-io/transport-node'
import { jetstream } from '@nats-io/jetstream'
import { afterAll, describe, expect, test } from 'vitest'

const subjects = JSON.parse(
  readFileSync(new URL('../../../deploy/nats/subjects.json', import.meta.url), 'utf8'),
) as Record<string, unknown>
const passwords = Object.fromEntries(
  Object.keys(subjects).map((service) => [service, `secret-of-${service}`]),
)
const server = await startRealServer('nats', { passwords })

describe.runIf(isAvailable(server, 'the permissions at the broker'))('at the broker', () => {
  if ('unavailable' in server) return
  const signedIn = (service: string) => server.url.replace('://', `://${service}:${passwords[service]}@`)
  const asTicket = () =>
    connect({
      servers: new URL(server.url).host,
      user: 'ticket',
      pass: passwords['ticket'] ?? '',
      inboxPrefix: '_INBOX.ticket',
    })
  afterAll(() => server.stop())

  test('nobody comes in without a password', async () => {
    await expect(connect({ servers: new URL(server.url).host, reconnect: false })).rejects.toThrow(
      /authorization/i,
    )
  })

  test('ticket publishes its own events, and nobody else’s', async () => {
    // The stream is made by whoever comes first.
    const { close } = await openNatsEvents({ url: signedIn('ticket'), onRejected: () => {} })
    const connection = await asTicket()
    const events = jetstream(connection)
    await expect(events.publish('events.3.3.ticket.opened', '{}')).resolves.toMatchObject({ seq: 1 })
    await expect(
      events.publish('events.3.3.billing.invoice-issued', '{}', { timeout: 1000 }),
    ).rejects.toThrow(/permissions violation/i)
    await expect(
      events.publish('events.3.3.identity.account-changed', '{}', { timeout: 1000 }),
    ).rejects.toThrow(/permissions violation/i)
    await connection.close()
    await close()
  })

  test('ticket answers its own requests, asks all, and hears no other’s answers', async () => {
    const onDefect = () => {}
    const identity = await openNatsRequests({ url: signedIn('identity'), onDefect })
    const ticket = await openNatsRequests({ url: signedIn('ticket'), onDefect })
    await identity.part.requests.answer(getSigningKey, async () => ({ jwk: { kty: 'OKP' } }))
    await expect(ticket.part.requests.ask(getSigningKey, {})).resolves.toEqual({ jwk: { kty: 'OKP' } })
    await ticket.part.requests.answer(getFacts, async () => {
      throw new Error('not asked here')
    })

    const connection = await asTicket()
    for (const subject of ['requests.identity.get-signing-key', '_INBOX.>', '_INBOX.billing.>', 'live.>']) {
      const refused = Promise.withResolvers<unknown>()
      connection.subscribe(subject, { callback: (error) => refused.resolve(error) })
      await expect(refused.promise, subject).resolves.toBeInstanceOf(PermissionViolationError)
    }
    await connection.close()
    await Promise.all([identity.close(), ticket.close()])
  })

  test('ticket reads neither another’s place in the log nor the whole log', async () => {
    const connection = await asTicket()
    for (const subject of [
      '$JS.API.CONSUMER.DELETE.guichet-events.billing-0',
      '$JS.API.STREAM.DELETE.guichet-events',
      '$JS.API.STREAM.PURGE.guichet-events',
      '$JS.API.CONSUMER.MSG.NEXT.guichet-events.billing-0',
    ]) {
      await expect(connection.request(subject, '', { timeout: 1000 }), subject).rejects.toThrow(
        /permissions violation/i,
      )
    }
    await connection.close()
  })
})
