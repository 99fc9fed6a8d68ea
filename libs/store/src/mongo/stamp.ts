/**
 * Rises with every call in this process, and across processes as far as their clocks agree: 16 digits of microseconds
 * since 1970 and four hexadecimal ones that keep two processes apart. A UUIDv7 would not do: within one millisecond
 * its order is chance.
 */
import { randomBytes } from 'node:crypto'

const own = randomBytes(2).toString('hex')
let last = 0

export function nextStamp(): string {
  last = Math.max(last + 1, Math.floor((performance.timeOrigin + performance.now()) * 1000))
  return `${String(last).padStart(16, '0')}-${own}`
}
