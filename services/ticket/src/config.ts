import { Type, type Static } from 'typebox'

export const ticketConfig = Type.Object({
  ARCHIVE_AFTER_DAYS: Type.Integer({
    default: 90,
    minimum: 1,
    maximum: 36_500,
    mend: 'a number of days, 1 or more',
  }),
})
export type TicketConfig = Static<typeof ticketConfig>
