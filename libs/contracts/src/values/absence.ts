/** Someone of the house who is away, and who stands in for them. */
import { Type, type Static } from 'typebox'
import type { Role } from './actor.ts'
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

/** Roles that answer clients: only they are missed at the counter, have tickets, and stand in for one another. */
export const ANSWERING: readonly Role[] = ['agent', 'admin']

export function answersClients({
  companyId,
  roles,
}: {
  companyId: string | null
  roles: readonly Role[]
}): boolean {
  return companyId === null && roles.some((role) => ANSWERING.includes(role))
}
