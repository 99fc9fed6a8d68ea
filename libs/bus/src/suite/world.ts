import type { Events, EventsGuarantee, Live, Requests } from '../bus.ts'

/** One copy's connection. */
export interface EventsConnection {
  events: Events
  close(): Promise<void>
}

export interface Broker {
  kill(): Promise<void>
  /** On the same port and data. */
  restart(): Promise<void>
}

/** One may serve many tests: each uses consumers, subjects and keys of its own. */
export interface EventsWorld {
  connect(): Promise<EventsConnection>
  /** How another process reaches it; undefined where one process is all there is. */
  url?: string
  /** Given where `killable`. */
  broker?: Broker
  destroy(): Promise<void>
}

export interface RequestsConnection {
  requests: Requests
  live: Live
  /** What was told of defects: `[subject, error]`. */
  defects: readonly (readonly [string, unknown])[]
  close(): Promise<void>
}

export interface RequestsWorld {
  connect(): Promise<RequestsConnection>
  /** Given where a broker stands between, and is ours to kill. */
  broker?: Broker
}

export interface EventsSuite {
  /** What the adapter says it cannot give; a test holds it against `Events.limits`. */
  limits: readonly EventsGuarantee[]
  /** Another process can take part. */
  distributed: boolean
  /** A broker stands between, and is ours to kill. */
  killable: boolean
  open: () => Promise<EventsWorld>
}
