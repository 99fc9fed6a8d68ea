/** OpenAPI 3.1 by @fastify/swagger from the same routes that answer: it cannot say what the code does not do. */
import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { Type, type TSchema } from 'typebox'
import type { Route } from './route.ts'

const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    errors: Type.Optional(
      Type.Array(Type.Object({ field: Type.String(), code: Type.String(), detail: Type.String() })),
    ),
  },
  { $id: 'Problem', description: 'What went wrong, in the reader’s language (RFC 9457)' },
)

const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ maxLength: 200, description: 'The same key creates once; a repeat gets the first result' }),
  ),
})

/** Before the routes are registered: it listens to them. `app.swagger()` is the document once all are. */
export async function registerDocumentation(
  app: FastifyInstance,
  about: { title: string; version: string; publicUrl: string; sessionCookie: string },
): Promise<void> {
  app.addSchema(Problem)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: about.title, version: about.version },
      servers: [{ url: about.publicUrl }],
      security: [{ session: [] }, { bearer: [] }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: about.sessionCookie },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    hideUntagged: true,
    refResolver: { buildLocalReference: ({ $id }) => (typeof $id === 'string' ? $id : '') },
  })
}

/** The schema that documents a route; register-routes.ts is what holds calls against it. */
export function documentedSchema(route: Route): FastifySchema {
  const responses = Object.entries(route.answers).map(([status, schema]) => [
    status,
    documentedAnswer(schema),
  ])
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    tags: [route.tag],
    ...(route.access === 'public' ? { security: [] } : {}),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.creates ? { headers: IdempotencyHeader } : {}),
    ...(route.body ? { body: documentedBody(route, route.body) } : {}),
    response: {
      ...Object.fromEntries(responses),
      ...Object.fromEntries(refusalsOf(route).map(([status, description]) => [status, problem(description)])),
      default: problem('Any other problem'),
    },
  }
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
})

/** `GET /tickets/:number/timeline` is `getTicketsByNumberTimeline`: stable, for the generators of clients. */
function operationIdOf({ method, path }: Route): string {
  const words = path.split('/').map((part) => part.replace(/^:/, 'by-'))
  return [method.toLowerCase(), ...words]
    .join('-')
    .replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** What follows from the route's own shape, and what it says of itself. */
function refusalsOf(route: Route): [status: number, description: string][] {
  const signedIn = route.access !== 'public'
  const general: [number, string, boolean][] = [
    [400, 'The request does not fit its schema', Boolean(route.body ?? route.query ?? route.params)],
    [401, 'Not signed in', signedIn],
    [403, 'What the caller may see but not do', signedIn],
    [404, 'What is not there, or not the caller’s to see', signedIn && route.params !== undefined],
    [413, 'Too large', route.body !== undefined],
    [415, 'A body of another type', route.body !== undefined],
    [422, 'A field needs correction: `errors` names each', route.body !== undefined],
    [429, 'Too many requests; Retry-After says when', true],
    [503, 'A part does not answer or is busy; nothing is lost', true],
  ]
  const own = Object.entries(route.refuses ?? {}).map(([status, why]): [number, string] => [
    Number(status),
    why,
  ])
  return [
    ...general.flatMap(([status, why, fits]): [number, string][] => (fits ? [[status, why]] : [])),
    ...own,
  ]
}

function documentedBody(route: Route, body: TSchema): unknown {
  if (!route.files) return body
  const { properties = {}, required = [] } = body as {
    properties?: Record<string, TSchema>
    required?: string[]
  }
  const files = { type: 'array', items: { type: 'string', format: 'binary' } }
  return {
    content: {
      'application/json': { schema: body },
      'multipart/form-data': { schema: { type: 'object', properties: { ...properties, files }, required } },
    },
  }
}

function documentedAnswer(schema: TSchema | 'file' | 'events' | null): unknown {
  if (schema === null) return { description: 'Done', type: 'null' }
  if (schema === 'events') {
    return {
      description: 'Server-sent events',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    }
  }
  if (schema !== 'file') return { description: 'Done', content: { 'application/json': { schema } } }
  return {
    description: 'The file',
    content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
  }
}
