import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startSpanReceiver, type SpanReceiver } from '@guichet/testing/span-receiver'
import { afterEach, beforeEach, expect, it } from 'vitest'

/** A process that answers HTTP, works in a trace that came with a message, and links to one it came from later. */
const program = `
import Fastify from 'fastify'
import { currentTrace, currentTraceId, flushSpans, runInTrace, withSpan } from '@guichet/telemetry'
import { traceHttp } from '@guichet/telemetry/http'
const app = Fastify()
traceHttp(app)
let carried
app.get('/resets/:token', async () => {
  await new Promise(setImmediate)
  carried = currentTrace()
  return { traceId: currentTraceId() ?? null }
})
await app.listen({ host: '127.0.0.1', port: 0 })
const url = 'http://127.0.0.1:' + app.server.address().port + '/resets/very-secret?code=hush'
const answer = await fetch(url, { headers: { traceparent: '00-11111111111111111111111111111111-2222222222222222-01' } })
await app.close()
await runInTrace(carried, { name: 'process mail.accepted', kind: 'consumer' }, () => withSpan('inner', {}, async () => {}))
await withSpan('later', { parent: null, links: [carried] }, async () => {})
await withSpan('failing', { parent: null }, async () => { throw new TypeError('private text') }).catch(() => {})
await withSpan('refused', { parent: null }, async (span) => span.fail('451'))
await flushSpans()
console.log(JSON.stringify({ ...(await answer.json()), sdk: globalThis[Symbol.for('opentelemetry.js.api.1')]?.trace !== undefined }))
`

async function run(environment: Record<string, string>): Promise<{ traceId: string | null; sdk: boolean }> {
  const child = spawn(
    process.execPath,
    ['--import', '@guichet/telemetry/preload', '--input-type=module', '--eval', program],
    {
      cwd: import.meta.dirname,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  expect(code).toBe(0)
  return JSON.parse(output) as { traceId: string | null; sdk: boolean }
}

let receiver: SpanReceiver
beforeEach(async () => {
  receiver = await startSpanReceiver()
})
afterEach(() => receiver.stop())

it('sends one trace through a door and a message, trusts no traceparent from outside, tells nothing private', async () => {
  const { traceId, sdk } = await run({ ...receiver.environment, OTEL_SERVICE_NAME: 'guichet-test' })
  expect(sdk).toBe(true)
  const byName = new Map(receiver.spans.map((span) => [span.name, span]))
  const door = byName.get('GET /resets/:token')
  expect(door).toMatchObject({ service: 'guichet-test', kind: 2, parentSpanId: undefined, failed: false })
  expect(door?.traceId).toBe(traceId)
  expect(traceId).not.toBe('1'.repeat(32))
  expect(door?.attributes).toMatchObject({ 'http.route': '/resets/:token', 'http.response.status_code': 200 })

  const consumer = byName.get('process mail.accepted')
  expect(consumer).toMatchObject({ traceId, parentSpanId: door?.spanId, kind: 5 })
  expect(byName.get('inner')).toMatchObject({ traceId, parentSpanId: consumer?.spanId })

  const later = byName.get('later')
  expect(later?.traceId).not.toBe(traceId)
  expect(later).toMatchObject({ parentSpanId: undefined, links: [traceId] })
  expect(later?.attributes['guichet.origin_trace_id']).toBe(traceId)

  expect(byName.get('failing')).toMatchObject({ failed: true, attributes: { 'error.type': 'TypeError' } })
  expect(byName.get('refused')).toMatchObject({ failed: true, attributes: { 'error.type': '451' } })
  expect(JSON.stringify(receiver.spans)).not.toMatch(/very-secret|hush|private text/)
})

it('loads no SDK and makes no trace while no exporter is named', async () => {
  expect(await run({})).toEqual({ traceId: null, sdk: false })
  expect(await run({ OTEL_TRACES_EXPORTER: 'none' })).toEqual({ traceId: null, sdk: false })
  expect(await run({ ...receiver.environment, OTEL_SDK_DISABLED: 'true' })).toEqual({
    traceId: null,
    sdk: false,
  })
  expect(receiver.spans).toEqual([])
})
