import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@guichet/testing/free-port'
import { startSpanReceiver } from '@guichet/testing/span-receiver'
import { until } from '@guichet/testing/until'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

interface Run {
  child: ChildProcess
  messages: Record<string, unknown>[]
  output: () => string
  errors: () => string
  ended: Promise<[number | null, string | null]>
}

let folder: string
const runs: Run[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-main-'))
})
afterEach(async () => {
  for (const { child, ended } of runs.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  await rm(folder, { recursive: true, force: true })
})

function run(environment: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-process.ts')], {
    env: { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  let errors = ''
  const messages: Record<string, unknown>[] = []
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.on('message', (message) => messages.push(message as Record<string, unknown>))
  const closed = [child.stdout, child.stderr].map((stream) => stream && once(stream, 'close'))
  // Not the child's own `close`: it never comes once the channel was disconnected from this side.
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>
  const ended = Promise.all([exited, ...closed]).then(([exit]) => exit)
  const started = { child, messages, output: () => output, errors: () => errors, ended }
  runs.push(started)
  return started
}

const ready = ({ messages, errors }: Run) =>
  until(`a ready message ${errors()}`, () => messages.find((message) => message['ready'] === true))

describe('a process', () => {
  it('says that it is ready, answers its operators, drains on SIGTERM', async () => {
    const started = run()
    const { service, opsPort } = await ready(started)
    expect(service).toBe('probe')
    const url = `http://127.0.0.1:${String(opsPort)}`
    const readyz = await fetch(`${url}/readyz`)
    expect(readyz.status).toBe(200)
    expect(await readyz.json()).toEqual({
      ready: true,
      dependencies: {
        store: null,
        bus: null,
        'probe: started': null,
        'probe: store': null,
        'probe: bus': null,
      },
    })
    const metrics = await (await fetch(`${url}/metrics`)).text()
    for (const name of [
      'guichet_outbox_oldest_seconds',
      'guichet_dead_letters',
      'nodejs_eventloop_lag_seconds',
    ]) {
      expect(metrics).toContain(`# TYPE ${name} gauge`)
    }
    expect(metrics).toContain('guichet_dead_letters{service="probe"} 0')
    expect(metrics).toContain('guichet_consumer_lag{service="probe",consumer="probe-effects"} 0')
    started.child.kill('SIGTERM')
    expect(await started.ended).toEqual([0, null])
    const lines = started.output().trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['ready', 'stopping'])
    expect(started.errors()).toBe('')
  })

  it('ends when its parent is gone', async () => {
    const started = run()
    await ready(started)
    started.child.disconnect()
    expect(await started.ended).toEqual([0, null])
  })

  it('killed between effect and acknowledgement, it has each effect once, in order, after the next start', async () => {
    expect(await run({ MAKE: '5', DIE_AT: '3' }).ended).toEqual([null, 'SIGKILL'])
    // The third event comes again, and its effect is there already.
    expect(await run({ DIE_AT: '3' }).ended).toEqual([null, 'SIGKILL'])
    const last = run()
    const effects = await until('all effects', () => {
      const told = last.messages.findLast((message) => 'effects' in message)?.['effects']
      return Array.isArray(told) && told.includes('5') && told
    })
    expect(effects).toEqual(['1', '2', '3', '4', '5'])
  })
})

it('waits for a broker that is not there: says so once, names it at /readyz, still stops at once', async () => {
  const [ops, broker] = [await freePort(), await freePort()]
  const started = run({ REQUESTS_URL: `nats://127.0.0.1:${broker}`, OPS_PORT: String(ops) })
  const readyz = await until('an answer', () => fetch(`http://127.0.0.1:${ops}/readyz`))
  expect(readyz.status).toBe(503)
  const dependencies = await until('the bus is named', async () => {
    const answer = await fetch(`http://127.0.0.1:${ops}/readyz`)
    const body = (await answer.json()) as { dependencies: Record<string, string | null> }
    return body.dependencies['bus'] !== 'not connected yet' && body.dependencies
  })
  expect(dependencies['store']).toBeNull()
  expect(dependencies['bus']).toMatch(/refused/i)
  expect(started.messages).toEqual([])
  expect((await fetch(`http://127.0.0.1:${ops}/healthz`)).status).toBe(200)
  started.child.kill('SIGTERM')
  expect(await started.ended).toEqual([0, null])
  const lines = started.output().trim().split('\n')
  const said = lines.map((line) => JSON.parse(line) as { msg: string; what?: string })
  expect(said.map(({ msg, what }) => [msg, what])).toEqual([
    ['not there yet; waiting for it', 'bus'],
    ['stopping', undefined],
  ])
})

it('one trace goes from a commit through the log to its handler, and into the log lines', async () => {
  const receiver = await startSpanReceiver()
  try {
    const started = run({ ...receiver.environment, MAKE: '1' })
    await until('handled', () => started.messages.some((message) => 'effects' in message))
    started.child.kill('SIGTERM')
    await started.ended
    const span = (name: string) => receiver.spans.find((one) => one.name === name)
    const make = span('make')
    expect(make).toMatchObject({ parentSpanId: undefined })
    expect(span('process probe.made')).toMatchObject({
      traceId: make?.traceId,
      parentSpanId: make?.spanId,
      kind: 5,
    })
    const handled = started
      .output()
      .split('\n')
      .find((line) => line.includes('"handled"'))
    expect(JSON.parse(handled ?? '{}')).toMatchObject({ traceId: make?.traceId, service: 'probe' })
  } finally {
    await receiver.stop()
  }
})

describe('what only a person can mend is one line each, and exit 1', () => {
  const failing = async (environment: Record<string, string>) => {
    const started = run(environment)
    expect(await started.ended).toEqual([1, null])
    return started.errors().trim().split('\n')
  }

  it('wrong variables, all at once', async () => {
    expect(await failing({ HTTP_PORT: 'x', TZ: 'Nowhere', MAKE: '-1' })).toEqual([
      'MAKE: "-1" does not fit: give a whole number from 0 to 100',
      'HTTP_PORT: "x" does not fit: give a port, 0 to 65535 (0 picks a free one)',
      'TZ: "Nowhere" does not fit: give a time zone like Europe/Brussels',
    ])
  })

  it('an unwritable folder', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    expect(await failing({ DATA_DIR: file })).toEqual([
      `DATA_DIR: ${file} cannot be written (EEXIST): give a folder that this process may write`,
    ])
  })

  it('a taken port', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    try {
      expect(await failing({ OPS_PORT: String(port) })).toEqual([
        `OPS_PORT: 127.0.0.1:${port} cannot be listened on (EADDRINUSE): give a free port, or 0`,
      ])
    } finally {
      other.close()
    }
  })
})
