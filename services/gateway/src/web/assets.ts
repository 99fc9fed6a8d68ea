/** The portal's own files, named by their content so that a browser may keep them for ever. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

interface Asset {
  path: string
  type: string
  content: Buffer
}

function asset(name: string, type: string): Asset {
  const content = readFileSync(new URL(`./assets/${name}`, import.meta.url))
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const dot = name.lastIndexOf('.')
  return { path: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`, type, content }
}

export const stylesheet = asset('guichet.css', 'text/css; charset=utf-8')

export function registerAssets(app: FastifyInstance): void {
  for (const { path, type, content } of [stylesheet]) {
    app.get(path, { schema: { hide: true } }, (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(content),
    )
  }
}
