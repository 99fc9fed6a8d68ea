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
  { description: 'What went wrong, in the reader’s language (RFC 9457)' },
)

const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ maxLength: 200, description: 'The same key creates once; a repeat gets the first result' }),
  ),
})

/** Before the routes are registered: it listens to them. `app.swagger()` is the document once all are. */
export async function registerDocumentation(
  app: FastifyInstance,
  about: { title: string; version: string; publicUrl: string },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: about.title, version: about.version },
      servers: [{ url: about.publicUrl }],
      security: [{ session: [] }, { bearer: [] }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'guichet_session' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    hideUntagged: true,
  })
}

/** The schema that documents a route; register-routes.ts is what holds calls against it. */
export function documentedSchema(route: Route): FastifySchema {
  const responses = Object.entries(route.answers).map(([status, schema]) => [
    status,
    documentedAnswer(schema),
  ])
  return {
    summary: route.summary,
    tags: [route.tag],
    ...(route.access === 'public' ? { security: [] } : {}),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.creates ? { headers: IdempotencyHeader } : {}),
    ...(route.body ? { body: documentedBody(route, route.body) } : {}),
    response: {
      ...Object.fromEntries(responses),
      default: { description: 'Problem', content: { 'application/problem+json': { schema: Problem } } },
    },
  }
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
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  }
}
