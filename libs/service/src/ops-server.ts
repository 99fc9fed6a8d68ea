/** What operators and their machines ask of a process: alive, ready, metrics. Its own port, never the public one. */
import Fastify from 'fastify'
import type { Registry } from 'prom-client'
import { StartFault } from './start-fault.ts'

export interface OpsOptions {
  host: string
  port: number
  metrics: Registry
  /** Each dependency by name: null when well, else what is wrong. */
  check: () => Promise<Record<string, string | null>>
}

export interface OpsServer {
  readonly port: number
  stop(): Promise<void>
}

/** @throws StartFault when the port is taken. */
export async function startOpsServer({ host, port, metrics, check }: OpsOptions): Promise<OpsServer> {
  const app = Fastify({ logger: false, forceCloseConnections: true })
  app.get('/healthz', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) => {
    const dependencies = await check()
    const ready = Object.values(dependencies).every((wrong) => wrong === null)
    return reply.code(ready ? 200 : 503).send({ ready, dependencies })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  )
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    throw new StartFault(`OPS_PORT: ${host}:${port} cannot be listened on (${code}): give a free port, or 0`)
  }
  const address = app.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () => app.close(),
  }
}
