/** The delivery suite as the product runs distributed: MongoDB, and a broker, both real servers. */
import { randomUUID } from 'node:crypto'
import { openBus } from '@guichet/bus/open'
import { openMongoEngine } from '@guichet/store/mongo'
import { isAvailable, startRealServer } from '@guichet/testing/real-server'
import { pino } from 'pino'
import { afterAll, describe } from 'vitest'
import { deliverySuite } from './suite.ts'

export async function distributedSuite(label: string, broker: 'nats' | 'kafka'): Promise<void> {
  const [mongo, server] = await Promise.all([startRealServer('mongo'), startRealServer(broker)])
  const name = `MongoDB and ${label}`
  const runs = isAvailable(mongo, `delivery on ${name}`) && isAvailable(server, `delivery on ${name}`)
  describe.runIf(runs)('against real servers', () => {
    if ('unavailable' in mongo || 'unavailable' in server) return
    afterAll(async () => {
      await mongo.stop()
      await server.stop()
    })
    deliverySuite(name, async () => {
      const url = mongo.url.replace(/\/[^/]*$/, `/delivery-${randomUUID().slice(0, 8)}`)
      const log = pino({ level: 'silent' })
      return {
        async connect() {
          const engine = await openMongoEngine({ url })
          const bus = await openBus({ events: server.url, requests: 'local:', engine, log })
          const close = async () => {
            await bus.close()
            await engine.close()
          }
          return { engine, bus, close }
        },
        async destroy() {},
      }
    })
  })
}
