/**
 * Services at work over real parts, for tests: SQLite in a folder of its own, the local bus, real actor tokens. Any
 * actor asks; events are collected; time is real unless a clock is handed in.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccountTokenSigner, createSecrets, generateSigningKey } from '@guichet/access'
import type { Bus } from '@guichet/bus'
import { openBus } from '@guichet/bus/open'
import type { DataOf, EventContract, InputOf, OutputOf, RequestContract } from '@guichet/contracts/definition'
import type { Audience, Envelope } from '@guichet/contracts/envelope'
import { Failure } from '@guichet/contracts/failure'
import { getSigningKey } from '@guichet/contracts/identity'
import type { AccountActor, Actor, ServiceActor, Stranger } from '@guichet/contracts/values/actor'
import type { Clock } from '@guichet/delivery'
import type { StoreEngine } from '@guichet/store'
import { openStoreEngine } from '@guichet/store/open'
import { createLog, type LogLevel } from '@guichet/telemetry/log'
import { until } from '@guichet/testing/until'
import { Registry } from 'prom-client'
import { createService } from './create-service.ts'
import type { AnswerEntry, Service, ServiceParts } from './definition.ts'
import { declareEmits } from './guarded-store.ts'
import { newEvent, NO_ONE } from './new-event.ts'
import { partsOver } from './platform.ts'
import { systemClock } from './system-clock.ts'

/** A service of the harness, with its configuration; made by `serve`. */
export interface HarnessService {
  readonly name: string
  create(partsFor: <Config>(config: Config) => ServiceParts<Config>): Service
}

export function serve<Config>(
  name: string,
  create: (parts: ServiceParts<Config>) => Service,
  config: Config,
): HarnessService {
  return { name, create: (partsFor) => create(partsFor(config)) }
}

/** A service that is not the one under test: it answers, and nothing else. */
export function serveNeighbour(name: string, answers: readonly AnswerEntry[]): HarnessService {
  const rest = { errors: {}, consumers: [], timers: [], emits: [] }
  return serve(`${name}-neighbour`, (parts) => createService({ name, answers, ...rest }, parts), {})
}

export interface HarnessOptions {
  /** Started in this order, stopped the other way round. The same one twice: two copies. */
  services: readonly HarnessService[]
  clock?: Clock
  /** Kept when given; else a temporary folder that `stop` removes. */
  dataDir?: string
  /** Default: SQLite, its log, direct calls. Test servers' URLs put the same services on other engines. */
  urls?: { store?: string; events?: string; requests?: string }
  /** Kept with a `dataDir` that is started on again: what was signed and sealed before is read by it. */
  secret?: Uint8Array
  /** Default `debug`: collected in `logLines`, never printed. */
  logLevel?: LogLevel
}

export interface Asker {
  /** @throws Failure as the service answers it. */
  ask<R extends RequestContract>(contract: R, input: InputOf<R>): Promise<OutputOf<R>>
  /** The token that a door would send along; undefined for a stranger. */
  token(): Promise<string | undefined>
}

export interface OutsideEvent {
  /** The document it is about: events of one key are handled in order. */
  key: string
  actor?: Actor
  audience?: Audience
  at?: Temporal.Instant
}

export interface Harness {
  readonly engine: StoreEngine
  readonly bus: Bus
  readonly clock: Clock
  readonly services: readonly Service[]
  readonly logLines: readonly string[]
  as(actor: Actor): Asker
  /** Everything the services emitted, in the order in which it was seen. */
  readonly events: readonly Envelope[]
  /** Waits for at least `count` events of the contract that fit `which`. */
  eventsOf<E extends EventContract>(
    contract: E,
    which?: (data: DataOf<E>, event: Envelope) => boolean,
    count?: number,
  ): Promise<(Envelope & { data: DataOf<E> })[]>
  /** An event of a service that is not here, recorded and carried like any other. */
  publish<E extends EventContract>(contract: E, data: DataOf<E>, event: OutsideEvent): Promise<void>
  until: typeof until
  stop(): Promise<void>
}

const OUTSIDE = 'outside'

