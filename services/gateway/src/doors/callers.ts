/** Who calls: the session cookie of a browser, the bearer token of a program, or nobody. */
import type { InputOf, OutputOf, RequestContract } from '@guichet/contracts/definition'
import { Failure } from '@guichet/contracts/failure'
import { resolveBearer, resolveSession } from '@guichet/contracts/identity'
import type { Requests } from '@guichet/bus'
import type { ApiCall, ApiReply, Caller } from '@guichet/http'
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface Callers {
  identify: (request: FastifyRequest) => Promise<Caller>
  cookieName: () => string
  setSession: (reply: FastifyReply, session: ApiReply['session']) => void
  /** The service whose answer a failure was. */
  originOf: (failure: Failure) => string | undefined
}

export function createCallers(requests: Requests, publicUrl: () => string): Callers {
  const origins = new WeakMap<Failure, string>()
  const secure = () => publicUrl().startsWith('https:')
  // RFC 6265bis §4.1.3.2: the prefix makes the browser insist on Secure, host-only and Path=/.
  const cookieName = () => (secure() ? '__Host-guichet_session' : 'guichet_session')

  function askAs(token: string | undefined): ApiCall['ask'] {
    return async <R extends RequestContract>(contract: R, input: InputOf<R>): Promise<OutputOf<R>> => {
      try {
        return await requests.ask(contract, input, { token })
      } catch (error) {
        if (error instanceof Failure) origins.set(error, contract.subject.split('.')[0] ?? '')
        throw error
      }
    }
  }

  async function identify(request: FastifyRequest): Promise<Caller> {
    const stranger = askAs(undefined)
    const bearer = /^Bearer (\S{1,500})$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer) {
      const resolve = () => stranger(resolveBearer, { bearer })
      const { actor, token } = await resolve()
      return {
        actor,
        session: undefined,
        ambient: false,
        ask: askAs(token),
        stillSignedIn: () => holds(resolve),
      }
    }
    if (request.headers.authorization) throw new Failure('unauthenticated')
    const session = request.cookies[cookieName()]
    if (!session) return { actor: undefined, session: undefined, ambient: false, ask: stranger }
    try {
      const resolve = () => stranger(resolveSession, { session: session.slice(0, 500) })
      const { actor, token, secondFactorDue } = await resolve()
      if (secondFactorDue) {
        const enrolling = { actor, ask: askAs(token) }
        return { actor: undefined, session, ambient: true, ask: stranger, enrolling }
      }
      return { actor, session, ambient: true, ask: askAs(token), stillSignedIn: () => holds(resolve) }
    } catch (error) {
      // An ended session is a stranger, so that the sign-in page and public routes still answer.
      if (error instanceof Failure && error.code === 'unauthenticated') {
        return { actor: undefined, session: undefined, ambient: false, ask: stranger }
      }
      throw error
    }
  }

  return {
    identify,
    cookieName,
    originOf: (failure) => origins.get(failure),
    setSession: (reply, session) => {
      if (session === undefined) return
      const options = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: secure() }
      if (session === null) void reply.clearCookie(cookieName(), options)
      else
        void reply.setCookie(cookieName(), session.secret, {
          ...options,
          expires: new Date(session.expiresAt),
        })
    },
  }
}

/** Only a plain no ends what is open: an identity that does not answer now is asked again later. */
async function holds(
  resolve: () => Promise<OutputOf<typeof resolveBearer> | OutputOf<typeof resolveSession>>,
): Promise<boolean> {
  return await resolve().then(
    (resolved) => !('secondFactorDue' in resolved && resolved.secondFactorDue),
    (error: unknown) => !(error instanceof Failure && error.code === 'unauthenticated'),
  )
}
