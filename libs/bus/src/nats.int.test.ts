import { isAvailable, startRealServer } from '@guichet/testing/real-server'
import { afterAll, describe } from 'vitest'
import { openNatsEvents, openNatsRequests } from './nats.ts'
import { eventsSuite, liveSuite, requestsSuite, type RequestsWorld } from './suite.ts'

const server = await startRealServer('nats')
const broker =
  'kill' in server && server.kill && server.restart
    ? { kill: server.kill, restart: server.restart }
    : undefined

describe.runIf(isAvailable(server, 'the bus on NATS'))('against a real server', () => {
  if ('unavailable' in server) return
  const { url } = server
  afterAll(() => server.stop())

  eventsSuite('NATS JetStream', {
    limits: ['isolated-partitions', 'replay-beyond-retention'],
    distributed: true,
    killable: broker !== undefined,
    open: () =>
      Promise.resolve({
        connect: async () => {
          const { part, close } = await openNatsEvents({ url, onRejected: () => {} })
          return { events: part, close }
        },
        url,
        broker,
        destroy: () => Promise.resolve(),
      }),
  })

  const requestsWorld: RequestsWorld = {
    connect: async () => {
      const defects: (readonly [string, unknown])[] = []
      const onDefect = (subject: string, error: unknown) => void defects.push([subject, error])
      const { part, close } = await openNatsRequests({ url, onDefect })
      return { ...part, defects, close }
    },
    broker,
  }
  requestsSuite('NATS', requestsWorld)
  liveSuite('NATS', requestsWorld)
})
