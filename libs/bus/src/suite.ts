/** What the bus promises, as tests: run unchanged on every adapter by one thin file each. */
export { eventsSuite } from './suite/events.ts'
export { liveSuite } from './suite/live.ts'
export { requestsSuite } from './suite/requests.ts'
export type { EventsConnection, EventsWorld, RequestsConnection, RequestsWorld } from './suite/world.ts'
