import type { SpanOptions } from '@guichet/telemetry'
import type { StoredOutgoing } from '../collections.ts'

/** What leaves within this of being asked for is one piece of work with the asking. */
const IMMEDIATE_SECONDS = 60

/**
 * The queue's end of a trace (spec/observability.md): a mail that leaves at once goes on in the trace that asked for
 * it; a retry, or what waited for us to be started again, is a root of its own that links to it. Pure.
 */
export function spanOf(
  { trace, attempts, requestedAt, kind }: StoredOutgoing,
  now: Temporal.Instant,
): SpanOptions {
  const waited = now.since(Temporal.Instant.from(requestedAt)).total('seconds')
  const immediate = attempts === 1 && waited < IMMEDIATE_SECONDS
  const attributes = { 'guichet.mail.kind': kind, 'guichet.mail.attempt': attempts }
  return immediate
    ? { kind: 'client', attributes, parent: trace ?? null }
    : { kind: 'client', attributes, parent: null, links: [trace] }
}
