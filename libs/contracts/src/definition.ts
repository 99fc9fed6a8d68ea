/** How a contract is written down: one constant per event and per request, its schema beside its name. */
import type { Static, TSchema } from 'typebox'

/** Something that happened. Past tense: `ticket.opened`. */
export interface EventContract<T extends TSchema = TSchema> {
  readonly type: 'event'
  readonly subject: string
  readonly version: number
  readonly data: T
}

/** A question to a service, with its answer. `<service>.<verb-noun>`: `ticket.open-ticket`. */
export interface RequestContract<I extends TSchema = TSchema, O extends TSchema = TSchema> {
  readonly type: 'request'
  readonly subject: string
  readonly input: I
  readonly output: O
}

/** Something worth showing at once and worth nothing a minute later: not durable, reaches every copy. */
export interface LiveContract<T extends TSchema = TSchema> {
  readonly type: 'live'
  readonly subject: string
  readonly data: T
}

export function event<T extends TSchema>(subject: string, version: number, data: T): EventContract<T> {
  return { type: 'event', subject, version, data }
}

export function request<I extends TSchema, O extends TSchema>(
  subject: string,
  input: I,
  output: O,
): RequestContract<I, O> {
  return { type: 'request', subject, input, output }
}

export function live<T extends TSchema>(subject: string, data: T): LiveContract<T> {
  return { type: 'live', subject, data }
}

export type DataOf<E> = E extends EventContract<infer T> | LiveContract<infer T> ? Static<T> : never
export type InputOf<R> = R extends RequestContract<infer I, TSchema> ? Static<I> : never
export type OutputOf<R> = R extends RequestContract<TSchema, infer O> ? Static<O> : never
