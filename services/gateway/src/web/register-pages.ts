/** Puts the portal's pages beside the API: the same callers, the same questions, HTML in place of JSON. */
import { isStaff, isStaffWith } from '@guichet/access'
import {
  asSeenBy,
  failureOf,
  isSameOrigin,
  preferredLanguage,
  problemOf,
  readForm,
  userAgentOf,
  type Caller,
  type RouteContext,
} from '@guichet/http'
import { Failure } from '@guichet/contracts/failure'
import { newBlobId } from '@guichet/store'
import { listNotifications } from '@guichet/contracts/notification'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { registerAssets } from './assets.ts'
import { DONE, DONE_OPTIONS, doneOf, rememberDone } from './done.ts'
import type { Bare, Page, PageAccess, PageCall, Redirect, Refusal, Shown } from './page.ts'
import { pendingOf, setPending } from './pending-cookie.ts'
import { installTsxLoader } from './tsx-loader.ts'

export interface Portal {
  brand: string
  supportAddress: string
  evaluationLinks: () => PageCall['evaluationLinks']
}

export async function registerPages(
  app: FastifyInstance,
  portal: Portal,
  context: RouteContext,
): Promise<void> {
  installTsxLoader()
  const [{ pages }, { renderDocument }] = await Promise.all([
    import('./pages/index.ts'),
    import('./parts/document.tsx'),
  ])
  const assets = await registerAssets(app)

  async function callOf(
    request: FastifyRequest,
    caller: Caller,
    sent: Pick<PageCall, 'form' | 'files'>,
  ): Promise<PageCall> {
    return {
      path: request.url.split('?', 1)[0] ?? '/',
      frame: oneHeader(request.headers['turbo-frame']),
      unread: await unreadOf(caller),
      done: doneOf(request),
      params: request.params as Record<string, string>,
      query: textOnly(request.query),
      ...sent,
      keep: async (text) => {
        const blobId = newBlobId()
        await context.blobs.put(blobId, new TextEncoder().encode(text))
        return blobId
      },
      actor: caller.actor,
      session: caller.session,
      pending: pendingOf(request, isSecure()),
      enrolling: caller.enrolling !== undefined,
      language: caller.actor?.language ?? preferredLanguage(request.headers['accept-language']),
      clientAddress: request.ip,
      userAgent: userAgentOf(request),
      ask: caller.ask,
      brand: portal.brand,
      supportAddress: portal.supportAddress,
      evaluationLinks: portal.evaluationLinks(),
    }
  }

  const isSecure = () => context.publicUrl().startsWith('https:')

  function send(reply: FastifyReply, call: PageCall, answer: Shown | Redirect | Bare): FastifyReply {
    reply.header('cache-control', 'no-store')
    if ('policy' in answer)
      return reply
        .header('content-security-policy', answer.policy)
        .header('referrer-policy', 'no-referrer')
        .header('content-language', call.language)
        .type('text/html; charset=utf-8')
        .send(answer.html)
    context.setSession(reply, answer.session)
    if ('redirect' in answer) {
      setPending(reply, answer.pending, isSecure())
      if (answer.done) rememberDone(reply, answer.done)
      return reply.redirect(answer.redirect, 303)
    }
    if (call.done) void reply.clearCookie(DONE, DONE_OPTIONS)
    return reply
      .code(answer.status ?? 200)
      .header('content-language', call.language)
      .type('text/html; charset=utf-8')
      .send(renderDocument(call, answer, assets))
  }

  /** The page again with what was wrong, or a page that says only that. */
  async function refuse(
    reply: FastifyReply,
    page: Page,
    call: PageCall,
    error: unknown,
  ): Promise<FastifyReply> {
    const known = failureOf(error)
    if (!known) context.onDefect(error)
    const failure = known ?? new Failure('internal')
    if (failure.code === 'unauthenticated') {
      return send(reply, call, { redirect: `/sign-in?next=${encodeURIComponent(reply.request.url)}` })
    }
    const problem = problemOf(failure, await context.wording(failure), call.language)
    const refusal: Refusal = { problem, values: call.form }
    if (page.act && reply.request.method === 'POST') {
      const again = await page.show(call, refusal).catch(() => undefined)
      if (again)
        return send(
          reply,
          call,
          'redirect' in again || 'policy' in again ? again : { ...again, status: problem.status },
        )
    }
    const { problemPage } = await import('./pages/problem.tsx')
    return send(reply, call, problemPage(call, problem))
  }

  async function answer(page: Page, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    let call = await callOf(
      request,
      { actor: undefined, session: undefined, ambient: false, ask: never },
      NOTHING_SENT,
    )
    try {
      const caller = asSeenBy(page.access, await context.identify(request))
      call = await callOf(request, caller, NOTHING_SENT)
      await context.admit(request, caller)
      if (caller.enrolling && !isOpenWhileEnrolling(page)) return send(reply, call, { redirect: ENROL })
      admitToPage(page.access, caller.actor)
      if (request.method !== 'POST') return send(reply, call, await page.show(call))
      if (!isSameOrigin(request.headers, context.publicUrl())) throw new Failure('cross-origin')
      call = await callOf(request, caller, await sentForm(request, context))
      if (!page.act) throw new Failure('not-found')
      return send(reply, call, await page.act(call))
    } catch (error) {
      return await refuse(reply, page, call, error)
    }
  }

  const hidden = { schema: { hide: true } }
  for (const page of pages) {
    app.get(page.path, hidden, (request, reply) => answer(page, request, reply))
    if (page.act) app.post(page.path, hidden, (request, reply) => answer(page, request, reply))
  }
  // A person who follows a link to nowhere reads a page; a program reads a problem.
  app.get('/*', hidden, (request, reply) => {
    const isPerson = !request.url.startsWith('/api/') && request.headers.accept?.includes('text/html')
    if (!isPerson) return reply.callNotFound()
    return answer(NOWHERE, request, reply)
  })
}

