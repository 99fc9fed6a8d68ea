/**
 * Lets Node run our TSX as it lies: esbuild turns JSX into calls, once per content; the result is kept on disk so that
 * later starts do not load esbuild at all.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { keepCompiled, readCompiled } from './compiled-cache.ts'

const TRANSFORM = {
  loader: 'tsx',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  target: 'esnext',
  sourcemap: 'inline',
} as const
let installed = false

export function installTsxLoader(): void {
  if (installed) return
  installed = true
  registerHooks({
    load: (url, context, next) => {
      if (!url.endsWith('.tsx')) return next(url, context)
      const source = readFileSync(fileURLToPath(url), 'utf8')
      return { format: 'module', source: transformed(source), shortCircuit: true }
    },
  })
}

function transformed(source: string): string {
  const key = createHash('sha256').update(JSON.stringify(TRANSFORM)).update(source).digest('hex')
  const ready = readCompiled(key)
  if (ready !== undefined) return ready
  const require = createRequire(import.meta.url)
  const { transformSync } = require('esbuild') as typeof import('esbuild')
  const { code } = transformSync(source, TRANSFORM)
  keepCompiled(key, code)
  return code
}
