/**
 * Lets Node run our TSX as it lies: esbuild turns JSX into calls, once per content; the result is kept on disk so that
 * later starts do not load esbuild at all.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/guichet-tsx/', import.meta.url))
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
  const require = createRequire(import.meta.url)
  const key = createHash('sha256').update(JSON.stringify(TRANSFORM)).update(source).digest('hex')
  const file = join(CACHE, `${key}.mjs`)
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const { transformSync } = require('esbuild') as typeof import('esbuild')
    const { code } = transformSync(source, TRANSFORM)
    keep(file, code)
    return code
  }
}

/** A read-only installation works too, it only starts slower. */
function keep(file: string, code: string): void {
  try {
    mkdirSync(CACHE, { recursive: true })
    const temporary = `${file}.${process.pid}`
    writeFileSync(temporary, code)
    renameSync(temporary, file)
  } catch {
    return
  }
}
