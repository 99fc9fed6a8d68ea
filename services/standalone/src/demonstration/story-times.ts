/** When an act of the story is, counted back from now. */
import type { When } from './story.ts'

export interface StoryAct {
  at: Temporal.Instant
  run: () => Promise<unknown>
}

/** `days` working days (Monday to Friday) before `day`, which itself is not counted. */
export function workingDaysBefore(day: Temporal.PlainDate, days: number): Temporal.PlainDate {
  let at = day
  for (let left = days; left > 0;) {
    at = at.subtract({ days: 1 })
    if (at.dayOfWeek <= 5) left -= 1
  }
  return at
}

export function instantOf(when: When, now: Temporal.Instant): Temporal.Instant {
  if ('minutesAgo' in when) return now.subtract({ minutes: when.minutesAgo })
  const [days, time] = when
  const zone = Temporal.Now.timeZoneId()
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  return workingDaysBefore(today, days).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant()
}
