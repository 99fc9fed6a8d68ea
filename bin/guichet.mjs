/**
 * What `npm start`, `npm run start:distributed`, `npm test`, `npm run bench` and `npm run verify:invoices` run. Needs Node 20 and npm only: the
 * dependencies bring the Node that the product runs on.
 */
import { requireDependencies } from './dependencies.mjs'

const commands = {
  start: () => import('./start.mjs'),
  distributed: () => import('./distributed.mjs'),
  test: () => import('./test.mjs'),
  bench: () => import('./bench.mjs'),
  'verify-invoices': () => import('./verify-invoices.mjs'),
}
const [, , name, ...args] = process.argv
const load = commands[name]
if (!load) {
  console.error(`guichet: start, distributed, test, bench or verify-invoices, not ${name ?? 'nothing'}`)
  process.exit(1)
}
requireDependencies()
if (process.env.npm_lifecycle_event) endWithNpm()
const { run } = await load()
await run(args)

/**
 * A signal to npm ends npm and its shell, and goes no further: a shell that does not replace itself by its command passes
 * none on. Their going is then our signal, so that the product drains and its ports are free.
 */
function endWithNpm() {
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
