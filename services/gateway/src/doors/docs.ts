/** `/api/openapi.json`, and `/api/docs` that renders it. */
import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'

/** What only our own files may do; the renderer puts its one style sheet in at run time, under the nonce. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const START = `Scalar.createApiReference('#app', ${JSON.stringify({
  url: '/api/openapi.json',
  // Nothing of the renderer's maker: no fonts, no counting, no service of theirs offered to our readers.
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
})})
`

const page = (title: string, nonce: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta property="csp-nonce" content="${nonce}" />
  </head>
  <body>
    <div id="app"></div>
    <script src="/api/docs/renderer.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`

export function registerDocs(app: FastifyInstance, brand: string): void {
  const hidden = { schema: { hide: true } }
  const javascript = 'text/javascript; charset=utf-8'
  const title = `${brand.replace(/[<>&]/g, '')} API`
  let renderer: Promise<string> | undefined
  app.get('/api/openapi.json', hidden, (_request, reply) => reply.send(app.swagger()))
  app.get('/api/docs', hidden, (_request, reply) => {
    const nonce = randomBytes(16).toString('base64')
    return reply
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page(title, nonce))
  })
  app.get('/api/docs/start.js', hidden, (_request, reply) => reply.type(javascript).send(START))
  app.get('/api/docs/renderer.js', hidden, async (_request, reply) => {
    renderer ??= loadRenderer()
    return reply
      .type(javascript)
      .header('cache-control', 'public, max-age=3600')
      .send(await renderer)
  })
}

/** Five megabytes that only a reader of the documentation needs. Its package hands them out as a plugin alone. */
async function loadRenderer(): Promise<string> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const shelf = Fastify()
  await shelf.register(scalar, { routePrefix: '/docs', configuration: { url: '/' } })
  const { body } = await shelf.inject('/docs/js/scalar.js')
  await shelf.close()
  return body
}
