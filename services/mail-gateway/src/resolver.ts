/** DNS for authentication: a name server that does not answer is a temporary error, and soon; answers are kept a while. */
import { promises as dns } from 'node:dns'

export type Resolve = (name: string, type: string) => Promise<unknown>

const WITHIN_MS = 4000
/** Policies change by the hour, and a newsletter asks for the same ones a thousand times. */
const KEPT_MS = 5 * 60_000
const MOST_KEPT = 5000
/** Said by the name server, as true as an answer. What is temporary is not kept. */
const FINAL = new Set(['ENOTFOUND', 'ENODATA'])
/** "There is none" is an answer; silence and failure of a name server are not. */
export const isFinal = (error: unknown): boolean => FINAL.has((error as { code?: string }).code ?? '')

export interface ResolverOptions {
  resolve?: Resolve
  withinMs?: number
  now?: () => number
}

/** @throws an error with `code: 'ETIMEOUT'` when no answer came in time */
export function createResolver({
  resolve = dns.resolve as Resolve,
  withinMs = WITHIN_MS,
  now = Date.now,
}: ResolverOptions = {}): Resolve {
  const kept = new Map<string, { answer: Promise<unknown>; until: number }>()

  async function ask(name: string, type: string): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(Object.assign(new Error('DNS time-out'), { code: 'ETIMEOUT' })),
        withinMs,
      )
    })
    try {
      return await Promise.race([resolve(name, type), late])
    } finally {
      clearTimeout(timer)
    }
  }

  return async (name, type) => {
    const key = `${type} ${name.toLowerCase()}`
    const known = kept.get(key)
    if (known && known.until > now()) return await known.answer
    const answer = ask(name, type)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, { answer, until: now() + KEPT_MS })
    try {
      return await answer
    } catch (error) {
      if (!isFinal(error)) kept.delete(key)
      throw error
    }
  }
}