/** Where a second factor is set up. */
const ENROL = '/account/second-factor'

/** What strangers see, and that page; the front page is the reader's own when they are in. */
const isOpenWhileEnrolling = ({ access, path }: Page): boolean =>
  access === 'enrolling' || (access === 'public' && path !== '/')

function admitToPage(access: PageAccess, actor: Caller['actor']): void {
  if (access === 'public') return
  if (!actor) throw new Failure('unauthenticated')
  const mayOpen = {
    'signed-in': true,
    enrolling: actor.companyId === null,
    staff: isStaff(actor),
    finance: isStaffWith(actor, 'finance', 'admin'),
    admin: isStaffWith(actor, 'admin'),
  }
  if (!mayOpen[access]) throw new Failure('not-found')
}

const NOWHERE: Page = {
  path: '/*',
  access: 'public',
  show: () => Promise.reject(new Failure('not-found')),
}

const NOTHING_SENT = { form: {}, files: [] }

function never(): never {
  throw new Failure('internal')
}

async function sentForm(
  request: FastifyRequest,
  context: RouteContext,
): Promise<Pick<PageCall, 'form' | 'files'>> {
  if (!request.isMultipart()) return { form: textOnly(request.body), files: [] }
  const { fields, files } = await readForm(request, context.blobs, context.uploads)
  return { form: fields, files }
}

/** The bell is no reason for a page not to come: it shows nothing while notification is away. */
async function unreadOf(caller: Caller): Promise<number> {
  if (!caller.actor || caller.enrolling) return 0
  return await caller.ask(listNotifications, { limit: 1 }).then(
    ({ unread }) => unread,
    () => 0,
  )
}

function oneHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

/** The last value of each field, as text. */
function textOnly(given: unknown): Record<string, string> {
  const entries = Object.entries((given ?? {}) as Record<string, unknown>)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, String(Array.isArray(value) ? value.at(-1) : value)]),
  )
}
