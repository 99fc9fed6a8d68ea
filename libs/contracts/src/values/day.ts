/** Calendar days, as people write them: `2026-11-24`. Days sort as text. */

/** The answer to a day that is none, wherever one is asked for. */
export const NO_SUCH_DAY = {
  status: 422,
  text: {
    fr: 'Cette date n’existe pas. Écrivez année-mois-jour, par exemple 2026-11-24.',
    nl: 'Deze datum bestaat niet. Schrijf jaar-maand-dag, bijvoorbeeld 2026-11-24.',
    en: 'There is no such day. Write year-month-day, like 2026-11-24.',
  },
} as const

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
