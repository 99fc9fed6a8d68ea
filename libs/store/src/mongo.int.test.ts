import { randomUUID } from 'node:crypto'
import { isAvailable, startRealServer } from '@guichet/testing/real-server'
import { afterAll, describe } from 'vitest'
import { openMongoEngine } from './mongo.ts'
import { storeSuite } from './suite.ts'

const server = await startRealServer('mongo')

describe.runIf(isAvailable(server, 'the MongoDB store suite'))('against a real server', () => {
  if ('unavailable' in server) return
  afterAll(() => server.stop())
  storeSuite('MongoDB', async () => {
    const url = server.url.replace(/\/[^/]*$/, `/suite-${randomUUID().slice(0, 8)}`)
    let engine = await openMongoEngine({ url })
    return {
      engine,
      reopen: async () => {
        await engine.close()
        engine = await openMongoEngine({ url })
        return engine
      },
      close: () => engine.close(),
    }
  })
})
