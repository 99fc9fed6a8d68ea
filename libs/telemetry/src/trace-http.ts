/**
 * One span per HTTP exchange, named by the route's template: never a path, a query or an address, which hold tokens
 * and people. A root always: what comes from outside is no parent, whatever its `traceparent` says.
 */
import { openSpan, type OpenSpan } from './telemetry.ts'

/** What is needed of a fastify instance, so that this library loads no HTTP. */
interface Exchange {
  method: string
  routeOptions: { url?: string }
}
interface Answer {
  statusCode: number
}
interface HookedServer {
  addHook(name: 'onRequest', hook: (request: Exchange, reply: Answer, done: () => void) => void): unknown
  addHook(name: 'onResponse', hook: (request: Exchange, reply: Answer, done: () => void) => void): unknown
  addHook(name: 'onRequestAbort', hook: (request: Exchange, done: () => void) => void): unknown
}

export function traceHttp(server: HookedServer): void {
  const open = new WeakMap<Exchange, OpenSpan>()
  const close = (request: Exchange, outcome: Parameters<OpenSpan['end']>[0]) => {
    open.get(request)?.end(outcome)
    open.delete(request)
  }
  server.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    const attributes = { 'http.request.method': request.method, 'http.route': route }
    const span = openSpan(`${request.method} ${route}`, { kind: 'server', parent: null, attributes })
    open.set(request, span)
    span.run(done)
  })
  server.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply
    const failure = statusCode >= 500 ? String(statusCode) : undefined
    close(request, { attributes: { 'http.response.status_code': statusCode }, failure })
    done()
  })
  server.addHook('onRequestAbort', (request, done) => {
    close(request, { failure: 'aborted' })
    done()
  })
}
