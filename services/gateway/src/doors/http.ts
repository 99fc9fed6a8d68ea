/** The only way in from outside: the API, the portal, the documentation, health. */
import {
  createHttpServer,
  registerDocumentation,
  registerRoutes,
  sendProblem,
  type RouteContext,
  preferredLanguage,
} from '@guichet/http'
import { Failure } from '@guichet/contracts/failure'
import { portFault, type Door, type ServiceParts } from '@guichet/service'
import type { FastifyInstance } from 'fastify'
import type { GatewayConfig } from '../config.ts'
import type { EventStreams } from '../live/event-streams.ts'
import { eventRoutes } from '../routes/events.ts'
import { apiRoutes } from '../routes/index.ts'
import { API } from '../routes/replies.ts'
import { registerPages, type Portal } from '../web/register-pages.ts'
import { createCallers } from './callers.ts'
import { registerDocs } from './docs.ts'
import { registerHealth, type Health } from './health.ts'
import { createRateLimit } from './rate-limit.ts'
import { createWording } from './wording.ts'

export interface GatewayOptions {
  /** What `/readyz` says; default: this service's own dependencies. */
  readiness?: Health['readiness']
  /** One-click sign-in links of the evaluation. */
  evaluationLinks?: Portal['evaluationLinks']
}

export interface HttpDoor extends Door {
  /** Where it listens, once started. */
  address: () => string
  /** Every method and path that it answers, once started: whoever checks their rules need not keep a list. */
  routes: () => readonly AnsweredRoute[]
}

export interface AnsweredRoute {
  method: string
  /** As fastify writes it: `/api/v1/tickets/:number`. */
  path: string
}

const MAX_FILES = 20

export function createHttpDoor(
  parts: ServiceParts<GatewayConfig>,
  streams: EventStreams,
  options: GatewayOptions & Health,
): HttpDoor {
  const { config } = parts
  let app: FastifyInstance | undefined
  let listening = ''
  const answered: AnsweredRoute[] = []
  const publicUrl = () => config.PUBLIC_URL || listening

  async function start(): Promise<void> {
    const onDefect = (error: unknown) => parts.log.error({ err: error }, 'a call ended in a defect')
    app = await createHttpServer({ publicUrl: config.PUBLIC_URL, onDefect })
    app.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) answered.push({ method: each, path: url })
    })
    const callers = createCallers(parts.bus.requests, publicUrl)
    const context: RouteContext = {
      prefix: API,
      publicUrl,
      blobs: parts.store.blobs,
      uploads: { maxFileBytes: config.MAX_UPLOAD_BYTES, maxFiles: MAX_FILES },
      identify: callers.identify,
      admit: await createRateLimit(app, config.RATE_LIMIT_PER_MINUTE),
      setSession: callers.setSession,
      wording: createWording(parts.bus.requests, callers.originOf),
      onDefect,
    }
    // Before the routes: each takes the error handler that is there when it is added.
    answerTheRest(app, context)
    await registerDocumentation(app, {
      title: `${config.BRAND} API`,
      version: '1',
      publicUrl: publicUrl(),
      sessionCookie: callers.cookieName(),
    })
    registerRoutes(app, [...apiRoutes, ...eventRoutes(streams)], context)
    registerDocs(app, config.BRAND)
    registerHealth(app, parts, options)
    await registerPages(
      app,
      {
        brand: config.BRAND,
        supportAddress: config.SUPPORT_ADDRESS,
        evaluationLinks: options.evaluationLinks ?? (() => []),
      },
      context,
    )
    try {
      listening = await app.listen({ host: config.HTTP_HOST, port: config.HTTP_PORT })
    } catch (error) {
      throw portFault('HTTP_PORT', config.HTTP_HOST, config.HTTP_PORT, error)
    }
  }

  return {
    name: 'http',
    start,
    stop: async () => {
      streams.endAll()
      await app?.close()
    },
    address: () => listening,
    routes: () => answered,
  }
}

/** What no route answers, and what fastify refuses before a route is reached. */
function answerTheRest(app: FastifyInstance, context: RouteContext): void {
  const languageOf = (header: string | undefined) => preferredLanguage(header)
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new Failure('not-found'), languageOf(request.headers['accept-language']), context),
  )
  app.setErrorHandler((error, request, reply) =>
    sendProblem(reply, error, languageOf(request.headers['accept-language']), context),
  )
}
