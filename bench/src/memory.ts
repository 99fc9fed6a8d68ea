/** Resident memory of a process, read from the system while something goes on. */
import { readFile } from 'node:fs/promises'

const LOOK_EVERY_MS = 200

/** MiB: now, at the most until `stop`, and then. */
export function watchMemory(pid: number) {
  const read = async () =>
    Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  const first = read()
  let peak = 0
  const timer = setInterval(() => void read().then((now) => (peak = Math.max(peak, now))), LOOK_EVERY_MS)
  return {
    stop: async () => {
      clearInterval(timer)
      return { before: await first, peak, after: await read() }
    },
  }
}
