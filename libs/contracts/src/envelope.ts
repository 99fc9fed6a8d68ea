/** What a service says on the bus, whichever engine carries it. Bodies never travel here: references do. */
import { Type, type Static } from 'typebox'
import { Actor } from './values/actor.ts'

/** Who may be told of an event live. The gateway delivers by this alone. */
export const Audience = Type.Object({
  /** Account ids. */
  accounts: Type.Array(Type.String()),
  /** Every agent, admin and finance clerk of the house. */
  staff: Type.Boolean(),
})
export type Audience = Static<typeof Audience>

/** W3C trace context of the work that caused the event (traceparent, tracestate). */
export const TraceContext = Type.Record(Type.String(), Type.String())
export type TraceContext = Static<typeof TraceContext>

/** The envelope of every event. `id` is `<collection>/<document id>@<document version>.<n>` and never repeats. */
export const Envelope = Type.Object({
  id: Type.String(),
  subject: Type.String(),
  /** The document's id; events of one key are handled in order. */
  key: Type.String(),
  /** Version of the schema of `data`. */
  version: Type.Integer({ minimum: 1 }),
  /** ISO 8601, UTC. */
  occurredAt: Type.String(),
  actor: Actor,
  audience: Audience,
  trace: Type.Optional(TraceContext),
  data: Type.Unknown(),
})
export type Envelope = Static<typeof Envelope>

/** An envelope is refused above this size: facts and references, never bodies. */
export const MAX_EVENT_BYTES = 64 * 1024
