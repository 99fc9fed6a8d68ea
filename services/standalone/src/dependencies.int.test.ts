/** What we ship that others wrote (spec/security.md, 21): under which licence, from where, and held by a digest. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** SPDX; each lets a house run, change and ship the product without opening its own code. */
const ACCEPTED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  // The calendar of public holidays: asks for its source to be named, as this list does.
  'CC-BY-3.0',
  'CC0-1.0',
  'Python-2.0',
  'PSF-2.0',
  // The font of the invoices: may be embedded.
  'OFL-1.1',
])

interface Component {
  name: string
  version: string
  purl: string
  properties: { name: string; value: string }[]
  licenses?: ({ license: { id?: string; name?: string } } | { expression: string })[]
}
interface Locked {
  link?: boolean
  dev?: boolean
  optional?: boolean
  version: string
  integrity?: string
}

const locked = Object.entries(
  (JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as { packages: Record<string, Locked> })
    .packages,
).filter(([path, { link }]) => path.includes('node_modules/') && !link)

/** Its manifest names none; the file says MIT. */
const SAID_ELSEWHERE = new Set(['png-js'])

/** Of an expression one side of an `or` is enough, both of an `and` are needed (SPDX annex D). */
function isAccepted(expression: string): boolean {
  return expression
    .replaceAll(/[()]/g, ' ')
    .split(/\s+or\s+/i)
    .some((side) => side.split(/\s+and\s+/i).every((id) => ACCEPTED.has(id.trim())))
}

test('npm run sbom lists every package that is shipped, with a licence that we accept', () => {
  const sbom = JSON.parse(
    execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  ) as { bomFormat: string; components: Component[] }
  expect(sbom.bomFormat).toBe('CycloneDX')
  const listed = new Set(sbom.components.map(({ name, version }) => `${name}@${version}`))
  const shipped = locked.filter(([, { dev, optional }]) => !dev && !optional)
  expect(shipped.length).toBeGreaterThan(100)
  const missing = shipped
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`)
    .filter((name) => !listed.has(name))
  expect(missing).toEqual([])
  const refused = sbom.components.filter(
    ({ name, purl, properties, licenses = [] }) =>
      !purl.startsWith('pkg:npm/%40guichet/') &&
      !SAID_ELSEWHERE.has(name) &&
      !properties.some((property) => property.name === 'cdx:npm:package:development') &&
      (licenses.length === 0 ||
        !licenses.every((each) =>
          isAccepted('expression' in each ? each.expression : (each.license.id ?? each.license.name ?? '')),
        )),
  )
  expect(refused.map(({ purl, licenses }) => ({ purl, licenses }))).toEqual([])
})

test('the lock holds each package by its digest', () => {
  expect(
    locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
  ).toEqual([])
})

test('versions are exact: what was tried is what is installed', () => {
  const manifests = execFileSync('git', ['ls-files', '*package.json'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
  const loose = manifests.flatMap((path) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(
      readFileSync(`${root}${path}`, 'utf8'),
    ) as Record<'dependencies' | 'devDependencies', Record<string, string> | undefined>
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(
        ([name, version]) => !name.startsWith('@guichet/') && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
      )
      .map(([name, version]) => `${path}: ${name}@${version}`)
  })
  expect(loose).toEqual([])
})
