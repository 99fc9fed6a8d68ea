/** A server process on the loopback: started, watched until it answers, killed, started again on the same data. */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createServer, connect } from 'node:net'
import { once } from 'node:events'
import { ServerUnavailable } from './servers.mjs'

/** Below what systems give to connections and to port 0 (RFC 6335: from 49152; Linux: from 32768), which come at any time. */
const [FIRST_PORT, LAST_PORT] = [15_000, 29_999]

/** A port of the loopback that nothing listens on, and that no connection takes between this answer and its use. */
export async function freePort() {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1)
    const server = createServer()
    const listens = await new Promise((resolve, reject) => {
      server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!listens) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

const children = new Set()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/**
 * `launch` says what to run: {command, args, env?}. Resolves when the port answers.
 * @returns {Promise<{port: number, stop(): Promise<void>, kill(): Promise<void>, restart(): Promise<void>, pause(): void, resume(): void, onExit(callback: () => void): void}>}
 */
export async function startServer({ name, port, launch, startWithinMs = 60_000 }) {
  let child
  let said = ''
  let expected = false
  const watchers = []

  async function start() {
    const { command, args, env } = launch()
    expected = false
    said = ''
    child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    children.add(child)
    const own = child
    const keep = (chunk) => (said = (said + chunk).slice(-4000))
    own.stdout.on('data', keep)
    own.stderr.on('data', keep)
    own.on('error', (error) => keep(error.message))
    own.on('exit', () => {
      children.delete(own)
      if (own === child && !expected) for (const watcher of watchers) watcher()
    })
    await answers()
  }

  async function answers() {
    const until = Date.now() + startWithinMs
    while (Date.now() < until) {
      if (child.exitCode !== null || child.signalCode !== null) break
      if (await canConnect(port)) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new ServerUnavailable(`${name} does not start: ${said.trim().split('\n').at(-1) ?? ''}`)
  }

  async function end(signal) {
    expected = true
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGCONT')
    child.kill(signal)
    const last = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(last)
  }

  await start()
  return {
    port,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL')
      await start()
    },
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    onExit: (watcher) => watchers.push(watcher),
  }
}

function canConnect(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const done = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
  })
}
