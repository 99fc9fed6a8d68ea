/** What a form did is said on the page that follows, once: it travels in a cookie that the next page removes. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Done } from './page.ts'

export const DONE = 'guichet_done'
export const DONE_OPTIONS = { path: '/', httpOnly: true, sameSite: 'lax' as const }
/** The page that says it follows at once. */
const SECONDS = 20

export function rememberDone(reply: FastifyReply, done: Done): void {
  const value = Buffer.from(JSON.stringify(done)).toString('base64url')
  void reply.setCookie(DONE, value, { ...DONE_OPTIONS, maxAge: SECONDS })
}

/** A cookie is the browser's to write: what does not fit is nothing, and an undo leads only into the portal. */
export function doneOf(request: FastifyRequest): Done | undefined {
  if (request.method !== 'GET') return undefined
  try {
    const given: unknown = JSON.parse(Buffer.from(request.cookies[DONE] ?? '', 'base64url').toString())
    const { text, undo } = given as Partial<Done>
    if (typeof text !== 'string') return undefined
    const ownPath = typeof undo === 'string' && /^\/(?![/\\])/.test(undo)
    return { text: text.slice(0, 300), ...(ownPath ? { undo } : {}) }
  } catch {
    return undefined
  }
}
