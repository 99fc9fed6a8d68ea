/** A port for a server of a test that must have the same one after a restart; others listen on port 0. */
import { fileURLToPath } from 'node:url'

const starter = fileURLToPath(new URL('../../../deploy/local/start.mjs', import.meta.url))

export async function freePort(): Promise<number> {
  const module = (await import(starter)) as { freePort: () => Promise<number> }
  return await module.freePort()
}
