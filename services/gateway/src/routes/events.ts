/** The browser's stream: own notifications, ticket changes, counters. */
import { resolveSession } from '@guichet/contracts/identity'
import { Failure } from '@guichet/contracts/failure'
import { route, type Route } from '@guichet/http'
import type { EventStreams } from '../live/event-streams.ts'

export function eventRoutes(streams: EventStreams): Route[] {
  return [
    route({
      method: 'GET',
      path: '/events',
      access: 'signed-in',
      tag: 'Notifications',
      summary: 'Server-sent events: own notifications, ticket changes, counters',
      answers: { 200: 'events' },
      handle: async ({ actor, session, ask }) => {
        if (!actor) throw new Failure('unauthenticated')
        const stillSignedIn = async () => {
          if (session === undefined) return true
          const refusal = await ask(resolveSession, { session }).catch((error: unknown) => error)
          return !(refusal instanceof Failure && refusal.code === 'unauthenticated')
        }
        return { status: 200, stream: streams.open(actor, stillSignedIn) }
      },
    }),
  ]
}
