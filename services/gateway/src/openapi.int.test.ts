/** The document at /api/openapi.json: what it must be by its own standard, and by the page that was promised. */
import { Validator } from '@seriousme/openapi-schema-validator'
import { serve, startHarness, type Harness } from '@guichet/service/harness'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGatewayService, type GatewayService } from './index.ts'
import { PROMISED } from './testing/promised-calls.ts'

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  additionalProperties?: unknown
}
interface Operation {
  operationId: string
  security?: unknown[]
  parameters?: { in: string; name: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema & { $ref?: string } }> }>
}
interface OpenApi {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    securitySchemes: Record<string, { in?: string; name?: string }>
    schemas: Record<string, Schema>
  }
}

const PUBLIC_URL = 'https://desk.exeko.test'
let harness: Harness
let document: OpenApi
let operations: Map<string, Operation>

beforeAll(async () => {
  harness = await startHarness({
    services: [
      serve('gateway', createGatewayService, {
        HTTP_HOST: '127.0.0.1',
        HTTP_PORT: 0,
        PUBLIC_URL,
        BRAND: 'Exeko',
        SUPPORT_ADDRESS: 'sos@exeko.test',
        RATE_LIMIT_PER_MINUTE: 0,
        MAX_UPLOAD_BYTES: 1024,
      }),
    ],
  })
  const gateway = harness.services[0] as GatewayService
  document = (await (await fetch(`${gateway.address()}/api/openapi.json`)).json()) as OpenApi
  operations = new Map(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
        operation,
      ]),
    ),
  )
})
afterAll(() => harness.stop())

/** The schema's own members, or those of its alternatives (`null` beside an object). */
function membersOf(schema: Schema | undefined): Record<string, Schema> {
  if (schema?.properties) return schema.properties
  return Object.assign({}, ...(schema?.anyOf ?? []).map(membersOf)) as Record<string, Schema>
}
const bodyOf = (operation: Operation) => operation.requestBody?.content['application/json']?.schema

test('it is an OpenAPI 3.1 document by the standard’s own schema', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(document as unknown as Record<string, unknown>)
  expect(errors).toBeUndefined()
  expect([valid, validator.version, document.openapi]).toEqual([true, '3.1', '3.1.0'])
})

test('it says where the API is and how one signs in', () => {
  expect(document.servers).toEqual([{ url: PUBLIC_URL }])
  expect(document.components.securitySchemes).toEqual({
    session: { type: 'apiKey', in: 'cookie', name: '__Host-guichet_session' },
    bearer: { type: 'http', scheme: 'bearer' },
  })
})

describe('spec/http-api.md is kept', () => {
  test.each(PROMISED)('$call', ({ call, answers, refuses = [], body, query, says, files, creates }) => {
    const operation = operations.get(call)
    expect(operation, 'the call is there').toBeDefined()
    if (!operation) return
    const statuses = Object.keys(operation.responses).map(Number)
    expect(statuses.filter((status) => status < 300)).toEqual([answers])
    expect(statuses).toEqual(expect.arrayContaining([...refuses]))
    const parameters = (place: string) =>
      (operation.parameters ?? []).filter((each) => each.in === place).map(({ name }) => name)
    expect(parameters('query')).toEqual(expect.arrayContaining([...(query ?? [])]))
    expect(parameters('header').includes('idempotency-key')).toBe(creates === true)
    expect(Object.keys(membersOf(bodyOf(operation)))).toEqual(expect.arrayContaining([...(body ?? [])]))
    const form = operation.requestBody?.content['multipart/form-data']?.schema
    expect('files' in membersOf(form)).toBe(files === true)
    const answer = membersOf(operation.responses[answers]?.content?.['application/json']?.schema)
    const said = says ?? []
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(said.filter((name) => !name.includes('.'))))
    const item = membersOf(answer['items']?.items)
    const ofItem = said.filter((name) => name.startsWith('items.')).map((name) => name.slice('items.'.length))
    expect(Object.keys(item)).toEqual(expect.arrayContaining(ofItem))
  })

  test('a refusal is a problem (RFC 9457) with `code`, `title`, `detail` and `errors[]` per field', () => {
    const { Problem } = document.components.schemas
    expect(Object.keys(Problem?.properties ?? {})).toEqual(
      expect.arrayContaining(['type', 'title', 'status', 'code', 'detail', 'errors']),
    )
    for (const [call, { responses }] of operations) {
      const refusals = Object.entries(responses).filter(([status]) => !(Number(status) < 300))
      expect([call, refusals.length > 0]).toEqual([call, true])
      for (const [, { content }] of refusals) {
        expect(content?.['application/problem+json']?.schema.$ref).toBe('#/components/schemas/Problem')
      }
    }
  })
})

