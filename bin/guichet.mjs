/**
 * What `npm start`, `npm run start:distributed`, `npm test` and `npm run bench` run. Needs Node 20 and npm only: the
 * dependencies bring the Node that the product runs on.
 */
import { requireDependencies } from './dependencies.mjs'

const commands = {
  start: () => import('./start.mjs'),
  distributed: () => import('./distributed.mjs'),
  test: () => import('./test.mjs'),
  bench: () => import('./bench.mjs'),
}
const [, , name, ...args] = process.argv
const load = commands[name]
if (!load) {
  console.error(`guichet: start, distributed, test or bench, not ${name ?? 'nothing'}`)
  process.exit(1)
}
requireDependencies()
const { run } = await load()
await run(args)
