/** Owned by services/billing: prepaid hours that run out. */
import { Type } from 'typebox'
import { event } from './definition.ts'
import { CalendarDate, Id } from './values/scalars.ts'

/**
 * The contract's share (a fifth by default) or less is left of the packs that are valid today, work that waits for its
 * invoice taken off. Said once for these packs; a new one begins anew.
 */
export const prepaidLow = event(
  'billing.prepaid-low',
  1,
  Type.Object({
    companyId: Id,
    /** Never below 0. */
    remainingMinutes: Type.Integer({ minimum: 0 }),
    soldMinutes: Type.Integer({ minimum: 1 }),
    /** Of the last of them. */
    validUntil: CalendarDate,
  }),
)
