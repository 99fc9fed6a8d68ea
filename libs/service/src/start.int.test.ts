import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type AddressInfo } from 'node:net'
import { Type } from 'typebox'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CLUSTER_SECRET_FILE, loadClusterSecret } from './cluster-secret.ts'
import { ConfigFaults, loadConfig } from './config.ts'
import { startOpsServer } from './ops-server.ts'
import { StartFault } from './start-fault.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-start-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('secrets from files', () => {
  const schema = Type.Object({ PASSWORD: Type.Optional(Type.String({ secret: true, minLength: 8 })) })

  it('are read without their last line break', async () => {
    const file = join(folder, 'password')
    await writeFile(file, 'correct horse\n')
    expect(loadConfig(schema, { PASSWORD_FILE: file })).toEqual({ PASSWORD: 'correct horse' })
  })

  it('are refused when missing, when given twice, and by the same rules as the variable', async () => {
    const file = join(folder, 'password')
    await writeFile(file, 'short\n')
    const faults = (env: Record<string, string>) => {
      expect(() => loadConfig(schema, env)).toThrow(ConfigFaults)
      return expect(() => loadConfig(schema, env))
    }
    faults({ PASSWORD_FILE: join(folder, 'none') }).toThrow(/cannot be read \(ENOENT\): give a readable file/)
    faults({ PASSWORD_FILE: file, PASSWORD: 'correct horse' }).toThrow(
      'PASSWORD and PASSWORD_FILE are both given',
    )
    faults({ PASSWORD_FILE: file }).toThrow('PASSWORD: what was given (not shown) does not fit')
  })
})

describe('the cluster secret', () => {
  it('is made once, for its owner only, though ten ask at once', async () => {
    const dataDir = join(folder, 'data')
    const made = await Promise.all(Array.from({ length: 10 }, () => loadClusterSecret({ dataDir })))
    expect(new Set(made.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1)
    expect(made[0]?.byteLength).toBeGreaterThanOrEqual(32)
    const file = join(dataDir, CLUSTER_SECRET_FILE)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toBe(Buffer.from(made[0] ?? []).toString('utf8'))
    expect(await loadClusterSecret({ dataDir })).toEqual(made[0])
  })

  it('is the one that was given', async () => {
    const given = 'g'.repeat(40)
    expect(Buffer.from(await loadClusterSecret({ given, dataDir: folder })).toString()).toBe(given)
    await expect(stat(join(folder, CLUSTER_SECRET_FILE))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('damaged, or in a folder that is none, stops the start with one line', async () => {
    await mkdir(join(folder, 'secrets'))
    await writeFile(join(folder, CLUSTER_SECRET_FILE), 'short')
    await expect(loadClusterSecret({ dataDir: folder })).rejects.toThrow(StartFault)
    const file = join(folder, 'file')
    await writeFile(file, '')
    await expect(loadClusterSecret({ dataDir: file })).rejects.toThrow(
      /^DATA_DIR: .*cannot be used \(ENOTDIR\): give a folder that this process may write$/,
    )
  })
})

describe('the ops server', () => {
  it('names each dependency, and is ready when none is wrong', async () => {
    const metrics = new Registry()
    let wrong: string | null = 'no broker at nats'
    const ops = await startOpsServer({
      host: '127.0.0.1',
      port: 0,
      metrics,
      check: async () => ({ store: null, bus: wrong }),
    })
    try {
      const ready = async () => fetch(`http://127.0.0.1:${ops.port}/readyz`)
      const before = await ready()
      expect(before.status).toBe(503)
      expect(await before.json()).toEqual({
        ready: false,
        dependencies: { store: null, bus: 'no broker at nats' },
      })
      wrong = null
      expect((await ready()).status).toBe(200)
      expect((await fetch(`http://127.0.0.1:${ops.port}/healthz`)).status).toBe(200)
      expect((await fetch(`http://127.0.0.1:${ops.port}/metrics`)).headers.get('content-type')).toBe(
        metrics.contentType,
      )
    } finally {
      await ops.stop()
    }
  })

  it('says in one line that its port is taken', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    try {
      await expect(
        startOpsServer({ host: '127.0.0.1', port, metrics: new Registry(), check: async () => ({}) }),
      ).rejects.toThrow(
        `OPS_PORT: 127.0.0.1:${port} cannot be listened on (EADDRINUSE): give a free port, or 0`,
      )
    } finally {
      other.close()
    }
  })
})
