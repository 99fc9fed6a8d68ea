/** Who was right about the password is remembered by this browser alone, until the code has come. It is no session. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Redirect } from './page.ts'

// RFC 6265bis §4.1.3.2, as for the session.
const nameOf = (secure: boolean) => (secure ? '__Host-guichet_pending' : 'guichet_pending')

export function pendingOf(request: FastifyRequest, secure: boolean): string | undefined {
  return request.cookies[nameOf(secure)]?.slice(0, 2000) || undefined
}

export function setPending(reply: FastifyReply, pending: Redirect['pending'], secure: boolean): void {
  if (pending === undefined) return
  const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure }
  if (pending === null) void reply.clearCookie(nameOf(secure), options)
  else
    void reply.setCookie(nameOf(secure), pending.secret, { ...options, expires: new Date(pending.expiresAt) })
}
