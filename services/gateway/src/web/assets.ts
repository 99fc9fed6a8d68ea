/** The portal's own files, named by their content so that a browser may keep them for ever. */
import { createHash } from 'node:crypto'
import { brotliCompressSync, constants } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { bundled, type BundleName } from './client-bundle.ts'

interface Asset {
  path: string
  type: string
  content: Buffer
  compressed: Buffer
}

/** Where the document finds them. */
export interface AssetPaths {
  script: string
  style: string
}

async function asset(name: BundleName, type: string): Promise<Asset> {
  const content = await bundled(name)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const dot = name.lastIndexOf('.')
  const compressed = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { path: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`, type, content, compressed }
}

export async function registerAssets(app: FastifyInstance): Promise<AssetPaths> {
  const [script, style] = await Promise.all([
    asset('guichet.js', 'text/javascript; charset=utf-8'),
    asset('guichet.css', 'text/css; charset=utf-8'),
  ])
  for (const { path, type, content, compressed } of [script, style]) {
    app.get(path, { schema: { hide: true } }, (request, reply) => {
      const takesBrotli = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))
      if (takesBrotli) reply.header('content-encoding', 'br')
      return reply
        .type(type)
        .header('vary', 'accept-encoding')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(takesBrotli ? compressed : content)
    })
  }
  return { script: script.path, style: style.path }
}
