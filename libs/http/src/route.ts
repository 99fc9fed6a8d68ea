/** A route says who may call it, what it takes and what it answers; the rest follows from that. */
import type { InputOf, OutputOf, RequestContract } from '@guichet/contracts/definition'
import type { AccountActor } from '@guichet/contracts/values/actor'
import type { StoredAttachment } from '@guichet/contracts/values/attachment'
import type { Language } from '@guichet/contracts/values/language'
import type { Static, TSchema } from 'typebox'

export interface ApiCall<P = unknown, Q = unknown, B = unknown> {
  params: P
  query: Q
  body: B
  /** Already durable as blobs, nothing refers to them yet. Empty where the route takes no files. */
  files: StoredAttachment[]
  /** undefined for a stranger, on public routes only. */
  actor: AccountActor | undefined
  /** The session's secret from the cookie, if any. */
  session: string | undefined
  /** Whether what the caller signed in with still holds: for streams, which outlive the call that opened them. */
  stillSignedIn: () => Promise<boolean>
  language: Language
  clientAddress: string
  /** What the client says it is (RFC 9110, 10.1.5), cut to 400 characters. */
  userAgent: string | undefined
  idempotencyKey: string | undefined
  /** Asks a service as this caller. */
  ask: <R extends RequestContract>(contract: R, input: InputOf<R>) => Promise<OutputOf<R>>
}

export interface ApiReply {
  status: number
  body?: unknown
  headers?: Record<string, string>
  /** A new session to put into the cookie, or null to remove it. */
  session?: { secret: string; expiresAt: string } | null
  /** A download: the blob is streamed. */
  download?: { blobId: string; name: string; type: string; size: number }
  /** Server-sent events, already framed; ends when the iterator does. */
  stream?: AsyncIterable<string>
}

export interface RouteDefinition<P extends TSchema, Q extends TSchema, B extends TSchema> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the prefix, with `:name` parameters. */
  path: string
  /**
   * Who may knock. What they then see is the answering service's to decide. `enrolling`: who is signed in, and also who
   * must set up a second factor before anything else, to whom every other route is closed.
   */
  access: 'public' | 'signed-in' | 'enrolling'
  summary: string
  tag: string
  params?: P
  query?: Q
  body?: B
  /** Also takes multipart/form-data whose `files` become attachments. */
  files?: boolean
  /** Creates something: honours Idempotency-Key. */
  creates?: boolean
  /** Status → schema of the answer; null: no body. `'file'`: a download; `'events'`: a stream. */
  answers: Readonly<Record<number, TSchema | 'file' | 'events' | null>>
  /** Status → when: refusals of its own, beside those that every route of its shape has. */
  refuses?: Readonly<Record<number, string>>
  handle: (call: ApiCall<Static<P>, Static<Q>, Static<B>>) => Promise<ApiReply>
}

export type Route = Omit<RouteDefinition<TSchema, TSchema, TSchema>, 'handle'> & {
  handle: (call: ApiCall) => Promise<ApiReply>
}

/** Types the handler from its schemas, then forgets them so that routes sit in one list. */
export function route<P extends TSchema, Q extends TSchema, B extends TSchema>(
  definition: RouteDefinition<P, Q, B>,
): Route {
  return definition as unknown as Route
}
