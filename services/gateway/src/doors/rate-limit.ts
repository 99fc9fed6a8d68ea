/** So many calls a minute, by account for the signed-in and by address for strangers. */
import rateLimit from '@fastify/rate-limit'
import { Failure } from '@guichet/contracts/failure'
import type { RouteContext } from '@guichet/http'
import type { FastifyInstance } from 'fastify'

const MINUTE_MS = 60_000

export async function createRateLimit(
  app: FastifyInstance,
  perMinute: number,
): Promise<RouteContext['admit']> {
  if (perMinute === 0) return () => Promise.resolve()
  await app.register(rateLimit, { global: false })
  const callers = new WeakMap<object, string>()
  const limit = app.createRateLimit({
    max: perMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: (request) => callers.get(request) ?? request.ip,
  })
  return async (request, { actor }) => {
    if (actor) callers.set(request, `account:${actor.accountId}`)
    const state = await limit(request)
    if (!state.isAllowed && state.isExceeded) {
      throw new Failure('too-many-requests', {
        params: { retryAfterSeconds: state.ttlInSeconds },
        retryable: true,
      })
    }
  }
}
