/** A real server for a suite: a URL in the environment, else one started by deploy/local; else one line that says why not. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface RealServer {
  url: string
  /** Of a server that was started here. */
  dataDir?: string
  stop: () => Promise<void>
  /** SIGKILL. Undefined for a server that is not ours to kill. */
  kill?: () => Promise<void>
  /** Killed, then started on the same port and data. */
  restart?: () => Promise<void>
  /** SIGSTOP: there, and not answering. */
  pause?: () => void
  resume?: () => void
  /** Runs one of the server's own programs. @returns what it said */
  command?: (name: string, ...args: string[]) => Promise<string>
}

export interface Unavailable {
  unavailable: string
}

type Starter = (
  options: { dataDir: string } & Record<string, unknown>,
) => Promise<Omit<RealServer, 'dataDir'>>

export async function startRealServer(
  name: 'nats' | 'mongo' | 'kafka' | 'dovecot' | 'postfix',
  options: Record<string, unknown> = {},
): Promise<RealServer | Unavailable> {
  const given = process.env[`TEST_${name.toUpperCase()}_URL`]
  if (given) return { url: given, stop: () => Promise.resolve() }
  const dataDir = await mkdtemp(join(tmpdir(), `guichet-${name}-`))
  try {
    const module = (await import(
      fileURLToPath(new URL(`../../../deploy/local/${name}.mjs`, import.meta.url))
    )) as Record<string, Starter>
    const start = module[`start${name.charAt(0).toUpperCase()}${name.slice(1)}`]
    if (!start) throw new TypeError(`deploy/local/${name}.mjs starts nothing`)
    const server = await start({ ...options, dataDir })
    return {
      ...server,
      dataDir,
      stop: async () => {
        await server.stop()
        await rm(dataDir, { recursive: true, force: true })
      },
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ServerUnavailable') return { unavailable: error.message }
    throw error
  }
}

/** For `describe.runIf`: says in one line what is left out; where CI=true it is an error instead. */
export function isAvailable(server: RealServer | Unavailable, suite: string): server is RealServer {
  if (!('unavailable' in server)) return true
  if (process.env['CI'] === 'true') throw new Error(`${suite} must run here: ${server.unavailable}`)
  console.log(`${suite} is left out: ${server.unavailable}`)
  return false
}
