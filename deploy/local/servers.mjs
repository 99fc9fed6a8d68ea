/**
 * Where the real servers are kept once installed, and how they are installed: through the package managers of their
 * languages, so that no Docker is needed. Two processes may ask at once: one installs, the other waits.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const cache = () => process.env.GUICHET_SERVERS_DIR ?? join(here, '.servers')
/** An installer that died leaves its lock; nothing takes this long. */
const STALE_LOCK_MS = 15 * 60_000

/** Its message is one line: what cannot be had, and why. */
export class ServerUnavailable extends Error {
  name = 'ServerUnavailable'
}

/** The folder of an installed server; `install(folder)` fills it, once for all processes. */
export async function installed(name, install) {
  const folder = join(cache(), name)
  if (existsSync(join(folder, '.complete'))) return folder
  mkdirSync(cache(), { recursive: true })
  const lock = `${folder}.lock`
  while (!takeLock(lock)) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    if (existsSync(join(folder, '.complete'))) return folder
  }
  try {
    if (existsSync(join(folder, '.complete'))) return folder
    const fresh = `${folder}.${process.pid}`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true })
    await install(fresh)
    writeFileSync(join(fresh, '.complete'), '')
    rmSync(folder, { recursive: true, force: true })
    renameSync(fresh, folder)
    return folder
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function takeLock(lock) {
  try {
    mkdirSync(lock)
    return true
  } catch {
    try {
      if (Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true })
    } catch {
      return false
    }
    return false
  }
}

/** Runs an installer to its end. @throws ServerUnavailable with its last line. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let said = ''
    const keep = (chunk) => (said = (said + chunk).slice(-4000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => reject(new ServerUnavailable(`${command} cannot be run (${error.code})`)))
    child.on('exit', (code) => {
      if (code === 0) resolve(said)
      else
        reject(new ServerUnavailable(`${command} ${args[0]} failed: ${said.trim().split('\n').at(-1) ?? ''}`))
    })
  })
}

export async function has(command) {
  return run(command, ['--version']).then(
    () => true,
    () =>
      run(command, ['version']).then(
        () => true,
        () => false,
      ),
  )
}

/** Jars of a Maven artifact with all it needs, in `folder`. */
export async function installJars(folder, dependencies) {
  const pom = join(folder, 'pom.xml')
  const list = dependencies
    .map(
      ([group, artifact, version]) =>
        `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
    )
    .join('')
  writeFileSync(
    pom,
    `<project><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>jars</artifactId><version>1</version><dependencies>${list}</dependencies></project>`,
  )
  await run('mvn', [
    '-q',
    '-B',
    '-f',
    pom,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${join(folder, 'jars')}`,
  ])
}
