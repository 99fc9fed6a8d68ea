/**
 * Belgian public holidays (law of 4 January 1974, ten a year), from date-holidays. Its calendar of the whole world is
 * loaded by the first question: who has no contract by time classes does not pay for it.
 */
import { createRequire } from 'node:module'

interface Calendar {
  getHolidays: (year: number) => { date: string; type: string }[]
}

const years = new Map<number, ReadonlySet<string>>()
let calendar: Calendar | undefined

/** @param day `2026-11-11` */
export function isHoliday(day: string): boolean {
  const year = Number(day.slice(0, 4))
  const known = years.get(year) ?? holidaysOf(year)
  years.set(year, known)
  return known.has(day)
}

function holidaysOf(year: number): ReadonlySet<string> {
  if (calendar === undefined) {
    const Holidays = createRequire(import.meta.url)('date-holidays') as new (country: string) => Calendar
    calendar = new Holidays('BE')
  }
  const ofYear = calendar.getHolidays(year).filter(({ type }) => type === 'public')
  return new Set(ofYear.map(({ date }) => date.slice(0, 10)))
}
