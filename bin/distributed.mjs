/**
 * Each service its own process, over real NATS and MongoDB: those of the URLs where they are set, else started from
 * deploy/local. Whatever dies is started again; Ctrl-C stops all that was started.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freePort } from '../deploy/local/start.mjs'
import { node, root } from './dependencies.mjs'
import { environment } from './program.mjs'

const SERVICES = ['identity', 'ticket', 'billing', 'archiver', 'notification', 'mail-gateway', 'gateway']
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 10_000
const STOP_WITHIN_MS = 15_000
/** A service that ran this long and dies is not in a loop: it is started again at once. */
const STEADY_MS = 30_000

/** At the broker that is started here, each service is somebody else (deploy/nats/authorization.mjs). */
const passwords = Object.fromEntries(SERVICES.map((name) => [name, randomBytes(24).toString('base64url')]))
let ownBroker = null

const servers = []
const children = new Map()
let stopping = false

export async function run(args) {
  process.on('SIGINT', () => void stop(0))
  process.on('SIGTERM', () => void stop(0))
  try {
    const env = await settings(args)
    await Promise.all(SERVICES.map((name) => startService(name, { ...env, ...signedInAs(name, env) })))
    if (!stopping) console.log(`Guichet is ready: ${env.PUBLIC_URL}`)
  } catch (error) {
    console.error(error.message)
    await stop(1)
  }
  await new Promise(() => {})
}

async function settings(args) {
  const dataDir = resolve(process.env.DATA_DIR ?? join(root, 'data'))
  mkdirSync(dataDir, { recursive: true })
  const onKafka = args[args.indexOf('--events') + 1] === 'kafka' && args.includes('--events')
  if (process.env.REQUESTS_URL === undefined) ownBroker = await serve('nats', dataDir, { passwords })
  const requests = process.env.REQUESTS_URL ?? ownBroker
  const events = process.env.EVENTS_URL ?? (onKafka ? await serve('kafka', dataDir) : requests)
  const store = process.env.STORE_URL ?? (await serve('mongo', dataDir))
  const host = process.env.HTTP_HOST || '127.0.0.1'
  const port = process.env.HTTP_PORT === '0' ? await freePort() : process.env.HTTP_PORT || '8080'
  return environment({
    DATA_DIR: dataDir,
    REQUESTS_URL: requests,
    EVENTS_URL: events,
    STORE_URL: store,
    HTTP_PORT: String(port),
    PUBLIC_URL:
      process.env.PUBLIC_URL || `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`,
    // One process's port for health and metrics cannot be seven processes'.
    OPS_PORT: '0',
  })
}

function signedInAs(name, env) {
  const own = (url) => (url === ownBroker ? url.replace('://', `://${name}:${passwords[name]}@`) : url)
  return { REQUESTS_URL: own(env.REQUESTS_URL), EVENTS_URL: own(env.EVENTS_URL) }
}

/** A server of deploy/local, kept alive on the same port and data. */
async function serve(name, dataDir, options = {}) {
  const starter = (await import(`../deploy/local/${name}.mjs`))[
    `start${name[0].toUpperCase()}${name.slice(1)}`
  ]
  const server = await starter({ ...options, dataDir: join(dataDir, name) })
  servers.push(server)
  server.onExit(() => {
    if (stopping) return
    console.error(`${name} ended; it is started again`)
    void server.restart().catch((error) => console.error(error.message))
  })
  return server.url
}

/** Resolves when the service is ready for the first time. */
function startService(name, env) {
  return new Promise((ready, refused) => {
    let pause = FIRST_PAUSE_MS
    let wasReady = false
    const launch = () => {
      if (stopping) return
      const began = Date.now()
      const child = spawn(node, [`services/${name}/src/main.ts`], {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env,
      })
      children.set(name, child)
      child.on('message', (message) => {
        if (!message?.ready) return
        wasReady = true
        ready()
      })
      child.on('exit', (code) => {
        children.delete(name)
        if (stopping) return
        // What only a person can mend is said by the service itself, in one line.
        if (!wasReady && code === 1) return refused(new Error(`${name} cannot start`))
        pause = Date.now() - began > STEADY_MS ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS)
        console.error(`${name} ended; it is started again`)
        setTimeout(launch, pause)
      })
    }
    launch()
  })
}

async function stop(code) {
  if (stopping) return
  stopping = true
  await Promise.all([...children.values()].map(ended))
  await Promise.all(servers.map((server) => server.stop()))
  process.exit(code)
}

function ended(child) {
  return new Promise((done) => {
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
    child.once('exit', () => {
      clearTimeout(late)
      done()
    })
    child.kill('SIGTERM')
  })
}
