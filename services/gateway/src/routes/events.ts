/** The browser's stream: own notifications, ticket changes, counters. */
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
      handle: ({ actor, stillSignedIn }) => {
        if (!actor) throw new Failure('unauthenticated')
        return Promise.resolve({ status: 200, stream: streams.open(actor, stillSignedIn) })
      },
    }),
  ]
}
