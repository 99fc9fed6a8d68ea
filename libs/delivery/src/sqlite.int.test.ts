import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBus } from '@guichet/bus/open'
import { openSqliteEngine } from '@guichet/store/sqlite'
import { pino } from 'pino'
import { deliverySuite } from './suite.ts'

// One process, one file, one log: copies share the connection.
deliverySuite('SQLite', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-delivery-'))
  const engine = openSqliteEngine({ dataDir, relay: false })
  const log = pino({ level: 'silent' })
  const bus = await openBus({ events: 'sqlite:', requests: 'local:', engine, log })
  return {
    connect: async () => ({ engine, bus, close: async () => {} }),
    async destroy() {
      await bus.close()
      await engine.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
})
