/** Someone of the house who is away, and who stands in for them. */
import { Type, type Static } from 'typebox'
import { CalendarDate, Id, Nullable } from './scalars.ts'

/** First and last day, both included, in the house's calendar. */
export const Absence = Type.Object(
  {
    from: CalendarDate,
    until: CalendarDate,
    /** A colleague at the counter; null: whoever is there. */
    deputyId: Nullable(Id),
  },
  { additionalProperties: false },
)
export type Absence = Static<typeof Absence>

/** @param day `2026-11-24`, in the house's calendar */
export function isAwayOn(absence: Absence | null | undefined, day: string): absence is Absence {
  return absence !== null && absence !== undefined && absence.from <= day && day <= absence.until
}
