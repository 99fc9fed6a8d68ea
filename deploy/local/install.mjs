/** Installs all real servers once, so that tests in parallel find them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installDovecot, startDovecot } from './dovecot.mjs'
import { startKafka } from './kafka.mjs'
import { startMongo } from './mongo.mjs'
import { startNats } from './nats.mjs'
import { installPostfix, startPostfix } from './postfix.mjs'

await installDovecot()
await installPostfix()
for (const [name, start] of Object.entries({
  NATS: startNats,
  'the MongoDB stand-in': startMongo,
  Kafka: startKafka,
  Dovecot: startDovecot,
  Postfix: startPostfix,
})) {
  const dataDir = mkdtempSync(join(tmpdir(), 'guichet-install-'))
  const server = await start({ dataDir })
  console.log(`${name} starts`)
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
process.exit(0)
