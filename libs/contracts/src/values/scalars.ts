/** The plain values that contracts are written in. */
import { Type, type TSchema } from 'typebox'

/** RFC 3339 with offset or Z. */
export const Instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
})
/** `2026-11-24`. That the day exists is checked by the owner, in Temporal. */
export const CalendarDate = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
/** Without control characters: stores join keys by one. */
export const Id = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f]*$' })
export const TicketNumber = Type.Integer({ minimum: 1, maximum: 2_000_000_000 })
export const EmailAddress = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\u0000-\\u001f]*$' })
export const IdempotencyKey = Type.String({ minLength: 1, maxLength: 200 })
/** Signed decimal string, at most 6 decimals: quantities, unit prices, rates. Never a float. */
export const Decimal = Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,6})?$' })
export const NonNegativeDecimal = Type.String({ pattern: '^\\d{1,12}(\\.\\d{1,6})?$' })
/** Two decimals exactly, signed: an amount of money in the currency beside it. */
export const Amount = Type.String({ pattern: '^-?\\d{1,12}\\.\\d\\d$' })
/** An amount as somebody writes it: `5`, `5.5` and `5.50` are one. Answers always say `5.50`. */
export const GivenAmount = Type.String({ pattern: '^-?\\d{1,12}(\\.\\d{1,2})?$' })
export const Currency = Type.Literal('EUR')

export const Empty = Type.Object({})

export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}
