/** Dates and amounts as the reader writes them, hours in the process's zone (TZ). */
import type { Language } from '@guichet/contracts/values/language'

const locale = (language: Language) => `${language}-BE`

export function dateTime(iso: string, language: Language): string {
  const at = new Date(iso)
  return new Intl.DateTimeFormat(locale(language), {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at)
}

/** `2026-11-24` → `24 nov. 2026`. */
export function calendarDay(day: string, language: Language): string {
  const noon = new Date(`${day}T12:00:00Z`)
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(noon)
}

export function today(): string {
  return Temporal.Now.plainDateISO().toString()
}

/** The digits stay as they are: an amount never goes through a float. */
export function amount(decimal: string, language: Language): string {
  const [, sign = '', whole = '', cents = '00'] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  const separator = language === 'en' ? ',' : language === 'nl' ? '.' : '\u202f'
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, separator)
  return `${sign}${grouped}${language === 'en' ? '.' : ','}${cents} €`
}
