/** The address that people reach: given, or made of host and port. Links in mails need it before any door opens. */
import { createServer, type AddressInfo } from 'node:net'
import type { PlatformConfig } from './platform-config.ts'
import { StartFault } from './start-fault.ts'

/** Resolves port 0 to a free one, so that it can be named. */
export async function withPublicUrl<C extends PlatformConfig>(
  config: C,
): Promise<C & { PUBLIC_URL: string }> {
  if (config.PUBLIC_URL !== undefined) return { ...config, PUBLIC_URL: config.PUBLIC_URL }
  const HTTP_PORT = config.HTTP_PORT === 0 ? await freePort(config.HTTP_HOST) : config.HTTP_PORT
  return { ...config, HTTP_PORT, PUBLIC_URL: `http://${nameOf(config.HTTP_HOST)}:${HTTP_PORT}` }
}

function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

async function freePort(host: string): Promise<number> {
  const server = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(
      new StartFault(
        `HTTP_HOST: ${host} cannot be listened on (${error.code}): give an address of this machine`,
      ),
    ),
  )
  server.listen(0, host, () => resolve((server.address() as AddressInfo).port))
  try {
    return await promise
  } finally {
    await new Promise((done) => server.close(done))
  }
}
