/** What every service answers beside its own contract. */
import { Type } from 'typebox'
import { request } from './definition.ts'
import { LocalizedText } from './values/language.ts'
import { Empty } from './values/scalars.ts'

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