test('a call that is documented is promised, or one of those that came since', () => {
  const since = [
    'GET /accounts',
    'GET /accounts/{id}',
    'GET /queue',
    'POST /client-imports',
    'GET /audit/{kind}/{id}',
    'GET /unbilled',
    'POST /tickets/{number}/prestations/{id}/hold',
    'POST /tickets/{number}/prestations/{id}/release',
    // One's own account.
    'GET /me/sessions',
    'DELETE /me/sessions',
    'DELETE /me/sessions/{id}',
    'PUT /me/password',
    // The second factor of staff.
    'GET /me/second-factor',
    'POST /me/second-factor/offers',
    'PUT /me/second-factor',
    'POST /me/second-factor/removal',
    'POST /me/second-factor/recovery-codes',
    'GET /accounts/{id}/second-factor',
    'DELETE /accounts/{id}/second-factor',
    'GET /settings/access',
    'PUT /settings/access',
    'POST /me/addresses',
    'POST /address-confirmations',
    'GET /settings/mail-texts',
    'PUT /settings/mail-texts',
    'GET /me/filters',
    'POST /me/filters',
    'DELETE /me/filters/{id}',
    'GET /settings/replies',
    'POST /settings/replies',
    'DELETE /settings/replies/{id}',
    // What time would cost, an agent's days, where every minute is.
    'POST /tickets/{number}/prestation-previews',
    'GET /prestations',
    'GET /time-balance',
    'POST /tickets/{number}/presence',
    // Once their sender is registered.
    'POST /mail/replays',
    'POST /mail/outbox/{id}/resend',
    // The outgoing mails that the page /outbox shows.
    'GET /mail/outbox',
    // How issued invoices travel; the access point's word is public and needs the shared secret.
    'GET /companies/{id}/next-invoice',
    'GET /deliveries',
    'GET /invoices/{id}/delivery',
    'POST /invoices/{id}/delivery/retry',
    'POST /webhooks/access-point',
    // What is owed, the accountant's exports, a question about a line.
    'GET /receivables',
    'POST /invoices/{id}/reminders',
    'PATCH /invoices/{id}/reminders',
    'GET /settings/reminders',
    'PUT /settings/reminders',
    'GET /settings/seller/logo',
    'PUT /settings/seller/logo',
    'DELETE /companies/{id}/packs/{pack}',
    'POST /companies/{id}/opening-invoices',
    'POST /opening-invoice-imports',
    'POST /opening-pack-imports',
    'DELETE /opening-invoices/{id}',
    'GET /reports/revenue',
    'GET /reports/ageing',
    'GET /reports/export',
    'GET /invoice-exports',
    'GET /invoice-verification',
    'POST /invoices/{id}/questions',
  ]
  const promised = new Set(PROMISED.map(({ call }) => call))
  expect([...operations.keys()].filter((call) => !promised.has(call)).toSorted()).toEqual(since.toSorted())
})

test('every operation has an id of its own, for the generators of clients', () => {
  const ids = [...operations.values()].map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  expect(operations.get('GET /tickets/{number}/timeline')?.operationId).toBe('getTicketsByNumberTimeline')
})

test('only the ways in are open to strangers', () => {
  const open = [...operations].filter(([, { security }]) => security?.length === 0).map(([call]) => call)
  expect(open.toSorted()).toEqual(
    [
      'POST /session',
      'DELETE /session',
      'POST /activation',
      'POST /password-resets',
      'PUT /password-resets/{token}',
      'POST /address-confirmations',
      'POST /webhooks/access-point',
    ].toSorted(),
  )
})

test('what POST creates can be repeated under an Idempotency-Key', () => {
  const creating = [...operations].filter(
    ([call, { responses }]) => call.startsWith('POST') && '201' in responses,
  )
  expect(creating.length).toBeGreaterThan(10)
  for (const [call, { parameters = [] }] of creating) {
    expect([call, parameters.some(({ name }) => name === 'idempotency-key')]).toEqual([call, true])
  }
})

test('a body has no field that is not written down, at any depth (spec/security.md line 9)', () => {
  const openAt = (schema: Schema, at: string): string[] => [
    ...(schema.properties && schema.additionalProperties !== false ? [at] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => openAt(inner, `${at}.${name}`)),
    ...(schema.items ? openAt(schema.items, `${at}[]`) : []),
    ...(schema.anyOf ?? []).flatMap((inner) => openAt(inner, at)),
  ]
  const open = [...operations].flatMap(([call, operation]) => {
    const body = bodyOf(operation)
    return body ? openAt(body, call) : []
  })
  expect(open).toEqual([])
})
