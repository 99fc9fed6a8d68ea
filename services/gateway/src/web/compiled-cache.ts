/** What esbuild made, kept by its content's hash beside the dependencies. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/guichet-tsx/', import.meta.url))
const fileOf = (key: string) => join(CACHE, `${key}.mjs`)

export function readCompiled(key: string): string | undefined {
  try {
    return readFileSync(fileOf(key), 'utf8')
  } catch {
    return undefined
  }
}

/** A read-only installation works too, it only starts slower. */
export function keepCompiled(key: string, code: string): void {
  try {
    mkdirSync(CACHE, { recursive: true })
    const temporary = `${fileOf(key)}.${process.pid}`
    writeFileSync(temporary, code)
    renameSync(temporary, fileOf(key))
  } catch {
    return
  }
}
