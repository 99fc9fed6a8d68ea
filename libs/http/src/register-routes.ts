/** Puts routes on a fastify: who calls, the schema, the handler, the answer, the problem. */
import { Readable } from 'node:stream'
import { schemaFaults } from '@guichet/contracts/check'
import { Failure } from '@guichet/contracts/failure'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { Language } from '@guichet/contracts/values/language'
import type { Blobs } from '@guichet/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { Convert } from 'typebox/value'
import { contentDisposition } from './content-disposition.ts'
import { documentedSchema } from './documentation.ts'
import { preferredLanguage } from './language.ts'
import { problemOf, type Wording } from './problem.ts'
import type { ApiCall, ApiReply, Route } from './route.ts'
import { isSameOrigin } from './same-origin.ts'
import { failureOf } from './server.ts'
import { readForm, type UploadLimits } from './uploads.ts'

export interface Caller {
  actor: AccountActor | undefined
  session: string | undefined
  /** Whether the browser added the credentials by itself: then the Origin is checked. */
  ambient: boolean
  ask: ApiCall['ask']
  /** A second factor is due first: a stranger, but where one is set up. */
  enrolling?: { actor: AccountActor; ask: ApiCall['ask'] }
  /** Absent for strangers, of whom there is nothing to hold. */
  stillSignedIn?: ApiCall['stillSignedIn']
}

export interface RouteContext {
  prefix: string
  /** Known once the door listens. */
  publicUrl: () => string
  blobs: Blobs
  uploads: UploadLimits
  /** Who calls, by cookie or bearer; @throws Failure unauthenticated for a bearer that is not valid. */
  identify: (request: FastifyRequest) => Promise<Caller>
  /** Counts the call; @throws Failure too-many-requests. */
  admit: (request: FastifyRequest, caller: Caller) => Promise<void>
  setSession: (reply: FastifyReply, session: ApiReply['session']) => void
  /** Rows of every service's table, for the failures that come back from them. */
  wording: (failure: Failure) => Promise<Wording>
  onDefect: (error: unknown) => void
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

export function registerRoutes(app: FastifyInstance, routes: readonly Route[], context: RouteContext): void {
  for (const route of routes) {
    app.route({
      method: route.method,
      url: context.prefix + route.path,
      schema: documentedSchema(route),
      handler: async (request, reply) => {
        let language = preferredLanguage(request.headers['accept-language'])
        try {
          const caller = asSeenBy(route.access, await context.identify(request))
          language = caller.actor?.language ?? language
          await context.admit(request, caller)
          requireAdmission(route, request, caller, context.publicUrl())
          const call = await callOf(route, request, caller, language, context)
          return await send(reply, await route.handle(call), context)
        } catch (error) {
          return await sendProblem(reply, error, language, context)
        }
      },
    })
  }
}

/** Whoever must set up a second factor first is somebody only where that is done. */
export function asSeenBy(access: string, caller: Caller): Caller {
  return access === 'enrolling' && caller.enrolling ? { ...caller, ...caller.enrolling } : caller
}

function requireAdmission(route: Route, request: FastifyRequest, caller: Caller, publicUrl: string): void {
  if (
    !SAFE_METHODS.has(request.method) &&
    !isSameOrigin(request.headers, publicUrl) &&
    (caller.ambient || !caller.actor)
  ) {
    throw new Failure('cross-origin')
  }
  if (route.access === 'public' || caller.actor) return
  throw new Failure(caller.enrolling ? 'second-factor-due' : 'unauthenticated')
}

async function callOf(
  route: Route,
  request: FastifyRequest,
  caller: Caller,
  language: Language,
  context: RouteContext,
): Promise<ApiCall> {
  const { body, files } = await readBody(route, request, context)
  const key = request.headers['idempotency-key']
  const call: ApiCall = {
    params: checked(route.params, request.params, true),
    query: checked(route.query, request.query, true),
    body,
    files,
    actor: caller.actor,
    session: caller.session,
    stillSignedIn: caller.stillSignedIn ?? (() => Promise.resolve(false)),
    language,
    clientAddress: request.ip,
    userAgent: userAgentOf(request),
    idempotencyKey: route.creates && typeof key === 'string' && key !== '' ? key.slice(0, 200) : undefined,
    ask: caller.ask,
  }
  return call
}

export function userAgentOf({ headers }: FastifyRequest): string | undefined {
  return headers['user-agent']?.slice(0, 400)
}

async function readBody(
  route: Route,
  request: FastifyRequest,
  context: RouteContext,
): Promise<Pick<ApiCall, 'body' | 'files'>> {
  if (request.isMultipart()) {
    if (!route.files) throw new Failure('unsupported-media-type')
    const form = await readForm(request, context.blobs, context.uploads)
    return { body: checked(route.body, form.fields, true), files: form.files }
  }
  if (!route.body) return { body: undefined, files: [] }
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  if (isForm) throw new Failure('unsupported-media-type')
  return { body: checked(route.body, request.body ?? {}, false), files: [] }
}

/** Text from URLs and forms is converted (`"50"` → 50) before it is checked; JSON is taken as it is. */
function checked(schema: TSchema | undefined, given: unknown, convert: boolean): unknown {
  if (!schema) return {}
  const value = convert ? Convert(schema, { ...(given as object) }) : given
  const fields = schemaFaults(schema, value)
  if (fields.length > 0) throw new Failure('invalid-input', { fields })
  return value
}

async function send(reply: FastifyReply, answer: ApiReply, context: RouteContext): Promise<FastifyReply> {
  if (answer.session !== undefined) context.setSession(reply, answer.session)
  reply.code(answer.status).headers(answer.headers ?? {})
  if (answer.download) {
    const { blobId, name, type, size } = answer.download
    const blob = await context.blobs.open(blobId)
    return reply
      .headers({
        'content-type': type,
        'content-length': String(size),
        'content-disposition': contentDisposition(name),
        'content-security-policy': "sandbox; default-src 'none'",
        'cache-control': 'private, no-store',
      })
      .send(Readable.from(blob.stream))
  }
  reply.header('cache-control', 'no-store')
  if (answer.stream) {
    // A proxy that buffers would hold events back (nginx reads this header).
    return reply
      .type('text/event-stream')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(answer.stream))
  }
  return answer.body === undefined
    ? reply.send()
    : reply.type('application/json; charset=utf-8').send(answer.body)
}

export async function sendProblem(
  reply: FastifyReply,
  error: unknown,
  language: Language,
  context: Pick<RouteContext, 'wording' | 'onDefect'>,
): Promise<FastifyReply> {
  const known = failureOf(error)
  if (!known) context.onDefect(error)
  const failure = known ?? new Failure('internal')
  const problem = problemOf(failure, await context.wording(failure), language)
  const retryAfter = failure.params['retryAfterSeconds']
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="guichet"')
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-language', language)
    .type('application/problem+json; charset=utf-8')
    .send(problem)
}
