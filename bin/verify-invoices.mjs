/** Every issued PDF and UBL read, its hash compared with the one written down when its number was taken. */
import { become } from './program.mjs'

export async function run(args) {
  await become(['services/billing/src/archive/verify-command.ts', ...args])
}
