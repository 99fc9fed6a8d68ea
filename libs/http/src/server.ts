/** The fastify every HTTP door starts from: limits, headers, cookies, one way to tell an error. */
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import { Failure } from '@guichet/contracts/failure'
import { traceHttp } from '@guichet/telemetry/http'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'

export interface HttpServerOptions {
  publicUrl: string
  /** JSON and form bodies, files aside. */
  maxBodyBytes?: number
  maxFileBytes?: number
  /** A defect: logged by the owner, never told. */
  onDefect: (error: unknown) => void
}

/** Slow requests (slowloris) are cut: headers and body must arrive within these. */
const REQUEST_TIMEOUT_MS = 120_000
const CONNECTION_TIMEOUT_MS = 0
const KEEP_ALIVE_MS = 65_000

export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    // The service's own drain decides; idle keep-alive connections must not hold it up.
    forceCloseConnections: 'idle',
    bodyLimit: options.maxBodyBytes ?? 1024 * 1024,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    trustProxy: '127.0.0.1',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    http: { headersTimeout: 20_000, maxHeaderSize: 16 * 1024 },
  })
  traceHttp(app)
  // Routes check their own schemas (register-routes.ts), with codes that are told in the reader's language.
  app.setValidatorCompiler(() => () => true)
  app.setSerializerCompiler(() => (data) => JSON.stringify(data))
  acceptEmptyJson(app)
  await app.register(cookie)
  await app.register(formbody)
  await app.register(multipart, { throwFileSizeLimit: false })
  await app.register(helmet, helmetOptions(options.publicUrl.startsWith('https:')))
  return app
}

/** A step such as /accept has no body; clients that always say `application/json` are not refused for it. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body.toString(), done)
  })
}

function helmetOptions(secure: boolean) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'object-src': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' as const },
  }
}

/** What fastify itself refuses, as a failure that can be worded; undefined for a defect. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE' || statusCode === 413) {
    return new Failure('body-too-large', { params: { limit: '1 MiB' } })
  }
  if (statusCode === 415) return new Failure('unsupported-media-type')
  if (statusCode === 404) return new Failure('not-found')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Failure('invalid-input')
  return undefined
}
