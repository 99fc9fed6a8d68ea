/** The only way in from outside. It decides nothing: it asks, and words the answers. */
import { createService, type Service, type ServiceParts } from '@guichet/service'
import type { GatewayConfig } from './config.ts'
import { createHttpDoor, type GatewayOptions, type HttpDoor } from './doors/http.ts'
import { errors } from './errors.ts'
import { onAnything } from './handlers/on-anything.ts'
import { createEventStreams } from './live/event-streams.ts'
import { createLiveWatch } from './live/live-watch.ts'

export interface GatewayService extends Service {
  /** Where it listens, once started. */
  address: () => string
  /** Every method and path that it answers, once started. */
  routes: HttpDoor['routes']
}

export function createGatewayService(
  parts: ServiceParts<GatewayConfig>,
  options: GatewayOptions = {},
): GatewayService {
  const streams = createEventStreams()
  const http = createHttpDoor(parts, streams, {
    ...options,
    readiness: options.readiness ?? (() => service.check()),
  })
  const service = createService(
    {
      name: 'gateway',
      errors,
      answers: [],
      consumers: [{ name: 'gateway', from: 'now', handlers: onAnything(parts.bus.live) }],
      timers: [],
      emits: [],
      doors: [createLiveWatch(parts.bus.live, streams), http],
    },
    parts,
  )
  return { ...service, address: http.address, routes: http.routes }
}
