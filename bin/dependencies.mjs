/** The dependencies, installed where they are missing; among them the exact Node that everything runs on. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies.node

/** npm's `node` package keeps the binary of this platform beside itself. */
export const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

export function requireDependencies() {
  if (isInstalled()) return
  console.error('Installing dependencies (npm ci), once…')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  // What npm set for the script that runs us must not steer the npm that we run.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config|lifecycle|package)_/.test(name)),
  )
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env,
  })
  if (status !== 0 || !isInstalled()) {
    console.error('The dependencies could not be installed: run `npm ci` and see what it says.')
    process.exit(1)
  }
}

function isInstalled() {
  if (!existsSync(node)) return false
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' })
  return stdout?.trim() === `v${wanted}`
}
