/** Every test this machine can run; one closing line. With CI=true nothing may be left out for want of a server. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { node, root } from './dependencies.mjs'
import { environment } from './program.mjs'

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')

export async function run(args) {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-test-'))
  const report = join(folder, 'report.json')
  const child = spawn(
    node,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { cwd: root, stdio: 'inherit', env: environment() },
  )
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => {
    const counts = countsOf(report)
    rmSync(folder, { recursive: true, force: true })
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
    const ranNothing = counts.passed + counts.failed === 0
    process.exit(code === 0 && !ranNothing ? 0 : code || 1)
  })
  await new Promise(() => {})
}

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
