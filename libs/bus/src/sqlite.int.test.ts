import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteEngine } from '@guichet/store/sqlite'
import { openSqliteEvents } from './sqlite.ts'
import { eventsSuite } from './suite.ts'

eventsSuite('SQLite', {
  limits: ['competing-copies'],
  distributed: false,
  killable: false,
  open: async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'guichet-bus-'))
    const engine = openSqliteEngine({ dataDir, relay: false })
    const events = openSqliteEvents({ log: engine.log, onRejected: () => {} })
    return {
      // One process, one file, one log: copies share it.
      connect: () => Promise.resolve({ events, close: () => Promise.resolve() }),
      destroy: async () => {
        await events.close()
        await engine.close()
        await rm(dataDir, { recursive: true, force: true })
      },
    }
  },
})
