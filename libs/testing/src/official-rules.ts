/**
 * Official rules, held by Java: OpenPeppol's for electronic invoices, veraPDF's for PDF/A-3a and PDF/UA-1. Each is a
 * program of one file, run with the libraries that Maven fetches for its pom.xml at test time: the rules themselves
 * carry no licence to copy.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const RULES = join(import.meta.dirname, '../official-rules')
/** Complaints about a bad file may be many. */
const MOST_OUTPUT = 256 * 1024 * 1024

/** Why the rules cannot be had on this machine; undefined: they can. */
export function missingTools(): string | undefined {
  const lacking = [
    ['java', '-version'],
    ['mvn', '-v'],
  ].filter(([tool = '', flag = '']) => spawnSync(tool, [flag]).status !== 0)
  return lacking.length > 0
    ? `the official rules need ${lacking.map(([tool]) => tool).join(' and ')}`
    : undefined
}

/** Says so in one line where the tools are missing; @throws Error where CI demands them. */
export function withoutTools(): boolean {
  const missing = missingTools()
  if (missing && process.env['CI'] === 'true') throw new Error(missing)
  if (missing) process.stdout.write(`Not checked against the official rules: ${missing}\n`)
  return missing !== undefined
}

function classPath(folder: string): string {
  const cache = join(folder, '.cache')
  const file = join(cache, 'class-path.txt')
  const pom = join(folder, 'pom.xml')
  const known = existsSync(file) && statSync(file).mtimeMs > statSync(pom).mtimeMs
  if (known && readFileSync(file, 'utf8').split(':').every(existsSync)) return readFileSync(file, 'utf8')
  mkdirSync(cache, { recursive: true })
  execFileSync('mvn', ['-q', '-B', '-f', pom, 'dependency:build-classpath', `-Dmdep.outputFile=${file}`])
  return readFileSync(file, 'utf8')
}

/** Of UBL files, by name: the rules broken, none for a sound file. All files in one run of Java. */
export function brokenPeppolRules(files: Record<string, Uint8Array>): Record<string, string[]> {
  return brokenRules(join(RULES, 'peppol'), 'ValidatePeppol.java', files)
}

/** Of PDF files, by name: the rules broken, of PDF/A-3a or PDF/UA-1. All files in one run of Java. */
export function brokenPdfRules(files: Record<string, Uint8Array>): Record<string, string[]> {
  return brokenRules(join(RULES, 'pdf'), 'ValidatePdf.java', files)
}

function brokenRules(
  own: string,
  program: string,
  files: Record<string, Uint8Array>,
): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-rules-'))
  try {
    const names = Object.keys(files)
    for (const name of names) writeFileSync(join(folder, name), files[name] ?? new Uint8Array())
    const output = execFileSync(
      'java',
      ['-cp', classPath(own), join(own, program), ...names.map((name) => join(folder, name))],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: MOST_OUTPUT },
    )
    const lines = output.split('\n')
    return Object.fromEntries(
      names.map((name) => {
        const path = ` ${join(folder, name)}`
        const said = lines.filter((line) => line.endsWith(path) || line.includes(`${path} `))
        if (said.length === 0) throw new Error(`the validator said nothing of ${name}`)
        const errors = said.filter((line) => line.startsWith('ERROR'))
        return [name, errors.map((line) => line.slice(line.indexOf(path) + path.length + 1))]
      }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
