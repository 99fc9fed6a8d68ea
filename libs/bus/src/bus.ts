/**
 * The bus port: events (durable, at least once, in order per key), requests (ask, get an answer) and live
 * messages (seen at once or never). Engines: SQLite, NATS JetStream, Kafka for events; direct calls or NATS for
 * requests and live messages. `suite.ts` proves the guarantees on each; what one cannot give it declares in
 * `limits`, with the reason.
 */
import type { DataOf, InputOf, LiveContract, OutputOf, RequestContract } from '@guichet/contracts/definition'
import type { Audience, Envelope, TraceContext } from '@guichet/contracts/envelope'

export { PARTITIONS } from '@guichet/contracts/partition'

export interface Subscription {
  /** A constant, pinned by a test: renaming it replays the world. */
  consumer: string
  /** Exact subjects. */
  subjects: readonly string[]
  /** Where a consumer that never ran begins: after what is in the log, or at the log's beginning. */
  from: 'now' | 'history'
  /**
   * Resolves: done, never delivered again to this consumer (save after a crash). Rejects: the same event comes
   * again after a pause, and nothing else of its partition before it. Retrying a handler is not the bus's affair:
   * libs/delivery parks what fails and resolves.
   */
  handle: (event: Envelope) => Promise<void>
}

export interface RunningSubscription {
  /** Takes no new event, waits for those being handled. */
  stop(): Promise<void>
  /** Events published and not yet handled by this consumer. */
  lag(): Promise<number>
}

export interface Events {
  /**
   * Resolves when the event is durable. The same id published again within minutes is not delivered twice where
   * the engine can tell; handlers are idempotent all the same. Rejects above MAX_EVENT_BYTES.
   */
  publish(event: Envelope): Promise<void>
  /** Copies of one consumer share its events; each key is with one copy at a time. */
  subscribe(subscription: Subscription): Promise<RunningSubscription>
  /** True where the store's commit is already the publication (SQLite both): no relay is needed. */
  readonly sharedWithStore: boolean
  /** What this engine cannot give, each with the reason; the suite skips those checks by name. */
  readonly limits: Readonly<Partial<Record<EventsGuarantee, string>>>
  check(): Promise<void>
}

/**
 * What a limit can name. `competing-copies`: copies in several processes share a consumer. `deduplication`: the same id
 * published twice within minutes is delivered once. `isolated-partitions`: a partition that waits holds up no other.
 * `replay-beyond-retention`: `from: 'history'` begins at the very first event.
 */
export type EventsGuarantee =
  'competing-copies' | 'deduplication' | 'isolated-partitions' | 'replay-beyond-retention'

export interface AskOptions {
  /** Signed actor token, see libs/access. Absent: a stranger asks. */
  token?: string
  /** Default 5000. */
  timeoutMs?: number
  trace?: TraceContext
}

export interface Call {
  token: string | undefined
  trace: TraceContext | undefined
}

export interface Requests {
  /**
   * Input and output go through JSON and the contract's schemas, on every engine.
   * @throws Failure as the answerer threw it; `unavailable` (retryable) at once when no one answers, or on time-out;
   * `invalid-input` with one field fault per schema error.
   */
  ask<R extends RequestContract>(contract: R, input: InputOf<R>, options?: AskOptions): Promise<OutputOf<R>>
  /** Copies share the questions. Resolves when questions can arrive. */
  answer<R extends RequestContract>(
    contract: R,
    answer: (input: InputOf<R>, call: Call) => Promise<OutputOf<R>>,
  ): Promise<{ stop(): Promise<void> }>
}

export interface Live {
  /** Reaches every copy that watches, this one too. Never rejects for want of a watcher. */
  announce<L extends LiveContract>(contract: L, data: DataOf<L>, audience: Audience): void
  watch<L extends LiveContract>(
    contract: L,
    see: (data: DataOf<L>, audience: Audience) => void,
  ): Promise<{ stop(): Promise<void> }>
}

export interface Bus {
  readonly events: Events
  readonly requests: Requests
  readonly live: Live
  /** Rejects with the reason when a server behind it does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}
