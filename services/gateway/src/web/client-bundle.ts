/**
 * Script and style as the browser gets them: bundled and minified by esbuild once per content; the result is kept on
 * disk, so that later starts do not load esbuild at all.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'esbuild'
import { keepCompiled, readCompiled } from './compiled-cache.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const BUNDLES = {
  'guichet.js': { entry: here('./client/main.ts'), sources: here('./client/') },
  'guichet.css': { entry: here('./assets/styles/guichet.css'), sources: here('./assets/styles/') },
} as const

export type BundleName = keyof typeof BUNDLES

export async function bundled(name: BundleName): Promise<Buffer> {
  const { entry, sources } = BUNDLES[name]
  const key = keyOf(name, sources)
  const ready = readCompiled(key)
  if (ready !== undefined) return Buffer.from(ready)
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2023', 'chrome120', 'firefox121', 'safari17'],
    legalComments: 'none',
    plugins: [withoutInlineStyle],
  })
  const content = outputFiles[0]?.text ?? ''
  keepCompiled(key, content)
  return Buffer.from(content)
}

const INSTALLS_STYLE = /installStylesheetElement\(\) \{\s*document\.head\.insertBefore\([^)]*\);?\s*\}/

/**
 * Turbo's progress bar puts a style element into the page as soon as it is loaded, which our policy forbids (and the
 * browser reports). We show a page's wait by `aria-busy` instead, so the bar's style is left out.
 */
const withoutInlineStyle: Plugin = {
  name: 'without-inline-style',
  setup: (build) => {
    build.onLoad({ filter: /@hotwired[\\/]turbo[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      if (!INSTALLS_STYLE.test(source))
        throw new Error('Turbo installs its style in another way: see its source')
      return { contents: source.replace(INSTALLS_STYLE, 'installStylesheetElement() {}') }
    })
  },
}

/** Every source and the versions of what they import. */
function keyOf(name: string, folder: string): string {
  const hash = createHash('sha256').update(name)
  for (const file of readdirSync(folder).toSorted())
    hash.update(file).update(readFileSync(`${folder}${file}`))
  hash.update(readFileSync(here('../../package.json'))).update(readFileSync(here('./client-bundle.ts')))
  return hash.digest('hex')
}
