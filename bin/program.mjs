/** One of our programs, on the pinned Node, with signals and exit code passed through. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { node, root } from './dependencies.mjs'

/** Compiled code is kept between starts: the second start is the fast one. */
export const environment = (extra = {}) => ({
  ...process.env,
  NODE_COMPILE_CACHE:
    process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'guichet-compile'),
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
  ...extra,
})

/** Never returns: ends as the program ends. */
export function become(args, extra = {}) {
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: environment(extra) })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) =>
    process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)),
  )
  return new Promise(() => {})
}
