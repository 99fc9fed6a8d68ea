/** The benchmarks, each figure beside a floor measured in the same run. */
import { become } from './program.mjs'

export async function run(args) {
  await become(['bench/src/main.ts', ...args])
}
