/** Calendar days, as people write them: `2026-11-24`. */

export function isRealDay(text: string): boolean {
  try {
    // `reject`: 30 February is no day; the strict form: nothing else than year-month-day.
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

export function dayIn(now: Temporal.Instant, timeZone: string): string {
  return now.toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

export function plusDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days
}

/** Days sort as text. */
export function latest(a: string, b: string | null): string {
  return b !== null && b > a ? b : a
}
