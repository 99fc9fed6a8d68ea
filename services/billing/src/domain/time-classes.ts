/**
 * When work was done, by the contract's hours: each minute is in exactly one class. A public holiday goes before a
 * weekend, a weekend before the hour of the day. By wall-clock time in the house's zone, so that the night on which
 * clocks change has the minutes that it had. Pure.
 */
import type { TimeClass, TimeClasses } from '@guichet/contracts/billing'
import { isHoliday } from './holidays.ts'

export interface ClassedMinutes {
  timeClass: TimeClass
  minutes: number
}

const MINUTE_NS = 60_000_000_000

/** In the order in which each class comes first; their minutes are those that were worked. */
export function classed(
  work: { workedOn: string; startedAt?: string | undefined; minutes: number },
  classes: TimeClasses,
  zone: string,
): ClassedMinutes[] {
  const { workedOn, startedAt, minutes } = work
  // Nobody noted the hour: the day alone can say more than "ordinary".
  if (startedAt === undefined) return [{ timeClass: classOfDay(workedOn) ?? 'office', minutes }]
  const found = new Map<TimeClass, number>()
  let at = Temporal.PlainDateTime.from(`${workedOn}T${startedAt}`).toZonedDateTime(zone)
  let left = minutes
  while (left > 0) {
    const { timeClass, until } = stretchAt(at, classes)
    const whole = Math.ceil(Number(until.epochNanoseconds - at.epochNanoseconds) / MINUTE_NS)
    const taken = Math.min(left, Math.max(1, whole))
    found.set(timeClass, (found.get(timeClass) ?? 0) + taken)
    at = at.add({ minutes: taken })
    left -= taken
  }
  return [...found].map(([timeClass, own]) => ({ timeClass, minutes: own }))
}

function classOfDay(day: string): TimeClass | undefined {
  if (isHoliday(day)) return 'holiday'
  return Temporal.PlainDate.from(day).dayOfWeek > 5 ? 'weekend' : undefined
}

/** The class of this moment, and when the next one may begin. */
function stretchAt(
  at: Temporal.ZonedDateTime,
  { officeFrom, officeTo, nightFrom, nightTo }: TimeClasses,
): { timeClass: TimeClass; until: Temporal.ZonedDateTime } {
  const midnight = at.startOfDay().add({ days: 1 })
  const whole = classOfDay(at.toPlainDate().toString())
  if (whole) return { timeClass: whole, until: midnight }
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
  const next = [nightTo, officeFrom, officeTo, nightFrom].filter((each) => each > time).toSorted()[0]
  return {
    timeClass: classOfHour(time, { officeFrom, officeTo, nightFrom, nightTo }),
    until: next === undefined ? midnight : at.withPlainTime(next),
  }
}

type Hours = Pick<TimeClasses, 'officeFrom' | 'officeTo' | 'nightFrom' | 'nightTo'>

function classOfHour(time: string, { officeFrom, officeTo, nightFrom, nightTo }: Hours): TimeClass {
  if (time >= officeFrom && time < officeTo) return 'office'
  return time < nightTo || time >= nightFrom ? 'night' : 'evening'
}
