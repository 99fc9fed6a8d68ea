import { isAvailable, startRealServer } from '@guichet/testing/real-server'
import { afterAll, describe } from 'vitest'
import { openKafkaEvents } from './kafka.ts'
import { eventsSuite } from './suite.ts'

const server = await startRealServer('kafka')

describe.runIf(isAvailable(server, 'the bus on Kafka'))('against a real server', () => {
  if ('unavailable' in server) return
  const { url, kill, restart } = server
  const broker = kill && restart ? { kill, restart } : undefined
  afterAll(() => server.stop())

  eventsSuite('Kafka', {
    limits: ['deduplication', 'replay-beyond-retention'],
    distributed: true,
    killable: broker !== undefined,
    open: () =>
      Promise.resolve({
        connect: async () => {
          const { part, close } = await openKafkaEvents({ url, onRejected: () => {} })
          return { events: part, close }
        },
        url,
        broker,
        destroy: () => Promise.resolve(),
      }),
  })
})
