/** Calendar days, as people write them: `2026-11-24`. Days sort as text. */

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
