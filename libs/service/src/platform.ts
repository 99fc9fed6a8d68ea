/** What the services of one process share: engine, bus, secrets, clock, log, metrics. Embedded: all seven over one. */
import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { createActorTokens, createSecrets, type ActorTokenOptions, type Secrets } from '@guichet/access'
import type { Bus } from '@guichet/bus'
import { openBus } from '@guichet/bus/open'
import { getSigningKey } from '@guichet/contracts/identity'
import type { Clock } from '@guichet/delivery'
import type { StoreEngine } from '@guichet/store'
import { openStoreEngine } from '@guichet/store/open'
import { createLog, type Logger } from '@guichet/telemetry/log'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { loadClusterSecret } from './cluster-secret.ts'
import type { ServiceParts } from './definition.ts'
import { guardedStore } from './guarded-store.ts'
import { createKeepTrying } from './keep-trying.ts'
import type { PlatformConfig } from './platform-config.ts'
import { StartFault } from './start-fault.ts'
import { systemClock } from './system-clock.ts'

export interface Platform {
  readonly log: Logger
  readonly metrics: Registry
  readonly clock: Clock
  readonly secrets: Secrets
  /** Resolves when store and bus answer, however long that takes. @throws StartFault for what no waiting mends. */
  connect(): Promise<void>
  /** Only once connected. */
  readonly engine: StoreEngine
  readonly bus: Bus
  partsFor<Config>(service: string, config: Config): ServiceParts<Config>
  /** Each dependency by name: null when well. */
  check(): Promise<Record<string, string | null>>
  close(): Promise<void>
}

/** @throws StartFault */
export async function openPlatform(
  processName: string,
  config: PlatformConfig,
  clock: Clock = systemClock,
): Promise<Platform> {
  const log = (await createLog({ level: config.LOG_LEVEL })).child({ process: processName })
  await requireFolder(config.DATA_DIR)
  const secrets = createSecrets(
    await loadClusterSecret({ given: config.CLUSTER_SECRET, dataDir: config.DATA_DIR }),
  )
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const trying = createKeepTrying(clock, log)
  let engine: StoreEngine | undefined
  let bus: Bus | undefined

  function connected<T>(part: T | undefined): T {
    if (part === undefined) throw new Error('The platform is not connected yet')
    return part
  }

  const platform: Platform = {
    log,
    metrics,
    clock,
    secrets,
    get engine() {
      return connected(engine)
    },
    get bus() {
      return connected(bus)
    },
    async connect() {
      const relay = !config.EVENTS_URL.startsWith('sqlite:')
      const store = () => openStoreEngine(config.STORE_URL, { dataDir: config.DATA_DIR, relay })
      engine = config.STORE_URL.startsWith('sqlite:')
        ? await ownFile(store)
        : await trying.run('store', store)
      const opened = engine
      bus = await trying.run('bus', () =>
        openBus({ events: config.EVENTS_URL, requests: config.REQUESTS_URL, engine: opened, log }),
      )
    },
    partsFor(service, serviceConfig) {
      return partsOver(platform, service, serviceConfig)
    },
    async check() {
      const missing = trying.waitingFor()
      return {
        store: engine ? await reasonOf(engine) : (missing['store'] ?? 'not connected yet'),
        bus: bus ? await reasonOf(bus) : (missing['bus'] ?? 'not connected yet'),
      }
    },
    async close() {
      trying.stop()
      await bus?.close()
      await engine?.close()
    },
  }
  return platform
}

/**
 * One service's parts: its own store behind its guard, its own tokens, the rest shared. The keys of account tokens come
 * from identity unless told otherwise.
 */
export function partsOver<Config>(
  shared: Pick<Platform, 'engine' | 'bus' | 'clock' | 'log' | 'metrics' | 'secrets'>,
  service: string,
  config: Config,
  signingKeys?: ActorTokenOptions['fetchSigningKeys'],
): ServiceParts<Config> {
  const { engine, bus, clock, log, metrics, secrets } = shared
  const actors = createActorTokens({
    service,
    secrets,
    now: () => clock.now(),
    fetchSigningKeys:
      signingKeys ??
      (async () => [(await bus.requests.ask(getSigningKey, {}, { token: await actors.own() })).jwk]),
  })
  const own = { store: guardedStore(engine.service(service)), log: log.child({ service }), actors }
  return { config, bus, clock, metrics, secrets, ...own }
}

async function requireFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new StartFault(
      `DATA_DIR: ${dataDir} cannot be written (${code}): give a folder that this process may write`,
    )
  }
}

/** A file of ours is there or is wrong: nothing to wait for. */
async function ownFile(open: () => Promise<StoreEngine>): Promise<StoreEngine> {
  try {
    return await open()
  } catch (error) {
    throw new StartFault(`STORE_URL: the database in DATA_DIR cannot be opened: ${(error as Error).message}`)
  }
}

async function reasonOf(part: { check(): Promise<void> }): Promise<string | null> {
  try {
    await part.check()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
