/** What a browser must fetch before a page is usable: under 60 KB, script and style together (spec/ux.md, the look). */
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundled } from './client-bundle.ts'

const LIMIT_BYTES = 60_000

test.each([
  ['brotli', brotliCompressSync],
  ['gzip', gzipSync],
])('script and style together stay under 60 KB by %s', async (_name, compress) => {
  const parts = await Promise.all([bundled('guichet.js'), bundled('guichet.css')])
  const sizes = parts.map((part) => compress(part).byteLength)
  for (const size of sizes) expect(size).toBeGreaterThan(5000)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LIMIT_BYTES)
})
