/** What a service is made of: the table of contents that each `services/<name>/src/service.ts` fills in. */
import type { ActorTokens, Secrets } from '@guichet/access'
import type { Bus } from '@guichet/bus'
import type { DataOf, EventContract, InputOf, OutputOf, RequestContract } from '@guichet/contracts/definition'
import type { Envelope } from '@guichet/contracts/envelope'
import type { ErrorTable } from '@guichet/contracts/failure'
import type { Actor } from '@guichet/contracts/values/actor'
import type { Clock } from '@guichet/delivery'
import type { Store } from '@guichet/store'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'

export type { ActorTokens, Clock, Secrets }

/** All that a service is handed. It reads no environment, no clock and no network beside these. */
export interface ServiceParts<Config = unknown> {
  config: Config
  store: Store
  bus: Bus
  clock: Clock
  log: Logger
  metrics: Registry
  actors: ActorTokens
  secrets: Secrets
}

/** Who may ask at all, before the handler looks at the object: `undefined` lets pass, else the failure to answer with. */
export type Rule = ((actor: Actor) => undefined | 'unauthenticated' | 'forbidden' | 'not-found') & {
  /** For the test that walks every request as everyone: `staff`, `signed-in`, `services`, `anyone`. */
  ruleName: string
}

export interface RequestCall {
  actor: Actor
}

/** One line of the table: the request, who may ask it, what answers it. */
export interface AnswerEntry<R extends RequestContract = RequestContract> {
  contract: R
  rule: Rule
  answer: (input: InputOf<R>, call: RequestCall) => Promise<OutputOf<R>>
}

/** One line of the table: the event, and what is done about it. Must be idempotent: events come at least once. */
export interface HandlerEntry<E extends EventContract = EventContract> {
  contract: E
  handle: (data: DataOf<E>, event: Envelope) => Promise<void>
}

export interface ConsumerEntry {
  /** A constant, for ever. */
  name: string
  from: 'now' | 'history'
  handlers: readonly HandlerEntry[]
  /**
   * With `from: 'history'`: the services that own these subjects, who replay what is older than the log. The
   * consumer waits for them at its first start.
   */
  owners?: readonly string[]
}

export interface TimerEntry {
  /** Unique in the service. One copy runs it at a time, under a lease: as soon as the lease is had, then… */
  name: string
  /** …this long after each run's end. */
  everyMs: number
  run: () => Promise<void>
}

export interface ServiceDefinition {
  name: string
  errors: ErrorTable
  answers: readonly AnswerEntry[]
  consumers: readonly ConsumerEntry[]
  timers: readonly TimerEntry[]
  /** Subjects this service may publish, as contracts: anything else it tries is refused. */
  emits: readonly EventContract[]
  /** Whose objects' histories admins may read; default none. Never what holds secrets. */
  audited?: readonly Audited[]
  /** Doors that are not the bus: SMTP, HTTP. Started last, stopped first. */
  doors?: readonly Door[]
}

/** A collection of the store, whatever it holds. */
export interface Audited {
  readonly name: string
  history(id: string): AsyncIterable<Envelope>
}

/** Of all copies of a service one leads: that whose timers run (docs/decisions/0042). */
export interface Leading {
  held(): boolean
  /** Called each time that it comes to this copy. */
  onTaken(tell: () => void): void
}

export interface Door {
  name: string
  start(leading: Leading): Promise<void>
  stop(): Promise<void>
}

export interface Service {
  readonly definition: ServiceDefinition
  /** All that it answers: its own table, and what every service answers. */
  readonly answers: readonly AnswerEntry[]
  /** Answers first, then consumers, timers, doors. */
  start(): Promise<void>
  /** Drains: doors closed, handlers finished, relay emptied as far as the broker lets it. */
  stop(): Promise<void>
  /** Each dependency by name: null when well, else what is wrong. */
  check(): Promise<Record<string, string | null>>
}

/** Types the entry from its contract, then forgets the type so that entries of different contracts sit in one list. */
export function answer<R extends RequestContract>(
  contract: R,
  rule: Rule,
  run: (input: InputOf<R>, call: RequestCall) => Promise<OutputOf<R>>,
): AnswerEntry {
  return { contract, rule, answer: run as AnswerEntry['answer'] }
}

export function on<E extends EventContract>(
  contract: E,
  handle: (data: DataOf<E>, event: Envelope) => Promise<void>,
): HandlerEntry {
  return { contract, handle: handle as HandlerEntry['handle'] }
}
