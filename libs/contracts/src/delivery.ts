/** Asked of every service alike, answered by libs/delivery: its dead letters, and its history for consumers that come late. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { Envelope } from './envelope.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import { Empty, Instant } from './values/scalars.ts'

const DeadLetterId = Type.String({ minLength: 1, maxLength: 1000 })

/** An event that a handler could not handle, with those of its key that wait behind it. */
export const DeadLetter = Type.Object({
  /** Names the service too: see `serviceOfDeadLetter`. Safe in a URL. */
  id: DeadLetterId,
  service: Type.String(),
  consumer: Type.String(),
  /** The document whose events wait. */
  key: Type.String(),
  /** The event that failed. */
  eventId: Type.String(),
  subject: Type.String(),
  occurredAt: Type.String(),
  failedAt: Instant,
  deadSince: Instant,
  attempts: Type.Integer(),
  /** A failure's code, `unknown-schema`, `invalid-data` or `defect`. */
  code: Type.String(),
  /** Which fields do not fit, or the kind of defect; never a value. */
  reason: Type.String(),
  /** How many later events wait behind it. */
  waiting: Type.Integer(),
})
export type DeadLetter = Static<typeof DeadLetter>

/** Admins only. Longest dead last. */
export const listDeadLetters = (service: string) =>
  request(`${service}.list-dead-letters`, Type.Object({ ...PageQuery }), PageOf(DeadLetter))

/**
 * Admins only. Tries the event again, and when it succeeds those behind it, in order. `skip` gives the event up
 * for good and goes on with those behind it. @throws Failure not-found.
 */
export const retryDeadLetter = (service: string) =>
  request(
    `${service}.retry-dead-letter`,
    Type.Object({ id: DeadLetterId, skip: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
    Empty,
  )

/** Services only. A page of all that the owner ever recorded under these subjects, each document's in order. */
export const replayHistory = (service: string) =>
  request(
    `${service}.replay-history`,
    Type.Object({
      subjects: Type.Array(Type.String(), { minItems: 1, maxItems: 200 }),
      /** `next` of the page before. */
      after: Type.Optional(Type.String({ maxLength: 1000 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    }),
    Type.Object({
      events: Type.Array(Envelope),
      /** Where to go on. */
      next: Type.Union([Type.String(), Type.Null()]),
      /** Nothing was recorded after this page, as of now. */
      complete: Type.Boolean(),
    }),
  )

const SEPARATOR = '~'

export function deadLetterId(service: string, documentId: string): string {
  return `${service}${SEPARATOR}${Buffer.from(documentId, 'utf8').toString('base64url')}`
}

/** Whom to ask about a dead letter; undefined when this is no dead letter's id. */
export function serviceOfDeadLetter(id: string): string | undefined {
  const [service, document, ...rest] = id.split(SEPARATOR)
  return service && document && rest.length === 0 && /^[a-z][a-z0-9-]*$/.test(service) ? service : undefined
}

/** The other half: the document in the service's own store. */
export function documentOfDeadLetter(id: string): string {
  return Buffer.from(id.split(SEPARATOR)[1] ?? '', 'base64url').toString('utf8')
}
