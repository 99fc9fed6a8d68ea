/** The embedded default: everything in one process. */
import { become } from './program.mjs'

export async function run() {
  await become(['services/standalone/src/main.ts'])
}
