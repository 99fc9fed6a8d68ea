/** What every service answers beside its own contract. */
import { Type, type Static } from 'typebox'
import { request } from './definition.ts'
import { Actor } from './values/actor.ts'
import { LocalizedText } from './values/language.ts'
import { PageOf, PageQuery } from './values/paging.ts'
import { Empty, Instant, Nullable } from './values/scalars.ts'

export const ErrorRowSchema = Type.Object({
  status: Type.Integer(),
  text: LocalizedText,
  smtp: Type.Optional(Type.String()),
  retryable: Type.Optional(Type.Boolean()),
})

/** The service's error table, so that a door can word `{code, params}` in its reader's language. Anyone may ask. */
export function describeErrors(service: string) {
  return request(
    `${service}.describe-errors`,
    Empty,
    Type.Object({ errors: Type.Record(Type.String(), ErrorRowSchema) }),
  )
}

/** One field of a setting, as text; null where there was or is nothing. */
export const ChangedField = Type.Object({
  field: Type.String(),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
})
export type ChangedField = Static<typeof ChangedField>

/** Something that happened to one object, as it was recorded. */
export const AuditEntry = Type.Object({
  /** The event's. */
  id: Type.String(),
  at: Instant,
  subject: Type.String(),
  actor: Actor,
  /** Facts and references, never bodies or secrets. */
  facts: Type.Record(Type.String(), Type.Unknown()),
})
export type AuditEntry = Static<typeof AuditEntry>

/**
 * All that was recorded of one object, newest first: the audit log. Admins only; empty for what never was.
 * @throws Failure not-found for a collection that the service does not show
 */
export const listHistory = (service: string) =>
  request(
    `${service}.list-history`,
    Type.Object({
      collection: Type.String({ maxLength: 100 }),
      id: Type.String({ minLength: 1, maxLength: 400 }),
      ...PageQuery,
    }),
    PageOf(AuditEntry),
  )