export async function startHarness(options: HarnessOptions): Promise<Harness> {
  const clock = options.clock ?? systemClock
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'guichet-harness-')))
  const logLines: string[] = []
  const log = await createLog({
    level: options.logLevel ?? 'debug',
    destination: { write: (line) => void logLines.push(line) },
  })
  const relay = !(options.urls?.events ?? 'sqlite:').startsWith('sqlite:')
  const engine = await openStoreEngine(options.urls?.store ?? 'sqlite:', { dataDir, relay })
  const bus = await openBus({
    events: options.urls?.events ?? 'sqlite:',
    requests: options.urls?.requests ?? 'local:',
    engine,
    log,
  })
  const secrets = createSecrets(options.secret ?? randomBytes(32))
  const key = await generateSigningKey()
  const shared = { engine, bus, clock, log, metrics: new Registry(), secrets }

  /** Tokens of the harness count beside those of identity, where identity is here. */
  async function signingKeys(): Promise<Record<string, unknown>[]> {
    if (!options.services.some(({ name }) => name === 'identity')) return [key.publicJwk]
    const token = await outside.actors.own()
    return [key.publicJwk, (await bus.requests.ask(getSigningKey, {}, { token })).jwk]
  }
  const partsFor =
    (name: string) =>
    <Config>(config: Config) =>
      partsOver(shared, name, config, signingKeys)
  const outside = partsFor(OUTSIDE)({})
  const signer = await createAccountTokenSigner(key.privateJwk, () => clock.now())

  const services = options.services.map(({ name, create }) => create(partsFor(name)))
  const subjects = services.flatMap(({ definition }) => definition.emits.map(({ subject }) => subject))
  const events: Envelope[] = []
  const collecting =
    subjects.length === 0
      ? undefined
      : await bus.events.subscribe({
          consumer: 'harness',
          subjects: [...new Set(subjects)],
          from: 'history',
          handle: async (event) => void events.push(event),
        })
  for (const service of services) await service.start()

  const tokenOf = async (actor: Actor): Promise<string | undefined> => {
    if (actor.kind === 'stranger') return undefined
    return actor.kind === 'account' ? signer.sign(actor) : partsFor(actor.service)({}).actors.own()
  }

  const outsideDocuments = outside.store.collection<{ count: number }, string>({ name: 'outside-documents' })

  return {
    engine,
    bus,
    clock,
    services,
    logLines,
    events,
    until,
    as: (actor) => ({
      token: () => tokenOf(actor),
      ask: async (contract, input) => bus.requests.ask(contract, input, { token: await tokenOf(actor) }),
    }),
    eventsOf: (contract, which = () => true, count = 1) =>
      until(`${count} ${contract.subject}`, () => {
        type Event = Envelope & { data: DataOf<typeof contract> }
        const found = events.filter(
          (event): event is Event =>
            event.subject === contract.subject && which(event.data as DataOf<typeof contract>, event),
        )
        return found.length >= count && found
      }),
    async publish(contract, data, { key: id, actor, audience = NO_ONE, at = clock.now() }) {
      declareEmits(outside.store, [contract])
      const by = actor ?? { kind: 'service', service: OUTSIDE }
      const event = newEvent(contract, data, { actor: by, audience, at })
      const stored = await outsideDocuments.get(id)
      await outsideDocuments.commit({
        id,
        expectedVersion: stored?.version ?? 0,
        value: { count: (stored?.value.count ?? 0) + 1 },
        events: [event],
      })
    },
    async stop() {
      await collecting?.stop()
      for (const service of services.toReversed()) await service.stop()
      await bus.close()
      await engine.close()
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export const stranger: Stranger = { kind: 'stranger' }

export function serviceActor(service: string): ServiceActor {
  return { kind: 'service', service }
}

/** A person for a test; by default an agent of the house who reads French. */
export function accountActor(accountId: string, changes: Partial<AccountActor> = {}): AccountActor {
  return {
    kind: 'account',
    accountId,
    companyId: null,
    roles: ['agent'],
    name: accountId,
    email: `${accountId}@example.be`,
    language: 'fr',
    ...changes,
  }
}

/** What a promise fails with, as a code: `await expect(codeOf(ask)).resolves.toBe('not-found')`. */
export async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.code
    throw error
  }
}
