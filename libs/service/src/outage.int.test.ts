import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAvailable, startRealServer } from '@guichet/testing/real-server'
import { until } from '@guichet/testing/until'
import { afterAll, describe, expect, it } from 'vitest'

const nats = await startRealServer('nats')
const ours =
  isAvailable(nats, 'outages of the broker') && nats.kill !== undefined && nats.restart !== undefined

describe.runIf(ours)('a process and its broker', () => {
  if ('unavailable' in nats) return
  afterAll(() => nats.stop())

  it('starts before it, outlives it, and hands over what was committed meanwhile', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'guichet-outage-'))
    await nats.kill?.()
    const child = spawn(process.execPath, [join(import.meta.dirname, 'test-process.ts')], {
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: dataDir,
        EVENTS_URL: nats.url,
        REQUESTS_URL: nats.url,
        MAKE: '3',
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    let output = ''
    const messages: Record<string, unknown>[] = []
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('message', (message) => messages.push(message as Record<string, unknown>))
    const effects = () => messages.findLast((message) => 'effects' in message)?.['effects']
    try {
      await until('it waits', () => output.includes('not there yet; waiting for it'))
      await nats.restart?.()
      const { opsPort } = await until('ready', () => messages.find(({ ready }) => ready === true))
      await until('the first three', () => String(effects()) === '1,2,3')

      await nats.kill?.()
      const readyz = () => fetch(`http://127.0.0.1:${String(opsPort)}/readyz`).then(({ status }) => status)
      await until('not ready', async () => (await readyz()) === 503)
      child.send({ make: [4, 5] })
      await until('committed', () => messages.some(({ made }) => made === true))
      expect(String(effects())).toBe('1,2,3')
      await nats.restart?.()
      await until('the other two', () => String(effects()) === '1,2,3,4,5', { timeoutMs: 30_000 })
      expect(await readyz()).toBe(200)
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
    } finally {
      child.kill('SIGKILL')
      await rm(dataDir, { recursive: true, force: true })
    }
  })
})
