/** Dates and amounts as the reader writes them, hours in the process's zone (TZ). */
import type { Language } from '@guichet/contracts/values/language'

const locale = (language: Language) => `${language}-BE`
const TODAY = { fr: 'aujourd’hui', nl: 'vandaag', en: 'today' }
const YESTERDAY = { fr: 'hier', nl: 'gisteren', en: 'yesterday' }

const formats = new Map<string, Intl.DateTimeFormat>()
/** Making a format costs a hundred times its use, and a list uses it a hundred times. */
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(language), options)
  formats.set(key, known)
  return known
}

/** In full, e.g. for a title: `24 nov. 2026, 10:42`. */
export function dateTime(iso: string, language: Language): string {
  return format(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
}

/** As people say it: `aujourd’hui 10:42`, `hier 16:05`, `lun. 23 nov.`, `3 févr. 2025`. */
export function spoken(iso: string, language: Language, now = Temporal.Now.instant()): string {
  const zone = Temporal.Now.timeZoneId()
  const at = Temporal.Instant.from(iso).toZonedDateTimeISO(zone)
  const day = now.toZonedDateTimeISO(zone).toPlainDate()
  const daysAgo = at.toPlainDate().until(day).days
  const time = format(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(iso))
  if (daysAgo === 0) return `${TODAY[language]} ${time}`
  if (daysAgo === 1) return `${YESTERDAY[language]} ${time}`
  if (at.year === day.year) {
    const options = { day: 'numeric', month: 'short' } as const
    return format(language, daysAgo < 7 ? { weekday: 'short', ...options } : options).format(new Date(iso))
  }
  return format(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso))
}

const DAYS = { fr: 'j', nl: 'd', en: 'd' }

/** How long ago, roughly, as one says it of someone who waits: `12 min`, `3 h`, `2 j`. Never less than a minute. */
export function elapsed(iso: string, language: Language, now = Temporal.Now.instant()): string {
  const minutes = Math.max(1, Math.floor(now.since(Temporal.Instant.from(iso)).total('minutes')))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} ${DAYS[language]}`
}

/** `2026-11-24` → `24 nov. 2026`. */
export function calendarDay(day: string, language: Language): string {
  const noon = new Date(`${day}T12:00:00Z`)
  return format(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(noon)
}

/** `2026-11` → `novembre 2026`. */
export function calendarMonth(month: string, language: Language): string {
  const noon = new Date(`${month}-01T12:00:00Z`)
  return format(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(noon)
}

/** `2026-11` → `nov.` */
export function shortMonth(month: string, language: Language): string {
  return format(language, { month: 'short', timeZone: 'UTC' }).format(new Date(`${month}-01T12:00:00Z`))
}

export function today(): string {
  return Temporal.Now.plainDateISO().toString()
}

/** `95` → `1 h 35`. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours === 0) return `${rest} min`
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
}

/** The digits stay as they are: an amount never goes through a float. */
export function amount(decimal: string, language: Language): string {
  const [, sign = '', whole = '', cents = '00'] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  const separator = language === 'en' ? ',' : language === 'nl' ? '.' : '\u202f'
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, separator)
  return `${sign}${grouped}${language === 'en' ? '.' : ','}${cents}\u00a0€`
}
