/** The spans of the bus: every engine publishes, handles, asks and answers inside these. */
import type { Envelope, TraceContext } from '@guichet/contracts/envelope'
import { withSpan } from '@guichet/telemetry'

/** `messaging.system.name` of the semantic conventions. */
export type MessagingSystem = 'sqlite' | 'nats' | 'kafka'

export function publishing<T>(system: MessagingSystem, event: Envelope, work: () => Promise<T>): Promise<T> {
  const span = { kind: 'producer' as const, attributes: attributesOf(system, event), parent: event.trace }
  return withSpan(`publish ${event.subject}`, span, work)
}

export function handling(system: MessagingSystem, event: Envelope, work: () => Promise<void>): Promise<void> {
  // Never in the span of whoever happened to wake the reader.
  const span = { kind: 'consumer' as const, attributes: attributesOf(system, event) }
  return withSpan(`process ${event.subject}`, { ...span, parent: event.trace ?? null }, work)
}

export function asking<T>(subject: string, work: () => Promise<T>): Promise<T> {
  return withSpan(`ask ${subject}`, { kind: 'client', attributes: { 'rpc.method': subject } }, work)
}

export function answering<T>(
  subject: string,
  trace: TraceContext | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const span = { kind: 'server' as const, attributes: { 'rpc.method': subject } }
  return withSpan(`answer ${subject}`, { ...span, parent: trace ?? null }, work)
}

function attributesOf(system: MessagingSystem, event: Envelope) {
  return { 'messaging.system.name': system, 'messaging.destination.name': event.subject }
}
