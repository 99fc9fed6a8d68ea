/**
 * Spans without the SDK: only @opentelemetry/api, which does nothing until `preload.ts` has loaded an SDK because
 * the standard OTEL_* variables ask for one. Names follow the semantic conventions: `publish ticket.opened`,
 * never an id in a name, never personal text in an attribute.
 */
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api'
import type { TraceContext } from '@guichet/contracts/envelope'

export type { Attributes } from '@opentelemetry/api'

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
}

export interface SpanOptions {
  /** Default `internal`. */
  kind?: keyof typeof kinds
  attributes?: Attributes
  /**
   * Immediate work: the span of this context is the parent. Default: the active span. `null`: a new root, for doors
   * (what a stranger sends is never a parent).
   */
  parent?: TraceContext | null
  /** Delayed or batch work: a span that caused this one without being its parent. Its trace id becomes an attribute. */
  links?: readonly (TraceContext | undefined)[]
}

/** What a span may be told while it runs. */
export interface ActiveSpan {
  set(attributes: Attributes): void
  /** What it did came to nothing, though nothing was thrown. `code` of an error, never its message. */
  fail(code: string): void
}

const tracer = trace.getTracer('guichet')

function contextOf(carrier: TraceContext): Context {
  return propagation.extract(ROOT_CONTEXT, carrier)
}

function linksOf(carriers: readonly (TraceContext | undefined)[]): Link[] {
  return carriers.flatMap((carrier) => {
    const origin = carrier && trace.getSpanContext(contextOf(carrier))
    return origin ? [{ context: origin }] : []
  })
}

function parentOf(parent: TraceContext | null | undefined): Context {
  if (parent === null) return trace.deleteSpan(context.active())
  return parent === undefined ? context.active() : contextOf(parent)
}

function fail(span: Span, error: unknown): void {
  const code = (error as { code?: unknown } | null)?.code
  const type = typeof code === 'string' ? code : error instanceof Error ? error.name : 'unknown'
  // The type only: a message can quote what a person wrote.
  markFailed(span, type)
}

function markFailed(span: Span, type: string): void {
  span.setAttribute('error.type', type)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** Runs `work` inside a span that ends with it; a rejection marks the span and goes on to the caller. */
export async function withSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: ActiveSpan) => Promise<T>,
): Promise<T> {
  const links = linksOf(options.links ?? [])
  const origin = links[0]?.context.traceId
  const parent = parentOf(options.parent)
  const span = tracer.startSpan(
    name,
    {
      kind: kinds[options.kind ?? 'internal'],
      attributes: { ...options.attributes, ...(origin && { 'guichet.origin_trace_id': origin }) },
      links,
    },
    parent,
  )
  try {
    return await context.with(trace.setSpan(parent, span), () =>
      work({
        set: (attributes) => span.setAttributes(attributes),
        fail: (code) => markFailed(span, code),
      }),
    )
  } catch (error) {
    fail(span, error)
    throw error
  } finally {
    span.end()
  }
}

/** The carrier (`traceparent`, `tracestate`) of the active span, for an envelope or a header; undefined when none is. */
export function currentTrace(): TraceContext | undefined {
  if (!trace.getActiveSpan()) return undefined
  const carrier: TraceContext = {}
  propagation.inject(context.active(), carrier)
  return carrier['traceparent'] === undefined ? undefined : carrier
}

/** The active span's trace id in hex, for a log line; undefined when no span records. */
export function currentTraceId(): string | undefined {
  const active = trace.getActiveSpan()?.spanContext()
  return active && trace.isSpanContextValid(active) ? active.traceId : undefined
}

/** Goes on in the trace that came with a message: its span is the parent. Without one, the active span is. */
export async function runInTrace<T>(
  carrier: TraceContext | undefined,
  span: { name: string; kind?: SpanOptions['kind']; attributes?: Attributes },
  work: (span: ActiveSpan) => Promise<T>,
): Promise<T> {
  return withSpan(span.name, { kind: span.kind, attributes: span.attributes, parent: carrier }, work)
}

/** A span whose end is not the end of one function: an HTTP exchange, whose answer goes out later. */
export interface OpenSpan {
  run<T>(work: () => T): T
  /** Once; `failure` is an error's code. */
  end(outcome: { name?: string; attributes?: Attributes; failure?: string }): void
}

export function openSpan(name: string, options: SpanOptions): OpenSpan {
  const parent = parentOf(options.parent)
  const links = linksOf(options.links ?? [])
  const span = tracer.startSpan(
    name,
    { kind: kinds[options.kind ?? 'internal'], attributes: options.attributes, links },
    parent,
  )
  const inside = trace.setSpan(parent, span)
  return {
    run: (work) => context.with(inside, work),
    end({ name: better, attributes = {}, failure }) {
      if (better) span.updateName(better)
      span.setAttributes(attributes)
      if (failure) markFailed(span, failure)
      span.end()
    },
  }
}

/** Sends what is still in memory: the last thing a process does. Nothing to do without an SDK. */
export async function flushSpans(): Promise<void> {
  const proxy = trace.getTracerProvider() as { getDelegate?: () => unknown }
  const provider = (proxy.getDelegate?.() ?? proxy) as { forceFlush?: () => Promise<void> }
  await provider.forceFlush?.()
}
