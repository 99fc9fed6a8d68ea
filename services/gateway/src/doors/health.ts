/** `/healthz`, `/readyz`, `/metrics` beside the API. Metrics tell of customers' volume: to this machine alone. */
import type { ServiceParts } from '@guichet/service'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

export interface Health {
  /** Each dependency by name: null when well, else what is wrong. */
  readiness: () => Promise<Record<string, string | null>>
}

export function registerHealth(
  app: FastifyInstance,
  parts: Pick<ServiceParts, 'metrics'>,
  health: Health,
): void {
  const hidden = { schema: { hide: true } }
  app.get('/healthz', hidden, (_request, reply) => reply.send({ status: 'ok' }))
  app.get('/readyz', hidden, async (_request, reply) => {
    const dependencies = await health.readiness()
    const ready = Object.values(dependencies).every((fault) => fault === null)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', dependencies })
  })
  app.get('/metrics', hidden, async (request, reply) => {
    if (!isLocal(request)) return reply.callNotFound()
    return reply.type(parts.metrics.contentType).send(await parts.metrics.metrics())
  })
}

function isLocal(request: FastifyRequest): boolean {
  return LOOPBACK.has(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined
}
