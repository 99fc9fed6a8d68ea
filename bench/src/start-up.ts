/** How long from the process's start to its ready line, and what it holds when idle. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { heading, print } from './report.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const IDLE_MS = 5000

export async function benchStartUp(): Promise<void> {
  heading('Start-up and memory of the embedded product')
  const dataDir = await mkdtemp(join(tmpdir(), 'guichet-bench-'))
  for (const run of ['first start', 'second start', 'third start']) {
    const began = performance.now()
    const child = spawn(process.execPath, ['services/standalone/src/main.ts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        HTTP_PORT: '0',
        SMTP_PORT: '0',
        ADMIN_EMAIL: 'luc@exeko.test',
        ADMIN_PASSWORD: 'Guichet-Desk-42',
        LOG_LEVEL: 'error',
        NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'guichet-compile'),
      },
    })
    for await (const chunk of child.stdout) if (String(chunk).includes('Guichet is ready')) break
    print({ what: `process start to ready, ${run}`, value: performance.now() - began, unit: 'ms' })
    if (run === 'third start') {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      print({
        what: 'resident when idle',
        value: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
        unit: 'MiB',
      })
    }
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}
