/** The official rules, for tests: the validator of peppol-rules/, run by Java with what Maven fetches for it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../peppol-rules')
const CACHE = join(FOLDER, '.cache')

/** Why the rules cannot be had on this machine; undefined: they can. */
export function missingTools(): string | undefined {
  const lacking = [
    ['java', '-version'],
    ['mvn', '-v'],
  ].filter(([tool = '', flag = '']) => spawnSync(tool, [flag]).status !== 0)
  return lacking.length > 0
    ? `the Peppol rules need ${lacking.map(([tool]) => tool).join(' and ')}`
    : undefined
}

function classPath(): string {
  const file = join(CACHE, 'class-path.txt')
  const pom = join(FOLDER, 'pom.xml')
  const known = existsSync(file) && statSync(file).mtimeMs > statSync(pom).mtimeMs
  if (known && readFileSync(file, 'utf8').split(':').every(existsSync)) return readFileSync(file, 'utf8')
  mkdirSync(CACHE, { recursive: true })
  execFileSync('mvn', ['-q', '-B', '-f', pom, 'dependency:build-classpath', `-Dmdep.outputFile=${file}`])
  return readFileSync(file, 'utf8')
}

/** By name: the rules broken, none for a sound file. */
export function brokenRules(files: Record<string, Uint8Array>): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-peppol-'))
  try {
    const names = Object.keys(files)
    for (const name of names) writeFileSync(join(folder, name), files[name] ?? new Uint8Array())
    const output = execFileSync(
      'java',
      ['-cp', classPath(), join(FOLDER, 'ValidatePeppol.java'), ...names.map((name) => join(folder, name))],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
    return Object.fromEntries(
      names.map((name) => {
        const said = output.split('\n').filter((line) => line.includes(` ${join(folder, name)}`))
        if (said.length === 0) throw new Error(`the validator said nothing of ${name}`)
        const errors = said.filter((line) => line.startsWith('ERROR'))
        return [name, errors.map((line) => line.slice(line.indexOf(name) + name.length + 1))]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
