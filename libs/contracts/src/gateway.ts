/** Owned by services/gateway: what its copies tell one another, so that each browser hears of what concerns it. */
import { Type } from 'typebox'
import { live } from './definition.ts'
import { Id, Nullable, TicketNumber } from './values/scalars.ts'

/** An event happened; the browser that shows its object fetches again. */
export const happened = live(
  'gateway.happened',
  Type.Object({ subject: Type.String(), key: Id, ticket: Nullable(TicketNumber) }),
)
