/** The product as its users start it: the real command, a folder of its own, free ports; asked over HTTP and SMTP. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

export type Way = 'start' | 'distributed'

export interface Product {
  readonly url: string
  readonly smtpPort: number
  readonly dataDir: string
  /** What it printed, so far. */
  output: () => string
  /** Of the process that was started (embedded: the product itself). */
  processId: () => number
  /** SIGTERM, and the exit code. */
  stop: () => Promise<number | null>
  /** SIGKILL of the process that was started (embedded: the product itself). */
  kill: () => Promise<void>
  /** Started again on the same folder and ports. */
  restart: () => Promise<void>
  /** Process ids of the services (distributed). */
  servicePids: () => Promise<Map<string, number>>
  remove: () => Promise<void>
}

const root = fileURLToPath(new URL('../../../', import.meta.url))
const READY_WITHIN_MS = 90_000
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export async function startProduct(way: Way, env: Record<string, string> = {}): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-product-'))
  const [httpPort, smtpPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${httpPort}`
  let child: ChildProcess
  let said = ''

  async function start(): Promise<void> {
    said = ''
    child = spawn(process.execPath, commandOf(way), {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
        DATA_DIR: dataDir,
        HTTP_PORT: String(httpPort),
        SMTP_PORT: String(smtpPort),
        LOG_LEVEL: 'warn',
        RATE_LIMIT_PER_MINUTE: '0',
        SMTP_RATE_LIMIT_PER_MINUTE: '0',
        ...env,
      },
    })
    running.add(child)
    const own = child
    own.on('exit', () => running.delete(own))
    const keep = (chunk: Buffer) => (said += chunk.toString())
    own.stdout?.on('data', keep)
    own.stderr?.on('data', keep)
    const until = Date.now() + READY_WITHIN_MS
    while (!said.includes('Guichet is ready: ')) {
      if (own.exitCode !== null || own.signalCode !== null || Date.now() > until)
        throw new Error(`the product did not become ready:\n${said}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
    return child.exitCode
  }

  await start()
  return {
    url,
    smtpPort,
    dataDir,
    output: () => said,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL')
    },
    restart: async () => {
      await end('SIGKILL')
      await start()
    },
    processId: () => child.pid ?? 0,
    servicePids: async () => await servicePids(child.pid ?? 0),
    remove: async () => {
      await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The embedded product is one process that can be killed itself; the distributed one is killed service by service. */
function commandOf(way: Way): string[] {
  return way === 'start' ? ['services/standalone/src/main.ts'] : ['bin/guichet.mjs', 'distributed']
}

async function servicePids(parent: number): Promise<Map<string, number>> {
  const ps = spawn('ps', ['-eo', 'pid=,ppid=,args='])
  let listing = ''
  ps.stdout.on('data', (chunk: Buffer) => (listing += chunk.toString()))
  await once(ps, 'close')
  const found = new Map<string, number>()
  for (const line of listing.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s.*services\/([a-z-]+)\/src\/main\.ts/.exec(line)
    if (match && Number(match[2]) === parent) found.set(match[3] ?? '', Number(match[1]))
  }
  return found
}
