/**
 * What a main.ts calls: configuration, parts, services, ops server; start, drain, exit. The order in which processes
 * start does not matter: what is missing is waited for and named at /readyz. What only a person can mend (a wrong
 * variable, an unwritable folder, a taken port) is said in one line, exit 1.
 */
import '@guichet/telemetry/preload'
import type { Clock } from '@guichet/delivery'
import { flushSpans } from '@guichet/telemetry'
import type { Static, TObject } from 'typebox'
import { ConfigFaults, loadConfig, type Environment } from './config.ts'
import type { Service, ServiceParts } from './definition.ts'
import { startOpsServer, type OpsServer } from './ops-server.ts'
import { platformContradictions, withPlatform, type PlatformConfig } from './platform-config.ts'
import { openPlatform, type Platform } from './platform.ts'
import { withPublicUrl } from './public-url.ts'
import { StartFault } from './start-fault.ts'

export { StartFault } from './start-fault.ts'
export { openPlatform, type Platform } from './platform.ts'
export { platformConfig, withPlatform, type PlatformConfig } from './platform-config.ts'

/** The whole stop, all services, server and connections. Then the process ends, whatever still hangs. */
const EXIT_WITHIN_MS = 10_000

export interface ProcessOptions<S extends TObject> {
  /** Of the service, or `standalone`. */
  name: string
  /** The service's own settings; the platform's are added. */
  configSchema: S
  create: (parts: ServiceParts<PlatformConfig & Static<S>>) => Service
}

/** One service alone in its process. Resolves when it is ready; the process ends by signal. */
export async function runProcess<S extends TObject>({
  name,
  configSchema,
  create,
}: ProcessOptions<S>): Promise<void> {
  await runServices({
    name,
    configSchema,
    compose: (platform, config) => [create(platform.partsFor(name, config))],
  })
}

export interface ServicesOptions<S extends TObject> {
  name: string
  configSchema: S
  /** Several services over one engine and bus, in the order of their start; stopped the other way round. */
  compose: (
    platform: Platform,
    config: PlatformConfig & Static<S>,
  ) => readonly Service[] | Promise<readonly Service[]>
  /** Default: the system's. */
  clock?: Clock
  /** All have started. */
  onReady?: (platform: Platform, config: PlatformConfig & Static<S>) => void | Promise<void>
  env?: Environment
}

export async function runServices<S extends TObject>(options: ServicesOptions<S>): Promise<void> {
  try {
    await start(options)
  } catch (error) {
    if (!(error instanceof ConfigFaults) && !(error instanceof StartFault)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

async function start<S extends TObject>(options: ServicesOptions<S>): Promise<void> {
  const { name, configSchema, compose, onReady, env = process.env } = options
  const began = performance.now()
  const config = await withPublicUrl(
    loadConfig(withPlatform(configSchema), env, (given) =>
      platformContradictions(given as PlatformConfig),
    ) as PlatformConfig & Static<S>,
  )

  const services: Service[] = []
  let ops: OpsServer | undefined
  let stopping: Promise<void> | undefined
  // From here on the process's own zone is the house's: whatever words a date or an hour uses it.
  process.env['TZ'] = config.TZ
  const platform = await openPlatform(name, config, options.clock)
  const { log } = platform

  async function stopAll(): Promise<void> {
    for (const service of services.toReversed()) await service.stop()
    await ops?.stop()
    await platform.close()
    await flushSpans()
  }

  function exit(why: string): void {
    if (stopping) return
    log.info({ why }, 'stopping')
    const late = setTimeout(() => process.exit(0), EXIT_WITHIN_MS)
    late.unref()
    stopping = stopAll()
    stopping.then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the stop failed')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', () => exit('SIGTERM'))
  process.once('SIGINT', () => exit('SIGINT'))
  // Whoever started this process and talked to it is gone.
  process.once('disconnect', () => exit('the parent process is gone'))

  ops = await startOpsServer({
    host: config.OPS_HOST,
    port: config.OPS_PORT,
    metrics: platform.metrics,
    check: async () => {
      const dependencies = await platform.check()
      const starting = services.length === 0 ? { services: 'not created yet' } : {}
      const checks = await Promise.all(
        services.map(async (service) => prefixed(service.definition.name, await service.check())),
      )
      return Object.assign(dependencies, starting, ...checks)
    },
  })
  try {
    await platform.connect()
    if (stopping) return
    services.push(...(await compose(platform, config)))
    for (const service of services) {
      if (stopping) return
      await service.start()
    }
  } catch (error) {
    // What was still waiting when the signal came.
    if (stopping) return
    throw error
  }
  if (stopping) return
  process.send?.({ ready: true, service: name, opsPort: ops.port })
  log.info({ service: name, opsPort: ops.port, startMs: Math.round(performance.now() - began) }, 'ready')
  await onReady?.(platform, config)
}

function prefixed(name: string, checks: Record<string, string | null>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(checks).map(([what, wrong]) => [`${name}: ${what}`, wrong]))
}
